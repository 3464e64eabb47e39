CREATE FUNCTION how_many() RETURNS bigint LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    AS 'SELECT count(*) FROM public.cars';
