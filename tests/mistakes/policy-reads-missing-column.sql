CREATE TABLE accounts (
    id integer PRIMARY KEY,
    owner text
);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON accounts USING (ownr = current_user);
--                                 ^^^^ S0304
