UPDATE cars SET colour = 'red', wheels = 4, colour = 'blue' WHERE id = 7;
