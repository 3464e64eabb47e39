CREATE TABLE cars (
    id    bigint PRIMARY KEY,
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('in', 'out'))
);
