CREATE INDEX cars_owner ON cars (owner_id);
