CREATE TABLE `post` (
  `id` int NOT NULL AUTO_INCREMENT,
  `title` varchar(200) DEFAULT NULL,
  `body` text,
  PRIMARY KEY (`id`),
  FULLTEXT KEY `words` (`title`, `body`),
  FULLTEXT (`body`)
) ENGINE=InnoDB;
CREATE FULLTEXT INDEX title_words ON post (title);
