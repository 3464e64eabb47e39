-- @schema inside
CREATE TABLE bays (
    id     integer PRIMARY KEY,
    status text NOT NULL
        -- @c name=bay_status
        DEFAULT 'free'
        -- @only postgres
        CHECK (status <> 'x')
        -- @was bay_state
        -- @lint off varchar-limit "kept"
        CONSTRAINT bays_status CHECK (status IN ('free', 'taken')), -- @was state
    other  text
);
ALTER TABLE bays
    ADD COLUMN seen text
        -- @only sqlite
        CHECK (seen <> '');
