-- A domain is its base type, its checks, its NOT NULL and its default, where a column has
-- it; DEFAULT NULL overrules the default.
CREATE DOMAIN amount AS bigint CONSTRAINT positive CHECK (VALUE >= 0);
CREATE DOMAIN grade AS amount DEFAULT 3 CHECK (VALUE < 10);
CREATE DOMAIN word AS text NOT NULL;
CREATE SEQUENCE numbers;
CREATE TABLE marks (
    id amount NOT NULL DEFAULT nextval('numbers') PRIMARY KEY,
    v grade,
    w grade DEFAULT NULL,
    subject word,
    many amount[]
);
INSERT INTO marks (v, subject) VALUES (5, 'sums');
