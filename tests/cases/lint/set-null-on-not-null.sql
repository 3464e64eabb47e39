CREATE TABLE owners (id bigint PRIMARY KEY);
CREATE TABLE cars (
    id       bigint PRIMARY KEY,
    owner_id bigint NOT NULL REFERENCES owners (id) ON DELETE SET NULL
);
CREATE INDEX cars_owner ON cars (owner_id);
