-- @schema lot
CREATE TABLE brands (id bigint PRIMARY KEY);
-- 3.53 can
CREATE TABLE one (a text, b text NOT NULL, CONSTRAINT short CHECK (length(b) < 10));
-- A check that may be NULL, a name in quotes, a foreign key: 3.54
CREATE TABLE two (a text);
CREATE TABLE three (a text, CONSTRAINT "a name" CHECK (a <> ''));
CREATE TABLE four (a text, b bigint, CONSTRAINT brand FOREIGN KEY (b) REFERENCES brands);
-- None can
CREATE TABLE five (a text, CHECK (a <> ''));
CREATE TABLE six (a text, b text);
