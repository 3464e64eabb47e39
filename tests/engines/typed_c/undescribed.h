/*
 * Descriptions that were made by hand and do not name what their columns need.  Part of
 * round_trip.c, whose items these are.
 */
#ifndef UNDESCRIBED_H
#define UNDESCRIBED_H

/* What the description of a table does not name is not linked: said, not guessed. */
static void
test_undescribed(struct schemac_db *db)
{
    static struct schemac_table bare; /* a handle knows descriptions by their address */
    struct lot_items v = plain_item();
    struct lot_items found;

    bare = lot_items_table;
    bare.moments = NULL;
    IS(SCHEMAC_MISUSE, schemac_row_insert_64(db, &bare, &v, LOT_ITEMS_NEW));
    CHECK(strcmp(schemac_error(db)->column, "day") == 0);
    IS(SCHEMAC_OK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    found.id = v.id;
    IS(SCHEMAC_MISUSE, schemac_row_get(db, &bare, 0, &found));
    CHECK(strcmp(schemac_error(db)->column, "day") == 0);
    bare.moments = lot_items_table.moments;
    bare.uuids = NULL;
    IS(SCHEMAC_MISUSE, schemac_row_get(db, &bare, 0, &found));
    CHECK(strcmp(schemac_error(db)->column, "ident") == 0);
    IS(SCHEMAC_OK, lot_items_delete(db, v.id));
}

/* The same of enums, whose labels a column names, too. */
static void
test_undescribed_enums(struct schemac_db *db)
{
    static struct schemac_column columns[64];
    static struct schemac_table bare, unlabelled;
    struct lot_items v = plain_item();
    struct lot_items found;

    CHECK(lot_items_table.column_count <= COUNT(columns));
    for (size_t i = 0; i < lot_items_table.column_count; i++) {
        columns[i] = lot_items_table.columns[i];
        columns[i].labels = NULL;
    }
    bare = unlabelled = lot_items_table;
    bare.enums = NULL;
    unlabelled.columns = columns;
    IS(SCHEMAC_OK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    found.id = v.id;
    IS(SCHEMAC_MISUSE, schemac_row_get(db, &bare, 0, &found));
    CHECK(strcmp(schemac_error(db)->column, "paint") == 0);
    IS(SCHEMAC_MISUSE, schemac_row_get(db, &unlabelled, 0, &found));
    CHECK(strcmp(schemac_error(db)->column, "paint") == 0);
    IS(SCHEMAC_OK, lot_items_delete(db, v.id));
    IS(SCHEMAC_MISUSE, schemac_row_insert_64(db, &bare, &v, LOT_ITEMS_NEW));
    IS(SCHEMAC_MISUSE, schemac_row_insert_64(db, &unlabelled, &v, LOT_ITEMS_NEW));
    CHECK(strcmp(schemac_error(db)->column, "paint") == 0);
}

/* What triggers set later would come back as it was before them. */
static void
test_undescribed_triggers(struct schemac_db *db)
{
    static struct schemac_table bare;
    struct lot_badges b = { .badge = schemac_text("z") };

    bare = lot_badges_table;
    bare.again = NULL;
    IS(SCHEMAC_MISUSE, schemac_row_insert_64(db, &bare, &b, LOT_BADGES_NEW));
    CHECK(strcmp(schemac_error(db)->column, "number") == 0);
    IS(SCHEMAC_MISUSE, schemac_row_upsert_64(db, &bare, 0, &b, LOT_BADGES_NEW));
    IS(SCHEMAC_MISUSE, schemac_row_insert_many_64(db, &bare, &b, 1, LOT_BADGES_NEW));
    IS(SCHEMAC_OK, schemac_row_load_64(db, &bare, &b, 1, LOT_BADGES_NEW));
    IS(SCHEMAC_OK, lot_badges_get(db, b.badge, &b));
    IS(SCHEMAC_OK, schemac_row_delete(db, &bare, &b));
    bare.again = lot_badges_table.again;
    bare.key_count = 0;
    IS(SCHEMAC_MISUSE, schemac_row_insert_64(db, &bare, &b, LOT_BADGES_NEW));
}

#endif
