-- @schema clocks
CREATE TABLE t (
    id INTEGER PRIMARY KEY,
    seconds BIGINT NOT NULL DEFAULT (strftime('%s', 'now')),
    more BIGINT NOT NULL DEFAULT (unixepoch('now')),
    most BIGINT NOT NULL DEFAULT (UNIX_TIMESTAMP() * 1000),
    made TIMESTAMP NOT NULL DEFAULT (datetime('now')),
    day TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d', 'now')),
    moment TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
