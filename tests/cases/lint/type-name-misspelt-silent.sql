CREATE TYPE batch_status AS ENUM ('open', 'done');
CREATE TABLE batches (id bigint PRIMARY KEY, status batch_status NOT NULL);
-- @verify postgres "the type is there"
SELECT count(*) = 1 FROM pg_type WHERE typname = 'batch_status';
-- @end
