SET lock_timeout = '2s';

-- @lint off drop-column "release 7 does not read it"
ALTER TABLE cars DROP COLUMN colour;

ALTER TABLE cars
    DROP COLUMN wheels, -- @lint off drop-column "nor this"
    DROP COLUMN plate;

-- @lint off index-blocks-writes "at night"
CREATE INDEX cars_owner ON cars (owner_id);

-- @lint off drop-table "nothing is dropped here"
ALTER TABLE cars ADD COLUMN doors integer;
