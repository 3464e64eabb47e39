-- @schema lot
CREATE TABLE brands (id bigint PRIMARY KEY);
CREATE TABLE one (a text NOT NULL, b text, CONSTRAINT known CHECK (a IN ('x', 'y') AND (b IS NULL OR length(b) > 1)));
CREATE TABLE two (a text, CONSTRAINT short CHECK (length(a) < 10));
CREATE TABLE three (a text);
CREATE TABLE four (a text, b bigint);
CREATE TABLE five (a text);
CREATE TABLE six (a text, b text NOT NULL, UNIQUE (a));
