CREATE TABLE `t` (
    `id` int PRIMARY KEY,
    `at` datetime,
    `n` bigint
) ENGINE=InnoDB;
INSERT INTO t (id, at, n) VALUES (1, '0000-00-00 00:00:00', 1), (2, NULL, TIMESTAMP '2026-01-31 00:00:00' * 1000);
