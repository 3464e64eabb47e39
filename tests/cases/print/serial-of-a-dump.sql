-- @schema samples
-- As pg_dump writes them: id and "No" are serial, code counts its own way and stays.
CREATE TABLE public.goods (id integer NOT NULL, code bigint NOT NULL, "No" smallint NOT NULL);
CREATE SEQUENCE public.goods_code_seq START WITH 1000 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.goods_code_seq OWNED BY public.goods.code;
CREATE SEQUENCE public.goods_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.goods_id_seq OWNED BY public.goods.id;
CREATE SEQUENCE public."goods_No_seq" AS smallint START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public."goods_No_seq" OWNED BY public.goods."No";
ALTER TABLE ONLY public.goods ALTER COLUMN id SET DEFAULT nextval('public.goods_id_seq'::regclass);
ALTER TABLE ONLY public.goods ALTER COLUMN code SET DEFAULT nextval('public.goods_code_seq'::regclass);
ALTER TABLE ONLY public.goods ALTER COLUMN "No" SET DEFAULT nextval('public."goods_No_seq"'::regclass);
