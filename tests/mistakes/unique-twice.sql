CREATE TABLE t (
    id integer PRIMARY KEY,
    email text,
    CONSTRAINT u UNIQUE (email)
);
ALTER TABLE t ADD CONSTRAINT u UNIQUE (id, email);
--                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0301
