CREATE TABLE a (
    id integer PRIMARY KEY
);
COMMENT ON TABLE a IS 'what we don't know';
--                                 ^ S0101
COMMENT ON COLUMN a.id IS 'the ''key''';
CREATE TABLE b (
    id integer PRIMARY KEY
);
