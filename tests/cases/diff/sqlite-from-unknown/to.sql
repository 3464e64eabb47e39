-- @schema cars
CREATE TABLE cars (
    id    integer PRIMARY KEY,
    plate text NOT NULL,
    kind  text  -- @from substr(number, 1, 1)
);
