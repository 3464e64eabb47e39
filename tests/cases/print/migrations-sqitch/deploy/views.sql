CREATE OR REPLACE VIEW names AS SELECT name, mail FROM users;
