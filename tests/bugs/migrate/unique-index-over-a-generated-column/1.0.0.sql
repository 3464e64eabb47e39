CREATE TABLE cars (id integer PRIMARY KEY, plate text,
    upper_plate text GENERATED ALWAYS AS (upper(plate)) STORED);
