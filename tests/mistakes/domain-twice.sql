CREATE DOMAIN d AS integer;
CREATE DOMAIN d AS text;
--            ^ S0301
