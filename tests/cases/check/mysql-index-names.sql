CREATE TABLE a (
    id   int PRIMARY KEY,
    name varchar(191)
) ENGINE=InnoDB;

CREATE TABLE b (
    id   int PRIMARY KEY,
    name varchar(191)
) ENGINE=InnoDB;

CREATE INDEX by_name USING BTREE ON a (name(75));
CREATE INDEX by_name USING BTREE ON b (name(75));
CREATE INDEX twice USING BTREE ON b (id);
CREATE INDEX twice ON b (name);
