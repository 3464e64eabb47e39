CREATE TYPE status AS ENUM ('NEW', 'DONE');
CREATE TABLE runs (
    id      bigint PRIMARY KEY,
    status  status,          -- @from CASE lower(status) WHEN 'new' THEN 'NEW' ELSE 'DONE' END
    made    date,            -- @from substr(made, 1, 10)
    quality status NOT NULL, -- @from upper(status)
    first   status           -- @from 'NEW'
);
