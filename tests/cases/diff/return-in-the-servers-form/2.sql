CREATE FUNCTION public.any_small() RETURNS smallint
    LANGUAGE sql
    RETURN trunc(((random() * (65536)::double precision) - (32768)::double precision));
CREATE FUNCTION public.other() RETURNS smallint
    LANGUAGE sql
    RETURN trunc((random() * (11)::double precision));
CREATE FUNCTION public.added(a integer, b bigint) RETURNS bigint
    LANGUAGE sql
    RETURN (a + b);
