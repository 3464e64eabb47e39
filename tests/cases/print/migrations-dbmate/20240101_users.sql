-- migrate:up transaction:false
CREATE TABLE users (id integer PRIMARY KEY, name text);

-- migrate:down
DROP TABLE users;
not sql at all;
