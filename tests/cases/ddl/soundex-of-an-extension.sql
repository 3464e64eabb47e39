CREATE EXTENSION fuzzystrmatch; -- @only postgres
CREATE TABLE t (x text, CHECK (soundex(x) <> 'q'));
