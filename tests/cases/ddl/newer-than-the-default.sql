-- Where nothing says which server, PostgreSQL 15 is written for.
CREATE TABLE rooms (id uuid PRIMARY KEY DEFAULT uuidv7(), code text UNIQUE NULLS NOT DISTINCT);
CREATE VIEW codes AS SELECT any_value(code) AS code FROM rooms WHERE code IS JSON;
