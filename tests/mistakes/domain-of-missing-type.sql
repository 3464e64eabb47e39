CREATE DOMAIN money_amount AS numerc(10, 2);
--                            ^^^^^^^^^^^^^ S0308
