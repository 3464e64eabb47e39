-- @dialect postgres
CREATE TABLE b (id integer);
