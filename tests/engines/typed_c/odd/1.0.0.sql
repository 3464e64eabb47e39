-- @schema int
--
-- Names that C or SQL would rather not have.

CREATE TABLE "class" (
    "this"       INTEGER PRIMARY KEY AUTOINCREMENT,
    "int"        TEXT NOT NULL UNIQUE,
    "a ""b"" c"  TEXT DEFAULT 'it''s "x" ??/ \',
    "größe"      INTEGER,
    "2fa"        BOOLEAN NOT NULL DEFAULT TRUE,
    "errno"      INTEGER,
    "NULL"       INTEGER,
    "EOF"        INTEGER,
    "row"        INTEGER,
    "db"         INTEGER REFERENCES "class" ("this"),
    "from"       INTEGER,
    "to"         INTEGER,
    "select"     TEXT CHECK ("select" IN ('null', 'int', '', 'größe', 'a-b', 'a_b', '*/'))
);
CREATE INDEX "i """ ON "class" ("from", "to");
CREATE INDEX by_range ON "class" ("errno");

CREATE TABLE "open" (id INTEGER PRIMARY KEY, "row" INTEGER UNIQUE, "cursor" INTEGER UNIQUE);
CREATE TABLE open_get (id INTEGER PRIMARY KEY);
CREATE TABLE "名" ("名" TEXT PRIMARY KEY, "前" TEXT);
CREATE TABLE migrations (id INTEGER PRIMARY KEY);
CREATE TABLE "user" (id INTEGER PRIMARY KEY, "role" TEXT CHECK ("role" IN ('x')));
CREATE TABLE user_role (id INTEGER PRIMARY KEY, x INTEGER);
CREATE TABLE "sp ace" ("x y" INTEGER, "x_y" INTEGER, "x-y" INTEGER, "A" INTEGER, "a_" INTEGER,
                       PRIMARY KEY ("x y", "x_y"));
