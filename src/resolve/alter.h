/*
 * What the files that apply ALTER TABLE share.
 */
#ifndef SCHEMAC_RESOLVE_ALTER_H
#define SCHEMAC_RESOLVE_ALTER_H

#include "resolve/build.h"

struct alteration {
    struct build *b;
    struct work_table *table;
    const struct stmt *stmt;
    const struct ast_alter *action;
};

/* altermysql.c */
void alter_change_column(const struct alteration *a);
void alter_add_index(const struct alteration *a);
void alter_drop_index(const struct alteration *a);
void alter_rename_index(const struct alteration *a);
void alter_drop_primary_key(const struct alteration *a);
void alter_comment(const struct alteration *a);
bool is_mysql_storage(struct slice text);

#endif
