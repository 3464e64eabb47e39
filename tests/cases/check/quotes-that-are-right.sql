-- Words directly behind a text, and quotes in comments, that are no mistake.
CREATE TABLE a (
    name text DEFAULT 'x'NOT NULL, -- don't ask
    other text DEFAULT 'it''s'CHECK (other <> ''OR other IS NULL)
);
CREATE VIEW v AS SELECT 'x'AS one, 'y'two FROM a; -- isn't it?
CREATE VIEW w AS SELECT 'several
lines'three, 'z'four FROM a;
