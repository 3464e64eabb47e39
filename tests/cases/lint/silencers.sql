-- @schema lot
-- @lint off reserved-word "the words of the law"

CREATE TABLE "order" ( -- @lint off table-without-primary-key "a log"
    price real NOT NULL, -- @lint off float-money "a rate"
    -- @lint off float-money "on a line of its own"
    cost real NOT NULL,
    fee real NOT NULL
);
-- @lint off float-money "the whole table"
CREATE TABLE b (
    id bigint PRIMARY KEY,
    total real NOT NULL,
    amount real NOT NULL,
    CONSTRAINT plus CHECK (total > 0) -- @lint off char-padding "nothing there"
);
-- @verify "sums"
-- @lint off section-unknown-table "made by hand"
SELECT count(*) = 0 FROM nothing_like_it;
-- @end
