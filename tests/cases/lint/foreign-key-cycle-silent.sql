CREATE TABLE owners (
    id bigint PRIMARY KEY
);
CREATE TABLE cars (
    id           bigint PRIMARY KEY,
    owner        bigint NOT NULL REFERENCES owners (id),
    is_favourite boolean NOT NULL
);
CREATE INDEX cars_owner ON cars (owner);
