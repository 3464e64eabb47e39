-- A parking lot.
create table vehicles(id integer primary key autoincrement, -- a number
  plate text not null unique,  -- @was number_plate
  /* who to call */ phone text
);


-- Found by the hour.
create index i on vehicles(phone desc) where phone is not null; insert into vehicles(plate) values('KA-01');
-- @migrate
update vehicles set phone='none' where phone is null;
-- @end
