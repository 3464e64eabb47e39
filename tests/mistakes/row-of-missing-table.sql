INSERT INTO t (id) VALUES (1);
--          ^ S0303
