/*
 * The lines around a script that is run by hand: `sqlite3 -bail database < script`.
 *
 * Foreign keys must be off before the transaction begins, because inside one the pragma
 * is ignored and DROP TABLE would then delete the rows of children.  The first guard
 * stops a script that did not get that; the last one stops it before COMMIT where a row
 * has lost its parent.
 */
#include "dialect/sqlite/lite.h"

static void
add_guard(struct text *out, const char *name, const char *query)
{
    text_addf(out,
              "CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT \"%s\" CHECK "
              "(ok));\n"
              "INSERT INTO temp.schemac_guard %s;\n"
              "DROP TABLE temp.schemac_guard;\n",
              name, query);
}

void
lite_script_begin(struct session *s, const struct actions *actions, struct text *out)
{
    (void)s;
    (void)actions;
    text_addz(out, "PRAGMA foreign_keys = OFF;\n"
                   "BEGIN IMMEDIATE;\n");
    add_guard(out, "foreign keys must be off: run this outside of a transaction",
              "SELECT foreign_keys = 0 FROM pragma_foreign_keys");
}

void
lite_script_end(struct session *s, const struct actions *actions, struct text *out)
{
    (void)s;
    (void)actions;
    add_guard(out, "a row has no parent: see PRAGMA foreign_key_check",
              "SELECT count(*) = 0 FROM pragma_foreign_key_check");
    text_addz(out, "COMMIT;\n"
                   "PRAGMA foreign_keys = ON;\n");
}
