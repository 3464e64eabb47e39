-- @back u = (id + 1)
-- @back s = (id + 1)
CREATE TABLE t (
    id int PRIMARY KEY,
    -- @from 7
    e bigint, -- @back e * 2
    -- @from 8
    n bigint -- @back e > 3
);
