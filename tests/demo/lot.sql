-- A few hours of a busy lot: 300 vehicles, each seen entering and leaving.
BEGIN;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
INSERT INTO vehicles (number_plate, contact_name, phone_number, entry_timestamp)
SELECT printf('KA-%02d-%s-%04d', i % 50 + 1, char(65 + i % 26, 65 + i / 26), i * 17),
       'Driver ' || i, printf('555-%04d', i), datetime('2024-05-01', (i * 2) || ' minutes')
FROM n;
INSERT INTO audit_logs (action, entity, entity_id, timestamp, details)
SELECT a.action, 'vehicle', v.id, datetime(v.entry_timestamp, a.after),
       CASE WHEN v.id % 3 = 0 THEN 'gate ' || (v.id % 4) END
FROM vehicles v,
     (SELECT 'enter' AS action, '0 minutes' AS after
      UNION ALL SELECT 'leave', '90 minutes') a;
COMMIT;
