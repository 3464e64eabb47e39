-- A view whose columns must be told names them as the server would have.
CREATE TYPE level AS ENUM ('low', 'high');
CREATE TABLE t (id integer PRIMARY KEY, b boolean, at timestamp, day date);
CREATE VIEW v AS
SELECT *, CASE WHEN b THEN day END AS x, 'low'::level, '1'::int, CASE WHEN b THEN 1 END,
       true, (SELECT max(id) FROM t), ARRAY[1], at AT TIME ZONE 'UTC'
FROM t;
