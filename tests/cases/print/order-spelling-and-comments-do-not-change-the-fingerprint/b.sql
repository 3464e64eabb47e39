-- The same, told by somebody else.
create table "b" (a_id int, FOREIGN KEY (a_id) REFERENCES a);
create index b_a on b (a_id ASC);
alter table b alter column a_id set not null; /* later */
create table a (id int4, n numeric(10, 2) default 0, primary key (id));
