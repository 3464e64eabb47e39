ALTER TYPE colour ADD VALUE 'orange';
