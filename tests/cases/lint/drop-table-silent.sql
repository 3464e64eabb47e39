CREATE TABLE cars_import (plate text);
DROP TABLE cars_import;
