SET lock_timeout = '1s';
INSERT INTO cars (id, plate, id) VALUES (1, 'P', 2);
UPDATE cars SET (plate, colour) = ('P', 'red'), plate = 'Q' WHERE id = 1;
UPDATE cars SET doors[1] = 2, doors[2] = 3 WHERE id = 1;
CREATE TABLE vans (id bigint, id int);
ALTER TABLE cars ADD COLUMN a int, ADD COLUMN a text;
