CREATE SCHEMA s;
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood SET (STORAGE = plain);
