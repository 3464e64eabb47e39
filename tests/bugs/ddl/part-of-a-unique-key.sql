CREATE TABLE `a` (
    `k` varchar(200) NOT NULL,
    `j` text,
    PRIMARY KEY (`k`(75)),
    UNIQUE KEY `u` (`k`, `j`(10)),
    KEY `x` (`j`(10))
);
CREATE UNIQUE INDEX z ON a (j(20));
