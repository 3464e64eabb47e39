-- CREATE TABLE takes NOT VALID for valid, and keeps DEFAULT NULL.
CREATE DOMAIN word AS text DEFAULT 'x';
CREATE TABLE rooms (
    id integer PRIMARY KEY,
    code varchar(4) DEFAULT NULL,
    name word DEFAULT NULL
);
CREATE TABLE doors (room_id integer);
ALTER TABLE rooms ADD CONSTRAINT rooms_positive CHECK (id > 0) NOT VALID;
ALTER TABLE doors ADD CONSTRAINT doors_room FOREIGN KEY (room_id) REFERENCES rooms NOT VALID;
COMMENT ON CONSTRAINT doors_room ON doors IS 'of old doors nobody knows';
