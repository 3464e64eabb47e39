CREATE SCHEMA app;
CREATE TABLE app.t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0, label varchar(20));
CREATE TABLE log (id int, label text);
CREATE FUNCTION taxed(amount numeric, rate numeric DEFAULT 0.1) RETURNS numeric
    LANGUAGE sql BEGIN ATOMIC SELECT amount + (amount * rate); END;
CREATE FUNCTION doubled(int, int) RETURNS int
    LANGUAGE sql BEGIN ATOMIC RETURN $1 * 2 + $2; END;
CREATE FUNCTION counted(low int) RETURNS bigint
    RETURN (SELECT count(*) FROM app.t WHERE n >= low AND label = 'x');
CREATE PROCEDURE nothing() BEGIN ATOMIC END;
CREATE PROCEDURE app.move(giver int, taker int, amount numeric)
LANGUAGE sql BEGIN ATOMIC
    UPDATE app.t SET n = n - amount WHERE id = giver;
    UPDATE app.t x SET (n, label) = (x.n + amount, 'got') FROM log
        WHERE x.id = taker AND log.id = x.id RETURNING x.*;
    INSERT INTO app.t VALUES (giver, 1, 'new'), (move.taker, DEFAULT, NULL)
        ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n WHERE t.id > 0;
    INSERT INTO log (label, id) VALUES ('x', giver) RETURNING id;
    INSERT INTO log SELECT id, label FROM app.t WHERE label IN ('a', 'b');
    INSERT INTO log DEFAULT VALUES;
    DELETE FROM log USING app.t u WHERE log.id = u.id AND u.label LIKE 'z%';
    WITH gone AS (DELETE FROM log WHERE id = giver RETURNING *)
        SELECT * FROM gone ORDER BY 1;
END;
