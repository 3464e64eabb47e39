CREATE TYPE colour AS ENUM ('red', 'green');
CREATE TYPE colour AS ENUM ('blue');
--          ^^^^^^ S0301
