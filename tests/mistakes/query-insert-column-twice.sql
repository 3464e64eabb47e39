CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE TABLE log (
    id integer PRIMARY KEY
);
CREATE RULE r AS ON INSERT TO a DO ALSO INSERT INTO log (id, id) VALUES (1, 2);
--                                                           ^^ S0302
