-- @dialect postgres
CREATE TABLE lots (id integer PRIMARY KEY, code text CONSTRAINT codes UNIQUE);
--                                                                    ^^^^^^ S0301
CREATE TABLE codes (code text);
