CREATE TABLE events (
    id bigserial,
    at timestamp NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
COMMENT ON SEQUENCE events_id_seq IS 'numbers';
CREATE TABLE sub PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (id);
CREATE TABLE sub_1 PARTITION OF sub DEFAULT;
CREATE TABLE par (n serial, x int);
CREATE TABLE chi (y int) INHERITS (par);
CREATE TABLE own (n serial) INHERITS (par);
ALTER SEQUENCE par_n_seq INCREMENT 2;
CREATE TABLE papa (n serial, x int);
CREATE TABLE mine (n serial) INHERITS (papa);
CREATE TABLE two () INHERITS (mine);
