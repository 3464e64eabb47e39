CREATE TABLE log (
    id   integer PRIMARY KEY,
    -- @was what
    said text,
    loud text GENERATED ALWAYS AS (upper(said) || '!') VIRTUAL,
    UNIQUE (said, id)
);
-- @migrate sqlite
SELECT 1;
-- @end
-- @rollback sqlite
UPDATE log SET what = 'nothing' WHERE what IS NULL;
-- @end
