-- @schema test
CREATE TABLE list (
    name text PRIMARY KEY
);
CREATE TABLE privacy (
    username text NOT NULL,
    id serial NOT NULL UNIQUE
);
CREATE TABLE item (
    id bigint NOT NULL REFERENCES privacy (id),
    seen date NOT NULL DEFAULT ('now'::text)::date,
    made timestamp DEFAULT 'now',
    ends timestamp DEFAULT 'infinity'
);
CREATE TABLE keyed (
    name text PRIMARY KEY,
    number serial NOT NULL UNIQUE
);
