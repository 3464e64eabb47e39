-- Whatever SQLite has: names that need quotes, generated columns, tables of each kind, virtual
-- tables with their shadows, views that read what is not there, statistics.
CREATE TABLE "select" ("a b" INTEGER PRIMARY KEY, "x""y" TEXT, [z] , `w` INT);
CREATE TABLE "a;b--c" ("/*" INT, "'" INT, "größe" TEXT DEFAULT 'ä;''--');
CREATE INDEX "i 1" ON "a;b--c" ("/*" DESC, "größe" COLLATE NOCASE);
CREATE TABLE main.qualified (x);
CREATE INDEX main.qualified_x ON qualified (x);
CREATE TRIGGER main.on_qualified AFTER INSERT ON qualified BEGIN
    DELETE FROM qualified WHERE x = new.x;
END;
CREATE TABLE generated (
    a INTEGER PRIMARY KEY, b INT,
    c INT GENERATED ALWAYS AS (b * 2) STORED, d AS (b + 1) VIRTUAL, e TEXT AS (b || 'x')
);
CREATE TABLE without_rowid (k TEXT PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE strict_table (k INTEGER PRIMARY KEY, v ANY, b BLOB) STRICT;
CREATE TABLE strict_without (k TEXT PRIMARY KEY, v ANY) STRICT, WITHOUT ROWID;
CREATE TABLE counted (k INTEGER PRIMARY KEY AUTOINCREMENT);
INSERT INTO counted DEFAULT VALUES;
CREATE INDEX generated_part ON generated (b, lower(e)) WHERE b > 1;
CREATE TABLE untyped (a, b DEFAULT 1, UNIQUE (a) ON CONFLICT REPLACE);
CREATE TABLE made_of AS SELECT 1 AS a, 'x' AS b;
CREATE TABLE nodes (
    id INTEGER PRIMARY KEY, up INTEGER REFERENCES nodes (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (id > 0 AND typeof(up) = 'integer')
);
CREATE TABLE once (x PRIMARY KEY, y);
CREATE TABLE refers (x REFERENCES once (x));
ALTER TABLE once RENAME TO "now it is";
ALTER TABLE "now it is" RENAME COLUMN x TO "x x";
ALTER TABLE "now it is" ADD COLUMN z INT;
CREATE VIRTUAL TABLE texts USING fts5(body, tokenize="porter ascii");
CREATE VIRTUAL TABLE older USING fts4(body);
CREATE VIRTUAL TABLE places USING rtree(id, x0, x1);
CREATE TABLE texts_mine (x);
CREATE VIEW "my view" AS SELECT * FROM "select";
CREATE VIEW columns (p, q) AS SELECT 1, 2;
CREATE TRIGGER instead INSTEAD OF INSERT ON columns BEGIN SELECT 1; END;
CREATE TRIGGER "of b" AFTER UPDATE OF b ON generated WHEN new.b > 1 BEGIN
    UPDATE generated SET b = 1 WHERE a = new.a;
    DELETE FROM without_rowid;
END;
CREATE VIEW broken AS SELECT x, y FROM gone;
CREATE VIEW calls AS SELECT of_the_program(1) AS n FROM nowhere;
CREATE TEMP TABLE hidden (x);
ANALYZE;
