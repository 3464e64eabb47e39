CREATE TABLE spots (
    lot integer,
    nr  integer,
    PRIMARY KEY (lot, nr),
    UNIQUE (nr, lot)
);
