CREATE INDEX CONCURRENTLY cars_owner_new ON cars (owner_id, id);
DROP INDEX CONCURRENTLY cars_owner;
ALTER TABLE cars_owner_new RENAME TO cars_owner;
