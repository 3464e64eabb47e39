CREATE SCHEMA "side one";
-- @was public.t
CREATE TABLE "side one".t (id integer PRIMARY KEY);
