CREATE TABLE owners (id bigint PRIMARY KEY);
CREATE TABLE cars (
    owner_id bigint PRIMARY KEY REFERENCES owners (id)
);
