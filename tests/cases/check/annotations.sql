-- @schema lot
CREATE TABLE a (
    id   integer PRIMARY KEY,
    name text, -- @wsa title
    kind text, -- @param of another tool
    size text  -- @append_only
);
