-- @lint off drop-column "release 7 does not read it"
CREATE TABLE cars (
    id    bigint PRIMARY KEY,
    plate varchar(8) NOT NULL, -- @lint off narrowed-type "none is longer"
    seats integer NOT NULL
);
