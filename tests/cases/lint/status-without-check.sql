CREATE TABLE bays (
    id     bigint PRIMARY KEY,
    status text NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE'))
);
CREATE TABLE bay_logs (
    id     bigint PRIMARY KEY,
    status text NOT NULL
);
