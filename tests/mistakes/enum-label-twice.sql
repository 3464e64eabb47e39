CREATE TYPE colour AS ENUM ('red', 'green', 'red');
--                                          ^^^^^ S0410
