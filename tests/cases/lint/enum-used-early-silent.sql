BEGIN;
ALTER TYPE colour ADD VALUE 'orange' AFTER 'red';
COMMIT;
UPDATE cars SET colour = 'orange' WHERE id = 7;
