DROP TABLE customers;
--         ^^^^^^^^^ S0303
