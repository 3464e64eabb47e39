/*
 * bakery DATABASE: a batch of rye, and a recall.  Flour comes in, a run takes of it, its
 * bread goes out on pallets; then the lot of flour is recalled, and from it each pallet
 * that has some of it is found.
 */
#include "daily.h"

#include "bakery.h"

static int64_t
receive_lot(struct schemac_db *db, const char *lot_number)
{
    struct bakery_ingredients flour = {
        .name = schemac_text("rye flour"),
        .type = BAKERY_INGREDIENT_TYPE_FLOUR,
        .unit_of_measure = schemac_text("kg"),
        .current_stock = 25000,
    };
    struct bakery_ingredient_lots lot = {
        .lot_number = schemac_text(lot_number),
        .supplier_name = schemac_text("Mühle & Söhne"),
        .unit_of_measure = schemac_text("kg"),
    };

    MUST(db, bakery_ingredients_upsert_by_name(
                 db, &flour,
                 BAKERY_INGREDIENTS_NEW | BAKERY_INGREDIENTS_COL_CURRENT_STOCK));
    lot.ingredient_id = flour.id;
    HOLDS(schemac_decimal_from_text(schemac_text("25.000"), 3, &lot.quantity_received));
    HOLDS(schemac_date_from_text(schemac_text("2024-05-01"), &lot.received_on));
    lot.quantity_remaining = lot.quantity_received;
    MUST(db, bakery_ingredient_lots_insert(db, &lot, BAKERY_INGREDIENT_LOTS_NEW));
    HOLDS(lot.status == BAKERY_LOT_STATUS_RECEIVED);
    return lot.id;
}

static int64_t
plan_run(struct schemac_db *db, const char *batch)
{
    struct bakery_recipes recipe = {
        .name = schemac_text("Rye"),
        .created_by = schemac_text("ann"),
        .version = 1,
    };
    struct bakery_production_runs run = {
        .batch_number = schemac_text(batch),
        .planned_quantity = 120,
        .unit_of_measure = schemac_text("loaves"),
    };

    MUST(db, bakery_recipes_upsert_by_name_version(
                 db, &recipe, BAKERY_RECIPES_NEW | BAKERY_RECIPES_COL_VERSION));
    run.recipe_id = recipe.id;
    MUST(db, bakery_production_runs_insert(db, &run, BAKERY_PRODUCTION_RUNS_NEW));
    HOLDS(run.status == BAKERY_BATCH_STATUS_PLANNED && !run.actual_quantity.is_set);
    return run.id;
}

/* Both or neither: what the run has, the lot has no more. */
static enum schemac_status
use(struct schemac_db *db, int64_t run, int64_t lot_id, const char *kilograms)
{
    struct bakery_batch_ingredients used = {
        .production_run_id = run,
        .ingredient_lot_id = lot_id,
        .unit_of_measure = schemac_text("kg"),
        .added_by = schemac_text("bob"),
    };
    struct bakery_ingredient_lots lot;
    enum schemac_status status;

    HOLDS(schemac_decimal_from_text(schemac_text(kilograms), 3, &used.quantity_used));
    MUST(db, schemac_begin(db));
    MUST(db, bakery_batch_ingredients_insert(db, &used, BAKERY_BATCH_INGREDIENTS_NEW));
    MUST(db, bakery_ingredient_lots_get(db, lot_id, &lot));
    lot.quantity_remaining -= used.quantity_used;
    lot.status = BAKERY_LOT_STATUS_IN_USE;
    status = bakery_ingredient_lots_update(
        db, &lot,
        BAKERY_INGREDIENT_LOTS_COL_QUANTITY_REMAINING
            | BAKERY_INGREDIENT_LOTS_COL_STATUS);
    if (status != SCHEMAC_OK)
        MUST(db, schemac_rollback(db));
    else
        MUST(db, schemac_commit(db));
    return status;
}

static void
finish_run(struct schemac_db *db, int64_t id, const char *pallet_number)
{
    struct bakery_production_runs run = {
        .id = id,
        .actual_quantity = { 118, true },
        .status = BAKERY_BATCH_STATUS_COMPLETED,
        .quality_status = BAKERY_QUALITY_STATUS_PASSED,
    };
    struct bakery_pallets pallet = {
        .production_run_id = { id, true },
        .pallet_number = schemac_text(pallet_number),
        .status = BAKERY_PALLET_STATUS_SHIPPED,
        .location = schemac_text("truck 2"),
    };

    MUST(db, bakery_production_runs_update(
                 db, &run,
                 BAKERY_PRODUCTION_RUNS_COL_ACTUAL_QUANTITY
                     | BAKERY_PRODUCTION_RUNS_COL_STATUS
                     | BAKERY_PRODUCTION_RUNS_COL_QUALITY_STATUS));
    MUST(db, bakery_pallets_insert(db, &pallet,
                                   BAKERY_PALLETS_NEW | BAKERY_PALLETS_COL_STATUS));
}

