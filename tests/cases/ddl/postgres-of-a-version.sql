-- What the chosen version of the server lacks is an error where it is written.
CREATE TABLE rooms (
    id integer PRIMARY KEY,
    code text UNIQUE NULLS NOT DISTINCT,
    door integer,
    wing integer,
    UNIQUE (door, wing)
);
CREATE TABLE keys (
    id integer PRIMARY KEY,
    door integer,
    wing integer,
    FOREIGN KEY (door, wing) REFERENCES rooms (door, wing) ON DELETE SET NULL (wing)
);
CREATE VIEW codes WITH (security_invoker = true) AS
SELECT regexp_count(code, 'a') AS n, json_object('{a, b}') FROM rooms;
CREATE VIEW any_code AS SELECT any_value(code) AS code FROM rooms;
