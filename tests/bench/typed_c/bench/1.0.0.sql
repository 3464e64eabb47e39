CREATE TABLE readings (
    id BIGINT PRIMARY KEY,
    device INTEGER NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    amount BIGINT NOT NULL,
    label TEXT NOT NULL,
    note TEXT
);
