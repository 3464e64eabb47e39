CREATE TYPE kind AS ENUM ('car', 'car');
