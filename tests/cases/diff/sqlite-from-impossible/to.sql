-- @schema lines
CREATE TABLE lines (
    id    integer PRIMARY KEY,
    price numeric(10,2) NOT NULL,
    code  text,
    third numeric(10,2),  -- @from price / 3
    hash  text,           -- @from md5(code)
    twice numeric(10,2)   -- @from price * 2
);
