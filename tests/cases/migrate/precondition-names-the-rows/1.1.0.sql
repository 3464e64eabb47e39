-- @extends 1.0.0
ALTER TABLE a ADD CONSTRAINT a_n_key UNIQUE (n);
