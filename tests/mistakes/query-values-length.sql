CREATE VIEW v AS SELECT x FROM (VALUES (1, 2), (3)) AS t (x, y);
--                                             ^^^ S0451
