CREATE TABLE stays (
    id   bigint PRIMARY KEY,
    days int4range NOT NULL,
    CONSTRAINT stays_apart EXCLUDE USING gist (days WITH &&)
);
