CREATE TYPE mood AS ENUM ('sad', 'so so', 'null');
CREATE TABLE t (
    a integer[][] DEFAULT '{1, 2,3}', b varchar(10)[3][3],
    c boolean[] DEFAULT '{true,off}',
    d date[] DEFAULT '{"2024-08-06","2024-08-07"}',
    e mood[] DEFAULT '{"sad","so so","null"}',
    f uuid[] DEFAULT '{"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",NULL}',
    g timestamp[] DEFAULT '{2024-01-01}', h text[] DEFAULT '{ "a b", c,"{",""}',
    i integer[][] DEFAULT '{{1,2},{3,4}}', j text[] DEFAULT '{"a\\b"}');
