-- The table is renamed without a word; its sequence and key keep their names.
-- @schema lot
CREATE TABLE resource (id serial PRIMARY KEY, name text);
