CREATE SEQUENCE mood;
CREATE TYPE mood AS ENUM ('good', 'bad');
--          ^^^^ S0301
