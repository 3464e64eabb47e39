-- @schema lot
CREATE SEQUENCE resource_id_seq AS integer;
CREATE TABLE attachment (
    id integer DEFAULT nextval('resource_id_seq') CONSTRAINT resource_pkey PRIMARY KEY,
    name text
);
ALTER SEQUENCE resource_id_seq OWNED BY attachment.id;
