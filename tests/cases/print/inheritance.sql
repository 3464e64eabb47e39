CREATE TABLE p (a integer PRIMARY KEY, b text DEFAULT 'b', CONSTRAINT long CHECK (b <> 'q'),
    CONSTRAINT here CHECK (a > 0) NO INHERIT);
CREATE TABLE p2 (z integer NOT NULL, b text DEFAULT 'b');
CREATE TABLE c (x integer, a integer DEFAULT 7, UNIQUE (a)) INHERITS (p);
CREATE TABLE cc () INHERITS (c, p2);
ALTER TABLE cc ALTER COLUMN b SET DEFAULT 'other', ALTER COLUMN x SET NOT NULL;
ALTER TABLE p ADD COLUMN late integer DEFAULT 3 CHECK (late < 100);
CREATE TABLE joins (a integer NOT NULL, b text, late integer,
    CONSTRAINT long CHECK (b <> 'q'), CONSTRAINT p_late_check CHECK (late < 100));
ALTER TABLE joins INHERIT p;
CREATE TABLE leaves () INHERITS (p);
ALTER TABLE leaves NO INHERIT p;