static void
recall_pallets_of(struct schemac_db *db, int64_t run, int *count)
{
    struct bakery_pallets_cursor pallets;
    struct bakery_pallets found[8];
    size_t n = 0;

    MUST(db, bakery_pallets_by_production_run_id(db, run, &pallets));
    while (bakery_pallets_next(&pallets) == SCHEMAC_ROW && n < 8)
        found[n++] = pallets.row;
    MUST(db, bakery_pallets_close(&pallets));
    for (size_t i = 0; i < n; i++) {
        struct bakery_audit_logs entry = {
            .table_name = schemac_text("pallets"),
            .record_id = found[i].id,
            .action = BAKERY_AUDIT_LOGS_ACTION_UPDATE,
            .old_values = schemac_text("{\"status\": \"SHIPPED\"}"),
            .new_values = schemac_text("{\"status\": \"RECALLED\"}"),
            .changed_by = schemac_text("quality"),
        };

        found[i].status = BAKERY_PALLET_STATUS_RECALLED;
        MUST(db, bakery_pallets_update(db, &found[i], BAKERY_PALLETS_COL_STATUS));
        MUST(db, bakery_audit_logs_insert(db, &entry, BAKERY_AUDIT_LOGS_NEW));
    }
    *count += (int)n;
}

static int
recall(struct schemac_db *db, int64_t lot_id)
{
    struct bakery_batch_ingredients_cursor uses;
    int64_t runs[8];
    size_t n = 0;
    int pallets = 0;

    MUST(db, bakery_batch_ingredients_by_ingredient_lot_id(db, lot_id, &uses));
    while (bakery_batch_ingredients_next(&uses) == SCHEMAC_ROW && n < 8)
        runs[n++] = uses.row.production_run_id;
    MUST(db, bakery_batch_ingredients_close(&uses));
    MUST(db, bakery_ingredient_lots_update(
                 db,
                 &(struct bakery_ingredient_lots){ .id = lot_id,
                                                   .status = BAKERY_LOT_STATUS_RECALLED },
                 BAKERY_INGREDIENT_LOTS_COL_STATUS));
    for (size_t i = 0; i < n; i++)
        recall_pallets_of(db, runs[i], &pallets);
    return pallets;
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    struct bakery_ingredient_lots lot;
    struct bakery_pallets pallet;
    int64_t bad_lot, good_lot, first, second, changes;

    DAILY_OPEN(bakery, argc, argv, &db);
    bad_lot = receive_lot(db, "L-1");
    good_lot = receive_lot(db, "L-2");
    first = plan_run(db, "B-1");
    second = plan_run(db, "B-2");
    MUST(db, use(db, first, bad_lot, "10.5"));
    MUST(db, use(db, second, good_lot, "20"));
    REFUSED(db, use(db, second, bad_lot, "14.501"), SCHEMAC_CHECK);
    REFUSED(db, bakery_ingredient_lots_delete(db, bad_lot), SCHEMAC_FOREIGN_KEY);
    finish_run(db, first, "P-1");
    finish_run(db, second, "P-2");
    REFUSED(db,
            bakery_pallets_insert(
                db, &(struct bakery_pallets){ .pallet_number = schemac_text("P-1") },
                BAKERY_PALLETS_NEW),
            SCHEMAC_UNIQUE);
    HOLDS(recall(db, bad_lot) == 1);
    MUST(db, bakery_pallets_find_by_pallet_number(db, schemac_text("P-1"), &pallet));
    HOLDS(pallet.status == BAKERY_PALLET_STATUS_RECALLED);
    MUST(db, bakery_pallets_find_by_pallet_number(db, schemac_text("P-2"), &pallet));
    HOLDS(pallet.status == BAKERY_PALLET_STATUS_SHIPPED);
    MUST(db, bakery_ingredient_lots_get(db, bad_lot, &lot));
    HOLDS(lot.quantity_remaining == 14500 && lot.status == BAKERY_LOT_STATUS_RECALLED);
    MUST(db, bakery_audit_logs_count(db, &changes));
    HOLDS(changes == 1);
    REFUSED(db, schemac_exec(db, "DELETE FROM audit_logs"), SCHEMAC_CHECK);
    schemac_close(db);
    puts("ok");
    return 0;
}
