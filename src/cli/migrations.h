/*
 * Folders of other tools' migrations: which tool's they are, and in what order that tool
 * applies them.  Nothing of the files is read here but the marks that tell goose and
 * dbmate apart (cli/marks.h), and sqitch's plan (cli/sqitch.c).
 */
#ifndef SCHEMAC_CLI_MIGRATIONS_H
#define SCHEMAC_CLI_MIGRATIONS_H

#include "diag/session.h"
#include "model/catalog.h"

/* The order of each: tool_rules in migrations.c. */
enum migration_tool {
    TOOL_NONE,     /* no migrations: a schema folder, or nothing that we know */
    TOOL_NUMBERED, /* 001_x.sql, 20240131-x.sql: no tool's in particular */
    TOOL_PAIRS,    /* 001_x.up.sql, 001_x.down.sql: golang-migrate, sqlx */
    TOOL_DBMATE,   /* 001_x.sql with -- migrate:up */
    TOOL_GOOSE,    /* 001_x.sql with -- +goose Up */
    TOOL_FLYWAY,   /* V1.2__x.sql, R__x.sql, U1.2__x.sql, B1.2__x.sql */
    TOOL_FOLDERS,  /* 001_x/up.sql, 001_x/down.sql: diesel, hasura */
    TOOL_PRISMA,   /* 001_x/migration.sql, migration_lock.toml */
    TOOL_SQITCH,   /* sqitch.plan, deploy/x.sql */
    TOOL_COUNT
};

struct migration {
    struct slice version; /* what FOLDER@VERSION names; none: repeatable */
    struct slice stem;    /* the name without its ending; also names it */
    struct slices tags;   /* sqitch: without the @; else empty */
    const char *path;
};

struct migrations {
    enum migration_tool tool;
    const char *folder;
    VEC(struct migration) all; /* in the order in which they are applied */
    size_t down_count;         /* files that lead back; they are not read */
    struct slice dialect;      /* in whose terms the tool's own file says; none: unsaid */
};

/* What messages call the tool: "golang-migrate". */
const char *migrations_tool_name(enum migration_tool tool);

/*
 * What the folder holds.  False: it is no folder of migrations and out->tool is
 * TOOL_NONE; nothing was reported.  True: *out is filled; mistakes were reported.
 */
bool migrations_open(struct session *s, const char *folder, struct migrations *out);

/* How many of them lead to that version; all of them for none.  0 after reporting. */
size_t migrations_up_to(struct session *s, const struct migrations *m,
                        struct slice version);

/* sqitch.c: the changes of FOLDER/sqitch.plan in its order. */
void sqitch_read_plan(struct session *s, struct migrations *out);

#endif
