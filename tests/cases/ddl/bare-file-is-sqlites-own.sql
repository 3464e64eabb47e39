CREATE TABLE t (id INT PRIMARY KEY, name varchar(10), price decimal(10,2), any_thing);
