CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE mood (id integer PRIMARY KEY);
--           ^^^^ S0301
