-- How many dimensions an array has is not kept; int[][] and int[] are one argument.
CREATE DOMAIN grid AS integer[][];
CREATE TYPE page AS (cells text[][]);
CREATE TABLE t (
    a    integer[][],
    b    text[3][3] DEFAULT CAST('{}' AS text[][]),
    bits bit(4) DEFAULT B'1010',
    who  text DEFAULT user
);
CREATE FUNCTION f(x integer[][]) RETURNS text[][] LANGUAGE sql AS 'SELECT NULL::text[]';
COMMENT ON FUNCTION f(integer[]) IS 'the same';
