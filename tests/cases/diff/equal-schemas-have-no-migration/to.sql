-- @schema lot
create table items (id int primary key, price decimal(10, 2));
