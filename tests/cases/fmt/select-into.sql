create table t (a int);
SELECT a, upper(b) AS bb
    INTO s1 -- why
    FROM t WHERE a > 1;
