CREATE VIRTUAL TABLE x USING fts5(a, (b);
--                                      ^ S0101
