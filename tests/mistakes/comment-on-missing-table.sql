COMMENT ON TABLE a IS 'a table';
--               ^ S0303
