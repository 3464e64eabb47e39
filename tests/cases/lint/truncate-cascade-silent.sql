TRUNCATE owners, cars;
