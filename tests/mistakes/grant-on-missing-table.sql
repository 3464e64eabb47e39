CREATE TABLE users (
    id integer PRIMARY KEY
);
GRANT SELECT ON user_s TO PUBLIC;
--              ^^^^^^ S0303
