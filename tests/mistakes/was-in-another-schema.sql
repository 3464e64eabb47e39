CREATE SCHEMA s;
-- @was s.old
-- ^^^^^^^^^^ S0203
CREATE TABLE t (a integer);
-- @was s.older
CREATE TABLE s.u (
    a integer
);
-- @was s.index_before
CREATE INDEX u_index ON s.u (a);
-- @was s.seen
CREATE VIEW s.v AS SELECT a FROM s.u;
-- @was public.sold
CREATE TABLE w (a integer);
