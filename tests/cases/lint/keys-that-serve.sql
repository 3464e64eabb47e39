-- Foreign keys that have an index, each by another kind of it, and indexes that look
-- alike and are not.
CREATE TABLE p (a bigint, b bigint, PRIMARY KEY (a, b));
CREATE TABLE by_key (
    a bigint, b bigint, n bigint NOT NULL, PRIMARY KEY (b, a),
    FOREIGN KEY (a, b) REFERENCES p (a, b)
);
CREATE TABLE by_unique (
    id bigint PRIMARY KEY, a bigint NOT NULL, b bigint NOT NULL, UNIQUE (a, b),
    FOREIGN KEY (a, b) REFERENCES p (a, b)
);
CREATE TABLE by_part (
    id bigint PRIMARY KEY, t text, by_key_b bigint, by_key_a bigint,
    FOREIGN KEY (by_key_b, by_key_a) REFERENCES by_key (b, a) MATCH FULL
);
CREATE INDEX by_part_key ON by_part (by_key_a, by_key_b) WHERE by_key_a IS NOT NULL;
CREATE INDEX late_ones ON by_part (t) WHERE id > 7;
CREATE INDEX all_of_them ON by_part (t);
CREATE INDEX hashed ON by_part USING hash (t);
CREATE INDEX lowered ON by_part (lower(t));
CREATE INDEX with_more ON by_part (id, t) INCLUDE (by_key_a);
CREATE UNIQUE INDEX guard ON by_part (upper(t), id);
