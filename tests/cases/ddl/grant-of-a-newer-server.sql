-- MAINTAIN is said by its name: ALL stands for what each server has that is written for.
CREATE TABLE rooms (id integer PRIMARY KEY);
GRANT MAINTAIN, SELECT ON rooms TO keeper;
GRANT ALL ON rooms TO owner;
GRANT ALL ON rooms TO everything;
GRANT MAINTAIN ON rooms TO everything;
