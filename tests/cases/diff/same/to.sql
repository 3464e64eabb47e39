-- @schema x
-- other words for the same
create table T (
  B text, A text, ID int primary key
);
