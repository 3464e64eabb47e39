CREATE FUNCTION f(x bigint unsigned) RETURNS int READS SQL DATA RETURN 1;
CREATE TABLE `word` (
    `id` int unsigned NOT NULL AUTO_INCREMENT,
    `key` varchar(20) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
    `mark` varchar(20) COLLATE utf8mb4_bin,
    `created` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
    `a` int,
    `b` int,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uniqueness` (`key`, `mark`),
    CONSTRAINT `either` CHECK (IF(a IS NULL, b IS NOT NULL, b IS NULL) = 1)
) ENGINE=InnoDB;
CREATE TABLE `file` (
    `id` int unsigned NOT NULL AUTO_INCREMENT,
    `name` varchar(20),
    PRIMARY KEY (`id`),
    UNIQUE KEY `uniqueness` (`name`)
) ENGINE=InnoDB;
CREATE TRIGGER t BEFORE INSERT ON word FOR EACH ROW SET NEW.a = 1;
CREATE TRIGGER u BEFORE UPDATE ON word FOR EACH ROW BEGIN SET NEW.a = 1; END;
