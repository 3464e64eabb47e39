CREATE EXTENSION btree_gist;
CREATE TABLE bookings (
    id   bigint PRIMARY KEY,
    room uuid NOT NULL,
    span tstzrange NOT NULL,
    EXCLUDE USING gist (room WITH =, span WITH &&)
);
