-- @schema lot
CREATE TABLE items (id INTEGER PRIMARY KEY, price TEXT, note TEXT);
CREATE INDEX items_price ON items (price);
