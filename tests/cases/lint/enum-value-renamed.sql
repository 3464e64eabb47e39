ALTER TYPE colour RENAME VALUE 'gray' TO 'grey';
