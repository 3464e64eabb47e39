CREATE INDEX t_name ON person (name);
--                     ^^^^^^ S0303
