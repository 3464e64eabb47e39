-- bakery: from 2.0.0 to 1.0.0 (postgres)
-- loses column pallets.pallet_number
-- loses column pallets.updated_at
-- loses column production_runs.batch_number
-- loses column production_runs.planned_quantity
-- loses column production_runs.unit_of_measure
-- loses column production_runs.quality_status
-- loses column production_runs.notes
-- loses column production_runs.updated_at
-- loses column recipes.version
-- loses column recipes.description
-- loses column recipes.is_active
-- loses column recipes.updated_at
-- loses table batch_ingredients
-- loses table ingredient_lots
-- loses table ingredients
-- loses table audit_logs

BEGIN;

-- 01 drop trigger recipes_touch
DROP TRIGGER recipes_touch ON recipes;

-- 02 drop trigger production_runs_touch
DROP TRIGGER production_runs_touch ON production_runs;

-- 03 drop trigger pallets_touch
DROP TRIGGER pallets_touch ON pallets;

-- 04 drop constraint pallets.pallets_production_run
ALTER TABLE pallets DROP CONSTRAINT pallets_production_run;

-- 05 drop constraint production_runs.production_runs_recipe
ALTER TABLE production_runs DROP CONSTRAINT production_runs_recipe;

-- 06 drop constraint pallets.pallets_pallet_number
ALTER TABLE pallets DROP CONSTRAINT pallets_pallet_number;

-- 07 drop index idx_pallets_production_run
DROP INDEX idx_pallets_production_run;

-- 08 drop index idx_pallets_status_location
DROP INDEX idx_pallets_status_location;

-- 09 drop constraint production_runs.production_runs_planned_quantity_check
ALTER TABLE production_runs DROP CONSTRAINT production_runs_planned_quantity_check;

-- 10 drop constraint production_runs.production_runs_batch_number
ALTER TABLE production_runs DROP CONSTRAINT production_runs_batch_number;

-- 11 drop index idx_production_runs_recipe
DROP INDEX idx_production_runs_recipe;

-- 12 drop index idx_production_runs_date_range
DROP INDEX idx_production_runs_date_range;

-- 13 drop index idx_production_runs_status_quality
DROP INDEX idx_production_runs_status_quality;

-- 14 drop constraint recipes.recipes_version_check
ALTER TABLE recipes DROP CONSTRAINT recipes_version_check;

-- 15 drop constraint recipes.recipes_name_version
ALTER TABLE recipes DROP CONSTRAINT recipes_name_version;

-- 16 change NOT NULL pallets.status
ALTER TABLE pallets ALTER COLUMN status DROP NOT NULL;

-- 17 change NOT NULL production_runs.recipe_id
ALTER TABLE production_runs ALTER COLUMN recipe_id DROP NOT NULL;

-- 18 change NOT NULL production_runs.status
ALTER TABLE production_runs ALTER COLUMN status DROP NOT NULL;

-- 19 change type pallets.status
ALTER TABLE pallets ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE text USING (lower(CAST(status AS text)));

-- 20 change types of 2 columns of production_runs
ALTER TABLE production_runs ALTER COLUMN actual_quantity TYPE text USING (CAST(actual_quantity AS text)),
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE text USING (replace(lower(CAST(status AS text)), '_', ' '));

-- 21 drop column pallets.pallet_number
-- WARNING data-loss: column pallets.pallet_number is lost (not allowed; say --allow data-loss)
ALTER TABLE pallets DROP COLUMN pallet_number;

-- 22 drop column pallets.updated_at
-- WARNING data-loss: column pallets.updated_at is lost (not allowed; say --allow data-loss)
ALTER TABLE pallets DROP COLUMN updated_at;

-- 23 drop column production_runs.batch_number
-- WARNING data-loss: column production_runs.batch_number is lost (not allowed; say --allow data-loss)
ALTER TABLE production_runs DROP COLUMN batch_number;

-- 24 drop column production_runs.planned_quantity
-- WARNING data-loss: column production_runs.planned_quantity is lost (not allowed; say --allow data-loss)
ALTER TABLE production_runs DROP COLUMN planned_quantity;

-- 25 drop column production_runs.unit_of_measure
-- WARNING data-loss: column production_runs.unit_of_measure is lost (not allowed; say --allow data-loss)
ALTER TABLE production_runs DROP COLUMN unit_of_measure;

-- 26 drop column production_runs.quality_status
-- WARNING data-loss: column production_runs.quality_status is lost (not allowed; say --allow data-loss)
ALTER TABLE production_runs DROP COLUMN quality_status;

-- 27 drop column production_runs.notes
-- WARNING data-loss: column production_runs.notes is lost (not allowed; say --allow data-loss)
ALTER TABLE production_runs DROP COLUMN notes;

-- 28 drop column production_runs.updated_at
-- WARNING data-loss: column production_runs.updated_at is lost (not allowed; say --allow data-loss)
ALTER TABLE production_runs DROP COLUMN updated_at;

-- 29 drop column recipes.version
-- WARNING data-loss: column recipes.version is lost (not allowed; say --allow data-loss)
ALTER TABLE recipes DROP COLUMN version;

-- 30 drop column recipes.description
-- WARNING data-loss: column recipes.description is lost (not allowed; say --allow data-loss)
ALTER TABLE recipes DROP COLUMN description;

-- 31 drop column recipes.is_active
-- WARNING data-loss: column recipes.is_active is lost (not allowed; say --allow data-loss)
ALTER TABLE recipes DROP COLUMN is_active;

-- 32 drop column recipes.updated_at
-- WARNING data-loss: column recipes.updated_at is lost (not allowed; say --allow data-loss)
ALTER TABLE recipes DROP COLUMN updated_at;

-- 33 drop table batch_ingredients
-- WARNING data-loss: table batch_ingredients is lost (not allowed; say --allow data-loss)
DROP TABLE batch_ingredients;

-- 34 drop table ingredient_lots
-- WARNING data-loss: table ingredient_lots is lost (not allowed; say --allow data-loss)
DROP TABLE ingredient_lots;

-- 35 drop table ingredients
-- WARNING data-loss: table ingredients is lost (not allowed; say --allow data-loss)
DROP TABLE ingredients;

-- 36 drop table audit_logs
-- WARNING data-loss: table audit_logs is lost (not allowed; say --allow data-loss)
DROP TABLE audit_logs;

-- 37 drop function recipes_touch
DROP FUNCTION recipes_touch();

-- 38 drop function production_runs_touch
DROP FUNCTION production_runs_touch();

-- 39 drop function pallets_touch
DROP FUNCTION pallets_touch();

-- 40 drop function ingredients_touch
DROP FUNCTION ingredients_touch();

-- 41 drop function ingredient_lots_touch
DROP FUNCTION ingredient_lots_touch();

-- 42 drop function audit_logs_append_only
DROP FUNCTION audit_logs_append_only();

-- 43 drop type ingredient_type
DROP TYPE ingredient_type;

-- 44 drop type lot_status
DROP TYPE lot_status;

-- 45 drop type batch_status
DROP TYPE batch_status;

-- 46 drop type quality_status
DROP TYPE quality_status;

-- 47 drop type pallet_status
DROP TYPE pallet_status;

COMMIT;
