-- Values that are short enough one by one, and too long for a statement together.
-- @schema longest
CREATE TABLE pages (
    id integer PRIMARY KEY,
    front bytea,
    back bytea,
    marks integer[]
);
