-- @schema builds
CREATE TABLE stages (
    id integer PRIMARY KEY,
    status varchar(50),
    tag character(3),
    number smallint
);
CREATE INDEX stages_open ON stages (status)
    WHERE (status)::text = ANY ((ARRAY['pending'::character varying, 'running'::character varying])::text[]);
CREATE INDEX stages_cut ON stages (id) WHERE status::varchar(3) = 'run' AND tag::text = 'a';
CREATE INDEX stages_first ON stages (id) WHERE number::bigint > 1;
