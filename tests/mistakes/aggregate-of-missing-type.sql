CREATE AGGREGATE total_of(intger) (SFUNC = int4pl, STYPE = integer);
--                        ^^^^^^ S0308
