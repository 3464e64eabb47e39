-- @dialect sqlite
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE mood (mood text);
CREATE VIEW v AS SELECT mood FROM mood;
CREATE DOMAIN v AS text;
