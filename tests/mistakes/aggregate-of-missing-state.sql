CREATE AGGREGATE total_of(integer) (SFUNC = int4pl, STYPE = intger);
--                                                          ^^^^^^ S0308
