-- What a server reads in CREATE TABLE counts for all rows, what it reads in ALTER TABLE
-- does not, and is printed so that it is read again as it is.
CREATE TABLE cars (
    id integer PRIMARY KEY,
    wheels integer,
    maker integer,
    CONSTRAINT some_wheels CHECK (wheels > 0) NOT VALID,
    CONSTRAINT few_wheels CHECK (wheels < 9) NOT VALID, -- @was not_many_wheels
    CONSTRAINT known FOREIGN KEY (maker) REFERENCES makers NOT VALID
);
CREATE TABLE makers (id integer PRIMARY KEY, name text);
-- @only postgres
ALTER TABLE makers ADD CONSTRAINT named CHECK (name <> '') NOT VALID;
ALTER TABLE makers ADD CHECK (id > 0) NOT VALID;
COMMENT ON CONSTRAINT named ON makers IS 'an empty one says nothing';
