CREATE TABLE spots (id integer PRIMARY KEY, level integer NOT NULL);
CREATE VIEW low_spots AS SELECT id, level FROM spots WHERE level < 2 WITH LOCAL CHECK OPTION;
