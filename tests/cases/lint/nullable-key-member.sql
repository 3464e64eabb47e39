CREATE TABLE spots (lot integer, nr integer, PRIMARY KEY (lot, nr));
CREATE TABLE cars (
    id  bigint PRIMARY KEY,
    lot integer NOT NULL,
    nr  integer,
    FOREIGN KEY (lot, nr) REFERENCES spots (lot, nr)
);
CREATE INDEX cars_spot ON cars (lot, nr);
