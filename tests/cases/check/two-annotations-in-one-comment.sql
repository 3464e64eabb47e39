-- @schema lot
CREATE TABLE a (
    id integer PRIMARY KEY,
    c  text, -- @was b @from upper(b)
    d  text, -- @was "e f", @from x
    g  text  -- @was h @fro x
);
