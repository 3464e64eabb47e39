-- @schema garage

CREATE TYPE colour AS ENUM (
    'red',
    'grey' -- @was gray
);
CREATE TABLE vehicles ( -- @was cars
    id      bigint PRIMARY KEY,
    sign    varchar(12), -- @was plate
    wheels  integer NOT NULL,
    windows integer NOT NULL,
    seats   integer NOT NULL DEFAULT 4,
    tag     uuid DEFAULT gen_random_uuid(),
    colour  colour NOT NULL
);
CREATE INDEX vehicles_sign ON vehicles (sign);
