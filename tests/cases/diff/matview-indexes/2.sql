-- @extends 1
DROP INDEX mi;
CREATE UNIQUE INDEX mi2 ON public.m (a, b);
COMMENT ON INDEX mi2 IS 'x';
