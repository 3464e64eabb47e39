/*
 * The dialect as one table.
 */
#include "dialect/sqlite/lite.h"

const struct dialect dialect_sqlite = {
    .name = "sqlite",
    .style = &lite_style,
    .lower = lite_lower,
    .create = lite_create,
    .alter = lite_alter,
    .insert_row = lite_insert_row,
    .storage = lite_storage,
    .row_name = lite_row_name,
    .script_begin = lite_script_begin,
    .script_end = lite_script_end,
};
