  CRAETE TABLE t (
--^^^^^^ S0110
    id integer PRIMARY KEY
);
