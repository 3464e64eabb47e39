-- @dialect sqlite
CREATE VIRTUAL TABLE f USING fts5(a);
CREATE TABLE f_data (x integer);
--           ^^^^^^ S0301
