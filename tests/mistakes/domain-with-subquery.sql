CREATE DOMAIN d AS integer CHECK (VALUE > (SELECT 1));
--                                         ^^^^^^^^ S0407
