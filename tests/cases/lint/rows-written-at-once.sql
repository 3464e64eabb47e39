UPDATE cars SET colour = 'red';
