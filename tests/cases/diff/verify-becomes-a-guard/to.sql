-- @schema test
CREATE TABLE vehicles (
    id integer PRIMARY KEY AUTOINCREMENT,
    plate text NOT NULL UNIQUE,
    phone_number text,
    kind text
);

-- @verify "each vehicle has a plate"
SELECT count(*) = 0 FROM vehicles WHERE plate = '';
-- @end
-- @verify "no plate with a blank"
SELECT id, plate FROM vehicles WHERE plate LIKE '% %';
-- @end
