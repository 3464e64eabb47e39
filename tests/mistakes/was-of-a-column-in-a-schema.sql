CREATE TABLE orders (
    id integer PRIMARY KEY, -- @was shop.nr
--                             ^^^^^^^^^^^^ S0203
    what text
);
