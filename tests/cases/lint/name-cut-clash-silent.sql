CREATE TABLE cars (
    id bigint PRIMARY KEY,
    remarks_in text,
    remarks_out text
);
