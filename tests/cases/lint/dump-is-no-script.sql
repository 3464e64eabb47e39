SET statement_timeout = 0;
SET lock_timeout = 0;
BEGIN;
DROP TABLE IF EXISTS public.cars;
DROP TABLE IF EXISTS public.gone;
CREATE TABLE public.cars (id bigint NOT NULL, price real);
ALTER TABLE public.cars OWNER TO CURRENT_USER;
ALTER TABLE ONLY public.cars ADD CONSTRAINT cars_pkey PRIMARY KEY (id);
CREATE TABLE public.trips (id bigint NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE public.trips_2019 (id bigint NOT NULL, day date NOT NULL);
ALTER TABLE ONLY public.trips ATTACH PARTITION public.trips_2019
    FOR VALUES FROM ('2019-01-01') TO ('2020-01-01');
ALTER TABLE ONLY public.trips ADD CONSTRAINT trips_pkey PRIMARY KEY (id, day);
ALTER TABLE ONLY public.trips_2019 ADD CONSTRAINT trips_2019_pkey PRIMARY KEY (id, day);
ALTER INDEX public.trips_pkey ATTACH PARTITION public.trips_2019_pkey;
CREATE INDEX cars_price ON public.cars (price);
COMMIT;
