/*
 * Marks inside of migration files: `-- migrate:up`, `-- +goose Up` and their kin.
 */
#ifndef SCHEMAC_CLI_MARKS_H
#define SCHEMAC_CLI_MARKS_H

#include "cli/migrations.h"

/* Whose marks the text has: TOOL_DBMATE, TOOL_GOOSE, or TOOL_NONE. */
enum migration_tool marks_find_tool(struct slice text);

/*
 * Leaves the part that leads up: in `up`, a copy of `text`, the part that leads down is
 * blanked, so that lines and columns stay true.  Needs: `text` is that of source number
 * `source`.  False after reporting D_MIGRATION_MARK.
 */
bool marks_keep_up(struct session *s, enum migration_tool tool, uint32_t source,
                   struct slice text, char *up);

#endif
