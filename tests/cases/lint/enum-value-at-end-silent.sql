ALTER TYPE colour ADD VALUE 'orange' AFTER 'red';
