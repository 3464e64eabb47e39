CREATE TABLE cars (
    id bigint PRIMARY KEY,
    aaaaaaaaaaaaaaaaaaaa_bbbbbbbbbbbbbbbbbbbb_cccccccccccccccccccc_dddd_in text,
    aaaaaaaaaaaaaaaaaaaa_bbbbbbbbbbbbbbbbbbbb_cccccccccccccccccccc_dddd_out text
);
