CREATE TABLE `t` (
    `id` int PRIMARY KEY,
    `at` datetime,
    `n` bigint
) ENGINE=InnoDB;
INSERT INTO t (id, at, n) VALUES (1, '0000-00-00 00:00:00', 1), (2, NULL, CURRENT_TIMESTAMP * 1000);
