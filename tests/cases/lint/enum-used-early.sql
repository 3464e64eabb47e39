BEGIN;
ALTER TYPE colour ADD VALUE 'orange' AFTER 'red';
UPDATE cars SET colour = 'orange' WHERE id = 7;
COMMIT;
