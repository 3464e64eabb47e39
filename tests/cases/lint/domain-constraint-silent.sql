CREATE DOMAIN wheel_count AS integer;
