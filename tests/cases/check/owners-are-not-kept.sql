-- What a dump says about the server is told, not kept.
CREATE SCHEMA sales AUTHORIZATION clerk;
CREATE TYPE sales.state AS ENUM ('new', 'paid');
ALTER TYPE sales.state OWNER TO clerk;
CREATE TABLE sales.orders (
    id   bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME sales.order_numbers INCREMENT BY -1 START WITH 1 MAXVALUE 1),
    name text CHARACTER SET utf8mb4
);
ALTER TABLE sales.orders OWNER TO clerk;
CREATE VIEW sales.names AS SELECT name FROM sales.orders;
ALTER TABLE sales.names OWNER TO clerk;
