CREATE TABLE t (
    id integer PRIMARY KEY
);
DROP INDEX t_id_idx;
--         ^^^^^^^^ S0305
