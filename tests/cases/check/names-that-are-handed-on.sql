CREATE TABLE t (
    id integer PRIMARY KEY,
    c  text, -- @was a
    a  text  -- @was b
);
