CREATE TABLE t (
    id INTEGER PRIMARY KEY,
    c  TEXT, -- @was a
    d  TEXT, -- @was a
    e  TEXT  -- @was z
);
