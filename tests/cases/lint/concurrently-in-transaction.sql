BEGIN;
CREATE INDEX CONCURRENTLY cars_owner ON cars (owner_id);
COMMIT;
