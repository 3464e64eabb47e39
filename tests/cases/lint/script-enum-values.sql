-- Its own transaction; then one where a neighbour and a comment are no use of it.
ALTER TYPE colour ADD VALUE 'plum' AFTER 'red';
UPDATE cars SET colour = 'plum' WHERE id = 1;
BEGIN;
ALTER TYPE colour ADD VALUE 'lime' AFTER 'red';
ALTER TYPE colour ADD VALUE 'leaf' AFTER 'lime';
COMMENT ON TYPE colour IS 'leaf';
-- 'leaf' in a comment
ALTER TABLE cars ALTER COLUMN colour SET DEFAULT 'leaf';
COMMIT;
