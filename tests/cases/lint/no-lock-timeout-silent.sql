SET lock_timeout = '2s';
ALTER TABLE cars ADD COLUMN colour text;
