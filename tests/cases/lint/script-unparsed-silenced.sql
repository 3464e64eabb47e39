-- @lint off no-lock-timeout "set by the role"
-- @lint off reindex-blocks "at night"
REINDEX TABLE cars;
-- @lint off truncate-cascade "all of it"
TRUNCATE owners CASCADE;
