CREATE TYPE complex (INPUT = complex_in, OUTPUT = complex_out);
ALTER TYPE complex RENAME TO compound;
