CREATE VIRTUAL TABLE f USING fts5(a, tokenize = 'porter');
CREATE VIEW v AS SELECT a, rank, tokenize FROM f WHERE f MATCH 'x';
--                               ^^^^^^^^ S0304
