CREATE DOMAIN wheel_count AS integer CHECK (VALUE > 0);
