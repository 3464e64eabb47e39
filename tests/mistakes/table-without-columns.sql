CREATE TABLE t ();
--           ^ S0412
