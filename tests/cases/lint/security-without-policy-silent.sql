CREATE TABLE cars (id bigint PRIMARY KEY, owner text NOT NULL);
ALTER TABLE cars ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_cars ON cars USING (owner = current_user);
