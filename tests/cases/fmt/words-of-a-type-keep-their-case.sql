create table t (
  at timestamp with time zone default now() not null,
  name character varying(5)) with (fillfactor=70);
