CREATE TABLE cars (
    id    bigint PRIMARY KEY,
    state text NOT NULL DEFAULT 'in' CHECK (state IN ('in', 'out'))
);
