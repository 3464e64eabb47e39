  CREATE VIEW v AS SELECT x FROM w;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0413
CREATE VIEW w AS SELECT x FROM v;
