/*
 * odd DATABASE: odd names are found in the database.  Prints "ok".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "int.h"

static void
one_row(struct schemac_db *db)
{
    struct int_class row = { .int_ = schemac_text("a"),
                             .select = INT_CLASS_SELECT_GRU00F6U00DFE };
    struct int_class found;
    struct int_class_cursor c;

    IS(SCHEMAC_OK, int_class_insert(db, &row, INT_CLASS_NEW));
    IS(SCHEMAC_OK, int_class_find_by_int(db, schemac_text("a"), &found));
    if (found.this_ != row.this_ || !found._2fa
        || found.select != INT_CLASS_SELECT_GRU00F6U00DFE
        || strcmp(int_class_select_text(found.select), "gr\303\266\303\237e") != 0
        || !schemac_text_equal(found.a__b__c, schemac_text("it's \"x\" ?\?/ \\"))) {
        fprintf(stderr, "odd.c: the row is another\n");
        exit(1);
    }
    found.gru00f6u00dfe = (struct schemac_int32_opt){ 7, true };
    IS(SCHEMAC_OK, int_class_update(db, &found, INT_CLASS_COL_GRU00F6U00DFE));
    IS(SCHEMAC_OK, int_class_by_db(db, 1, &c));
    IS(SCHEMAC_DONE, int_class_next(&c));
    IS(SCHEMAC_OK, int_class_close(&c));
    IS(SCHEMAC_OK, int_class_delete(db, row.this_));
}

int
main(int argc, char **argv)
{
    struct int_sp_ace spaced = { .x_y = 1, .x_y_2 = 2 };
    struct int_u540d named = { .u540d = schemac_text("x") };
    struct schemac_db *db;
    enum schemac_status status;

    if (argc != 2)
        return 2;
    status = int_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db);
    IS(SCHEMAC_OK, status);
    one_row(db);
    IS(SCHEMAC_OK, int_sp_ace_insert(db, &spaced, INT_SP_ACE_NEW));
    IS(SCHEMAC_OK, int_sp_ace_delete(db, 1, 2));
    IS(SCHEMAC_OK, int_u540d_insert(db, &named, INT_U540D_NEW));
    IS(SCHEMAC_OK, int_u540d_get(db, schemac_text("x"), &named));
    schemac_close(db);
    printf("ok\n");
    return 0;
}
