ALTER TABLE t ADD COLUMN a int, -- x
  ADD COLUMN b int -- y
;
SELECT 1 -- x
; -- y
SELECT 2 -- z
;
SELECT 3
-- own
;
CREATE TABLE t (a int -- k
) -- l
; -- m
DROP TABLE x /* q */ ; /* r */ -- s
