CREATE TABLE cars (
    id   bigint PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('car', 'truck', 'bus'))
);
CREATE TABLE rates (
    id   bigint PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('car', 'truck'))
);
