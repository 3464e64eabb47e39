CREATE TABLE t OF nix (a PRIMARY KEY);
--                ^^^ S0308
