COMMENT ON OPERATOR + (integer, integer) IS plus;
--                                          ^^^^ S0101
