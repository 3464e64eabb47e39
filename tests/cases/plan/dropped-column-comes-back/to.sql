-- @back name = (first || ' ' || last)
CREATE TABLE people (
    id int PRIMARY KEY,
    first text NOT NULL, -- @from split_part(name, ' ', 1)
    last text NOT NULL   -- @from split_part(name, ' ', 2)
);
