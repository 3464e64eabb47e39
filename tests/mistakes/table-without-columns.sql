-- @dialect sqlite
CREATE TABLE t ();
--           ^ S0412
