CREATE TYPE kind AS ENUM ('car', 'truck');
CREATE TABLE a (k knid);
