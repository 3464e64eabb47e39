CREATE TABLE cars (
    id   integer PRIMARY KEY,
    make text,
    -- @from nullif(make, 'unknown')
    kind text NOT NULL DEFAULT lower('Car')
);
-- @migrate
UPDATE cars SET make = 'none' WHERE make IS NULL;
-- @end
-- @rollback
-- @end
