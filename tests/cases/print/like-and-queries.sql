CREATE TABLE src (
    id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    n   integer DEFAULT 5 NOT NULL CHECK (n > 0),
    g   integer GENERATED ALWAYS AS (n * 2) STORED,
    t   text COLLATE "C",
    s   serial,
    CONSTRAINT named CHECK (t <> 'x'),
    UNIQUE (t, n),
    EXCLUDE USING btree (n WITH =)
);
ALTER TABLE src ALTER COLUMN t SET STORAGE EXTERNAL;
COMMENT ON COLUMN src.n IS 'a number';
CREATE INDEX src_lower ON src (lower(t)) WHERE n > 2;
CREATE TABLE bare (LIKE src);
CREATE TABLE whole (first integer, LIKE src INCLUDING ALL, last integer);
CREATE TABLE parts (LIKE src INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES);
CREATE TABLE most (LIKE src INCLUDING ALL EXCLUDING INDEXES EXCLUDING COMMENTS);
CREATE TABLE plain (id bigint, n integer, t varchar(9));
CREATE TABLE from_query AS
    SELECT id, n + 1 AS m, upper(t) AS u, count(*) OVER () AS k FROM plain;
CREATE TABLE from_names (x, y) AS SELECT n, t FROM plain WITH NO DATA;
CREATE TABLE whole_query AS SELECT t FROM src;
