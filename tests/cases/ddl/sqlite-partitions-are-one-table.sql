-- The partitioned table holds the rows of its partitions; what reads or refers to one of
-- them is left out.
CREATE TABLE days (
    id integer NOT NULL,
    day date NOT NULL,
    PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);
CREATE TABLE days_2020 PARTITION OF days FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE notes (
    id integer,
    day date,
    FOREIGN KEY (id, day) REFERENCES days_2020 (id, day)
);
INSERT INTO days_2020 VALUES (1, '2020-01-02');
CREATE VIEW old_days AS SELECT id FROM days_2020;
CREATE VIEW old_ids AS SELECT id FROM old_days;
