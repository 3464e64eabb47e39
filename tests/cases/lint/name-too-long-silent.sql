CREATE TABLE cars (
    id bigint PRIMARY KEY,
    remarks text
);
