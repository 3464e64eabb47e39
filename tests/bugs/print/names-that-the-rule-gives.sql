-- A name that the rule gives is not told; one that it gives by its number, one that is
-- renamed, and the name of another kind are.
CREATE TABLE a (
    x integer CONSTRAINT a_pkey PRIMARY KEY,
    y integer CONSTRAINT a_y_check CHECK (y > 0) CHECK (y < 9),
    z integer CONSTRAINT a_z_check CHECK (z > 0) CONSTRAINT a_z_check1 CHECK (z < 9),
    CONSTRAINT a_x_key UNIQUE (z), -- @was a_z
    CONSTRAINT a_y_key UNIQUE (y)
);
CREATE INDEX a_z_idx ON a (z);
CREATE INDEX a_x_idx ON a (y);
