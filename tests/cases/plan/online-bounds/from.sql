-- @schema places
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE spots (a integer NOT NULL, b text NOT NULL, n bigint) PARTITION BY RANGE (a, b);
CREATE TABLE spots_rest PARTITION OF spots DEFAULT;
CREATE TABLE spots_mid (a integer NOT NULL, b text NOT NULL, n bigint);
CREATE TABLE spots_same (a integer NOT NULL, b text NOT NULL, n bigint);
CREATE TABLE spots_open (a integer NOT NULL, b text NOT NULL, n bigint);
CREATE TABLE users (id bigint, no integer) PARTITION BY HASH (id, no);
CREATE TABLE users_0 PARTITION OF users FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE users_1 (id bigint, no integer);
CREATE TABLE feels (how mood, n bigint) PARTITION BY LIST (how);
CREATE TABLE feels_rest PARTITION OF feels DEFAULT;
CREATE TABLE feels_none (how mood, n bigint);
CREATE TABLE prices (price numeric(8, 2), code varchar(5)) PARTITION BY RANGE (price);
CREATE TABLE prices_low (price numeric(8, 2), code varchar(5)) PARTITION BY LIST (code);
CREATE TABLE prices_low_a PARTITION OF prices_low FOR VALUES IN ('a', 'b');
CREATE TABLE prices_high PARTITION OF prices FOR VALUES FROM (100) TO (1000)
    PARTITION BY LIST (code);
CREATE TABLE prices_high_a (price numeric(8, 2), code varchar(5));
CREATE TABLE ids (id uuid, n bigint) PARTITION BY RANGE (id);
CREATE TABLE ids_rest PARTITION OF ids DEFAULT;
