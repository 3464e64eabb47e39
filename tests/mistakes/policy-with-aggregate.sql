CREATE TABLE a (
    id integer PRIMARY KEY
);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON a USING (id = max(id));
--                               ^^^^^^^ S0446
