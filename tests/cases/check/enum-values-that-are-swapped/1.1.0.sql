-- @extends 1.0.0
ALTER TYPE mood RENAME VALUE 'good' TO 'x';
ALTER TYPE mood RENAME VALUE 'bad' TO 'good';
ALTER TYPE mood RENAME VALUE 'x' TO 'bad';
