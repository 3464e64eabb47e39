DROP INDEX cars_owner;
