-- @extends 1.0.0
ALTER TABLE people
    ADD COLUMN first text NOT NULL, -- @from substr(full_name, 1, instr(full_name, ' ') - 1)
    ADD COLUMN last  text NOT NULL, -- @from substr(full_name, instr(full_name, ' ') + 1)
    DROP COLUMN full_name;
-- @migrate
UPDATE people SET first = upper(first);
-- @end
-- @rollback
UPDATE people SET full_name = first || ' ' || last;
-- @end
-- @verify "everybody has a name"
SELECT count(*) = 0 FROM people WHERE first = '';
-- @end
