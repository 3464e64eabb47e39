CREATE TABLE log (
    at   timestamptz NOT NULL,
    what text NOT NULL
);
