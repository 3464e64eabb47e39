CREATE TYPE hue AS ENUM ('red', 'green');
CREATE TYPE pair AS (n bigint, t text);
CREATE DOMAIN code AS text CHECK (length(VALUE) < 12);
CREATE DOMAIN longer AS code;
CREATE DOMAIN short AS varchar(5) DEFAULT 'x';
CREATE DOMAIN day AS date;
CREATE DOMAIN grade AS integer DEFAULT 4;
CREATE DOMAIN tint AS hue DEFAULT 'red';
CREATE DOMAIN shade AS hue CHECK (VALUE <> 'red'::hue);
CREATE TABLE t (
    a date DEFAULT '2020-01-01'::day CHECK (a::day > '2020-01-01'),
    b day DEFAULT '2020-01-01'::day, c day DEFAULT '2020-01-01' CHECK (c::day > b),
    d short DEFAULT 'x'::short CHECK (d::short <> 'a'), e short DEFAULT 'y',
    f longer DEFAULT 'x'::longer CHECK (f::longer <> 'a' AND f::code <> 'q'),
    g longer DEFAULT 'x'::code, h longer DEFAULT 'x', i tint DEFAULT 'red'::tint,
    j tint DEFAULT 'green' CHECK (coalesce(j, 'red'::tint)::hue = 'red'),
    k tint DEFAULT 'red'::hue CHECK (k::hue <> 'red'), l code[] DEFAULT '{a,b}',
    m grade DEFAULT '7', n grade DEFAULT 7::smallint, o grade DEFAULT 7::bigint,
    p grade DEFAULT -7, q grade DEFAULT '8'::integer CHECK (q::grade > -2000),
    r text DEFAULT 'q'::code, s grade DEFAULT 6::grade,
    CHECK (d::text::short <> 'q'), CHECK (d::varchar(5) <> 'q'),
    v pair DEFAULT ROW(1, 'a'), w pair DEFAULT (1, 'a'),
    x pair DEFAULT ROW(1, 'a')::pair);
