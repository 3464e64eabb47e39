ALTER SEQUENCE cars_id_seq INCREMENT BY 10;
UPDATE cars SET colour = 'red' WHERE id = 7;
