-- @schema lot
/* spelling, order and comments do not count */

create table T (A varchar(20) unique not null, B int4 default 1 check (b > 0 and B<10), id bigserial primary key,
  c timestamp with time zone default now(), d numeric(10,2), e text[] , foreign key (B) references other);
create table other (id int primary key);
create type Mood as enum ('sad', 'ok');
create view v as select t.a, count(*) n from t join other o on o.id=t.b where t.d>=1.5 group by 1;
comment on table t is 'things';
insert into other values (1), (2);
create index I on T (B desc, lower(a));
