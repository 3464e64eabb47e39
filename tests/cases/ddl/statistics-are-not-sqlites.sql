-- PostgreSQL 15 wants a name, later servers find one by this rule.
CREATE SCHEMA s;
CREATE TABLE s.orders (id integer PRIMARY KEY, city text, zip text);
CREATE STATISTICS ON zip, city FROM s.orders;
CREATE STATISTICS ON city, zip, lower(city) FROM s.orders;
CREATE STATISTICS ON (zip || city) FROM s.orders;
CREATE STATISTICS ON zip, city FROM s.orders;
