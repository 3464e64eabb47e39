CREATE VIRTUAL TABLE %x USING fts5(a);
--                   ^ S0101
