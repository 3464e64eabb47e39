ALTER TYPE colour ADD VALUE 'grey' AFTER 'gray';
