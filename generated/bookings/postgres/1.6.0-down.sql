-- bookings: from 1.6.0 to 1.5.0 (postgres)
-- loses table opt_out_management
-- loses table contact_list_members
-- loses table contact_lists

BEGIN;

-- 01 drop table opt_out_management
-- WARNING data-loss: table opt_out_management is lost (not allowed; say --allow data-loss)
DROP TABLE opt_out_management;

-- 02 drop table contact_list_members
-- WARNING data-loss: table contact_list_members is lost (not allowed; say --allow data-loss)
DROP TABLE contact_list_members;

-- 03 drop table contact_lists
-- WARNING data-loss: table contact_lists is lost (not allowed; say --allow data-loss)
DROP TABLE contact_lists;

-- 04 drop function contact_lists_touch
DROP FUNCTION contact_lists_touch();

COMMIT;
