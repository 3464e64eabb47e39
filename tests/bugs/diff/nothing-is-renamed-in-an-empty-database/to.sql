-- @schema lot
-- @was t
CREATE TABLE u (
    -- @was a
    b integer
);
