-- Each property that SQLite has no place for is told once.
CREATE UNLOGGED TABLE lots (
    id   integer PRIMARY KEY,
    code text NOT NULL,
    note text,
    CONSTRAINT lots_code UNIQUE (code) INCLUDE (note) WITH (fillfactor = 60),
    CONSTRAINT lots_note CHECK (note <> '') NO INHERIT,
    CONSTRAINT lots_id_note UNIQUE (id, note) DEFERRABLE
) WITH (fillfactor = 70);
CREATE INDEX lots_order ON lots (code text_pattern_ops DESC NULLS LAST, note COLLATE "de_DE") WITH (fillfactor = 50);
COMMENT ON TABLE lots IS 'where cars stand';
COMMENT ON COLUMN lots.code IS 'on the sign';
COMMENT ON INDEX lots_order IS 'for the list';
GRANT SELECT ON lots TO reader;
ALTER TABLE lots ADD CONSTRAINT lots_note_short CHECK (length(note) < 99) NOT VALID;
