CREATE TABLE cars (plate text);
