UPDATE cars SET colour = 'blue', wheels = 4 WHERE id = 7;
