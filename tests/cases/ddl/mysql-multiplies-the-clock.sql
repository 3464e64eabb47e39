CREATE TABLE `version` (
    `id` int unsigned NOT NULL,
    `made` bigint unsigned NOT NULL,
    PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `version` (`id`, `made`) VALUES (1, CURRENT_TIMESTAMP() * 1000), (2, 1 * NOW());
