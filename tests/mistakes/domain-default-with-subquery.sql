CREATE DOMAIN d AS integer DEFAULT (SELECT 1);
--                                  ^^^^^^^^ S0406
