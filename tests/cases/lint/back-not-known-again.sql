CREATE TABLE runs (
    id     bigint PRIMARY KEY,
    -- @from CASE lower(status) WHEN 'on hold' THEN 'ON_HOLD' ELSE 'DONE' END
    -- @back lower(status)
    status text NOT NULL CHECK (status IN ('ON_HOLD', 'DONE'))
);
