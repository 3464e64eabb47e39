CREATE TABLE a (
    id integer PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE log (
    id integer PRIMARY KEY
);
CREATE RULE r AS ON INSERT TO a DO ALSO INSERT INTO log (id) VALUES (new.id, new.name);
--                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ S0451
