-- The list of values as pg_dump writes it.
CREATE TABLE t (
    id bigint PRIMARY KEY,
    kind text DEFAULT 'c' NOT NULL,
    CONSTRAINT kinds CHECK ((kind = ANY (ARRAY['a'::text, 'b'::text])))
);
CREATE TABLE u (
    id bigint PRIMARY KEY,
    kind character varying(9) DEFAULT 'b'::character varying NOT NULL,
    CONSTRAINT kinds CHECK (((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying, 'c'::character varying])::text[])))
);
