CREATE TABLE runs (id bigint PRIMARY KEY, status text, made text);
