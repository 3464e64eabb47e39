-- the complete form of what 1.1.0 says
CREATE TABLE t (
    id    integer PRIMARY KEY,
    phone text UNIQUE, -- @was phone_number
    kind  text NOT NULL DEFAULT 'x'
);
CREATE INDEX i ON t (kind);
