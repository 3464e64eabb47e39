-- The dropped table has a key that stands on an index which goes, too.
-- @schema lot
CREATE TABLE members (id bigint PRIMARY KEY, place bigint NOT NULL);
CREATE UNIQUE INDEX members_both ON members (id, place);
CREATE TABLE roles (
    member bigint,
    place bigint,
    FOREIGN KEY (member, place) REFERENCES members (id, place)
);
