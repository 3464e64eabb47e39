-- @was t
CREATE TABLE mood (id integer PRIMARY KEY);
CREATE TABLE u (id integer PRIMARY KEY, mood mood);
CREATE TYPE mood AS ENUM ('good', 'bad');
