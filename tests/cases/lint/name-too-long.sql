CREATE TABLE cars (
    id bigint PRIMARY KEY,
    aaaaaaaaaaaaaaaaaaaa_bbbbbbbbbbbbbbbbbbbb_cccccccccccccccccccc_dddd text
);
