CREATE TABLE a (
    first text NOT NULL,
    last text NOT NULL,
    whole text GENERATED ALWAYS AS (concat(first, ' ', last)) STORED
--                                  ^^^^^^^^^^^^^^^^^^^^^^^^ S0408
);
