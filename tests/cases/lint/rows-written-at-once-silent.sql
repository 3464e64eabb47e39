UPDATE cars SET colour = 'red' WHERE id BETWEEN 1 AND 50;
UPDATE cars SET colour = 'red' WHERE id BETWEEN 51 AND 100;
