-- What is an aggregate's default is not told; that of an ordered-set aggregate is another.
create function f(int,int) returns int language sql as 'select 1';
create aggregate o(float order by int) (sfunc = f, stype = int, finalfunc_modify = read_write);
create aggregate o2(float order by int) (sfunc = f, stype = int, finalfunc_modify = READ_ONLY);
create aggregate o3(int) (sfunc = f, stype = int, finalfunc_modify = READ_ONLY, mfinalfunc_modify = read_only);
