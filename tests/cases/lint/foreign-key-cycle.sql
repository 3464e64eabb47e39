CREATE TABLE owners (
    id        bigint PRIMARY KEY,
    favourite bigint
);
CREATE TABLE cars (
    id    bigint PRIMARY KEY,
    owner bigint NOT NULL REFERENCES owners (id)
);
CREATE INDEX cars_owner ON cars (owner);
CREATE INDEX owners_favourite ON owners (favourite);
ALTER TABLE owners ADD FOREIGN KEY (favourite) REFERENCES cars (id);
