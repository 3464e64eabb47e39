CREATE TABLE owners (id bigint PRIMARY KEY);
CREATE TABLE cars (
    owner_id integer PRIMARY KEY REFERENCES owners (id)
);
