CREATE TABLE owners (
    id integer PRIMARY KEY,
    tag uuid NOT NULL DEFAULT gen_random_uuid(),
    UNIQUE (id, tag)
);
CREATE TABLE cars (
    id integer PRIMARY KEY,
    owner integer,
    tag uuid,
    FOREIGN KEY (owner, tag) REFERENCES owners (id, tag)
);
