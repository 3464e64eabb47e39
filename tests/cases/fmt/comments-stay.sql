-- head of the file


-- about t
create table   t(  -- behind the parenthesis
  -- about id
  id integer primary key,-- behind id
  number_plate text not null unique /* inside */ default 'x',   name varchar( 20 ),

  constraint c check( id>0 )  -- behind c
  -- last
)  ;   -- behind t
alter table t add column a text, -- @from upper(name)
  add column b int;
create index i on t(name)  ;create index j on t ( id  ) where id>1;
-- @migrate
update t   set a='x';
-- @end
create view v as
  select *
  from t;
-- the end
