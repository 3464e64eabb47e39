-- Each of the two is one mistake; the statements between and behind them are read.
CREATE TABLE a (id integer, name text DEFAULT 'O'Brien');
CREATE TABLE b (id intger, name text DEFAULT 'x');
CREATE TABLE c (id integer, name text DEFAULT 'D'Arcy');
CREATE TABLE d (id intgr, name text DEFAULT 'y');
