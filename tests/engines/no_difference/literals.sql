CREATE TABLE t (
    a bit(8) DEFAULT B'00011111', b bit(4) DEFAULT X'A',
    c timestamptz DEFAULT '2018-01-01 01:00:00+01',
    d timestamptz DEFAULT '2024-02-29 20:30:00-05:30',
    e timestamptz DEFAULT '2024-01-01 00:30:00+01',
    f timestamptz DEFAULT '2024-12-31 23:30:00-01',
    g date DEFAULT '2024-01-01 10:00');
