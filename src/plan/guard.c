/*
 * A guard in a script: a temporary table whose named CHECK refuses what is not true, so
 * that the shell of either engine stops with the sentence as the name of the constraint.
 * The statements are the same in every dialect.
 */
#include "expr/sqlw.h"
#include "model/naming.h"
#include "plan/internal.h"

/* The title is clipped, because PostgreSQL cuts longer names and says so at each run. */
void
plan_print_guard(struct slice title, struct slice query, struct text *out)
{
    text_addz(out, "CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT ");
    text_add_quoted(out, '"', naming_clip(title, IDENTIFIER_BYTES_MAX));
    text_addz(out, " CHECK (coalesce(ok, '0') IN ('1', 'true')));\n");
    text_addz(out, "WITH asked (ok) AS (\n");
    text_add(out, query);
    text_addz(out,
              "\n)\nINSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;\n");
    text_addz(out, "DROP TABLE schemac_guard;\n");
}
