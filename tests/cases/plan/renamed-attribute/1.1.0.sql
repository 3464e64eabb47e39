-- @schema places
-- @extends 1.0.0
ALTER TYPE pair RENAME ATTRIBUTE y TO z;
DROP POLICY guarded_some ON guarded;
CREATE POLICY guarded_some ON guarded USING (id > 2);
