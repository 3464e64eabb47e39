CREATE POLICY p ON accounts USING (true);
--                 ^^^^^^^^ S0303
