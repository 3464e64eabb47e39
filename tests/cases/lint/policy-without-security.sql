CREATE TABLE cars (id bigint PRIMARY KEY, owner text NOT NULL);
CREATE POLICY own_cars ON cars USING (owner = current_user);
