/*
 * lost_file DATABASE: a SQLite file that others lock, change, fill up or damage while a
 * program works with it.  Each call says so, nothing is half done, the handle goes on.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "lot.h"

#define MANY 3000
#define NAME_BYTES 40
#define PAGE_BYTES 4096

static sqlite3 *other;

static void
ask(const char *sql)
{
    char *message = NULL;

    if (sqlite3_exec(other, sql, NULL, NULL, &message) == SQLITE_OK)
        return;
    fprintf(stderr, "%s: %s\n", sql, message);
    exit(1);
}

static int64_t
count_owners(struct schemac_db *db)
{
    int64_t count = -1;

    IS(SCHEMAC_OK, lot_owners_count(db, &count));
    return count;
}

static void
name_rows(struct lot_owners *rows, char names[MANY][NAME_BYTES], const char *word)
{
    memset(rows, 0, MANY * sizeof *rows);
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(names[i], NAME_BYTES, "%.20s %d", word, i);
        rows[i].name = schemac_text(names[i]);
    }
}

static struct lot_owners rows[MANY];
static char names[MANY][NAME_BYTES];

static void
test_locked(struct schemac_db *db)
{
    struct lot_owners row = { .name = schemac_text("waits") };
    struct lot_owners_cursor c;
    int64_t before = count_owners(db);

    IS(SCHEMAC_OK, schemac_busy_timeout(db, 20));
    ask("BEGIN IMMEDIATE");
    name_rows(rows, names, "locked");
    IS(SCHEMAC_BUSY, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    IS(SCHEMAC_BUSY, lot_owners_upsert_by_name(db, &row, LOT_OWNERS_NEW));
    IS(SCHEMAC_BUSY, lot_owners_insert_many(db, rows, MANY, LOT_OWNERS_NEW));
    IS(SCHEMAC_BUSY, lot_owners_load(db, rows, MANY, LOT_OWNERS_NEW));
    IS(SCHEMAC_BUSY, lot_owners_delete(db, 1));
    IS(SCHEMAC_BUSY, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c)); /* reading goes on */
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_close(&c));
    ask("ROLLBACK");
    CHECK(count_owners(db) == before);
    IS(SCHEMAC_OK, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, lot_owners_delete(db, row.id));
}

/* What SQLite's own handle is told. */
static void
set_pages_max(struct schemac_db *db, const char *pragma)
{
    IS(SCHEMAC_OK, schemac_exec(db, pragma));
}

static void
test_full(struct schemac_db *db)
{
    struct lot_owners row = { .name = schemac_text("before it was full") };
    int64_t before = count_owners(db);
    enum schemac_status status;

    name_rows(rows, names, "too many");
    set_pages_max(db, "PRAGMA max_page_count = 1"); /* no more than there are */
    IS(SCHEMAC_FULL, lot_owners_insert_many(db, rows, MANY, LOT_OWNERS_NEW));
    IS(SCHEMAC_FULL, lot_owners_load(db, rows, MANY, LOT_OWNERS_NEW));
    CHECK(count_owners(db) == before);
    /* In a transaction of ours, which the engine may have ended. */
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    IS(SCHEMAC_FULL, lot_owners_insert_many(db, rows, MANY, LOT_OWNERS_NEW));
    status = schemac_commit(db);
    CHECK(status == SCHEMAC_OK || status == SCHEMAC_ERROR);
    if (status != SCHEMAC_OK)
        IS(SCHEMAC_OK, schemac_rollback(db));
    CHECK(count_owners(db) == before + (status == SCHEMAC_OK));
    set_pages_max(db, "PRAGMA max_page_count = 1000000");
    IS(SCHEMAC_OK, lot_owners_insert_many(db, rows, MANY, LOT_OWNERS_NEW));
    CHECK(count_owners(db) == before + (status == SCHEMAC_OK) + MANY);
}

/* Statements are prepared when another connection changes the table. */
static void
test_changed(struct schemac_db *db)
{
    struct lot_notes note = { .note = schemac_text("a note") };
    struct lot_owners found;
    struct lot_owners_cursor c;

    IS(SCHEMAC_OK, lot_owners_get(db, 1, &found));
    ask("ALTER TABLE owners ADD COLUMN extra TEXT DEFAULT 'x'");
    IS(SCHEMAC_OK, lot_owners_get(db, 1, &found));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_close(&c));
    ask("ALTER TABLE owners RENAME boss_id TO chief_id");
    IS(SCHEMAC_ERROR, lot_owners_get(db, 1, &found));
    CHECK(strstr(schemac_error(db)->message, "boss_id") != NULL);
    IS(SCHEMAC_OK, lot_owners_count(db, &(int64_t){ 0 }));
    ask("ALTER TABLE owners RENAME chief_id TO boss_id");
    IS(SCHEMAC_OK, lot_owners_get(db, 1, &found));
    ask("ALTER TABLE notes RENAME TO former_notes");
    IS(SCHEMAC_ERROR, lot_notes_insert(db, &note, LOT_NOTES_NEW));
    ask("ALTER TABLE former_notes RENAME TO notes");
    IS(SCHEMAC_OK, lot_notes_insert(db, &note, LOT_NOTES_NEW));
}

/* NULL where the struct has none: somebody has made the table anew without NOT NULL. */
static void
test_null(struct schemac_db *db)
{
    struct schemac_arena arena = { 0 };
    struct lot_owners_cursor c;
    struct lot_owners found;
    struct lot_owners *all;
    size_t count;

    ask("PRAGMA foreign_keys = OFF; DROP VIEW item_owners; BEGIN;"
        "CREATE TABLE kept AS SELECT id, name, boss_id FROM owners; DROP TABLE owners;"
        "CREATE TABLE owners (id INTEGER PRIMARY KEY, name TEXT, boss_id INTEGER);"
        "INSERT INTO owners SELECT * FROM kept; UPDATE owners SET name = NULL "
        "WHERE id = 1; COMMIT");
    IS(SCHEMAC_DECODE, lot_owners_get(db, 1, &found));
    CHECK(strcmp(schemac_error(db)->table, "owners") == 0);
    CHECK(strcmp(schemac_error(db)->column, "name") == 0);
    IS(SCHEMAC_OK, lot_owners_get(db, 2, &found));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_DECODE, lot_owners_next(&c));
    IS(SCHEMAC_DECODE, lot_owners_close(&c));
    IS(SCHEMAC_DECODE, lot_owners_all(db, &arena, &all, &count));
    CHECK(all == NULL && count == 0);
    schemac_arena_free(&arena);
    ask("UPDATE owners SET name = 'somebody' WHERE id = 1");
    IS(SCHEMAC_OK, lot_owners_get(db, 1, &found));
}

/* ---- bytes of the file ---- */

/* All pages but the first: `kept` gets what is there, or is put back. */
static void
exchange(const char *path, char *kept, size_t bytes, bool damage)
{
    FILE *file = fopen(path, "r+b");
    bool ok = file != NULL && fseek(file, PAGE_BYTES, SEEK_SET) == 0;

    if (ok && damage) {
        ok = fread(kept, 1, bytes, file) == bytes
             && fseek(file, PAGE_BYTES, SEEK_SET) == 0;
        for (size_t i = 0; ok && i < bytes; i++)
            ok = fputc(0xA5, file) != EOF;
    } else if (ok) {
        ok = fwrite(kept, 1, bytes, file) == bytes;
    }
    if (file == NULL || fclose(file) != 0 || !ok) {
        fprintf(stderr, "lost_file.c: %s cannot be changed\n", path);
        exit(1);
    }
}

static size_t
size_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    long size = file != NULL && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;

    if (size < 2 * PAGE_BYTES)
        exit(1);
    (void)fclose(file);
    return (size_t)size - PAGE_BYTES;
}

/* In the middle of a cursor; when the bytes are back, so is the handle. */
static void
test_damaged(struct schemac_db *db, const char *path)
{
    struct lot_owners_cursor c;
    struct lot_owners found;
    enum schemac_status status;
    size_t bytes;
    char *kept;

    IS(SCHEMAC_OK, schemac_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)"));
    IS(SCHEMAC_OK, schemac_exec(db, "PRAGMA cache_size = 1"));
    IS(SCHEMAC_OK, schemac_exec(db, "PRAGMA shrink_memory"));
    bytes = size_of(path);
    kept = malloc(bytes);
    if (kept == NULL)
        exit(1);
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    exchange(path, kept, bytes, true);
    do
        status = lot_owners_next(&c);
    while (status == SCHEMAC_ROW);
    IS(SCHEMAC_NOT_A_DATABASE, status);
    IS(SCHEMAC_NOT_A_DATABASE, lot_owners_next(&c));
    IS(SCHEMAC_NOT_A_DATABASE, lot_owners_close(&c));
    IS(SCHEMAC_NOT_A_DATABASE, lot_owners_get(db, 1, &found));
    exchange(path, kept, bytes, false);
    free(kept);
    IS(SCHEMAC_OK, lot_owners_get(db, 1, &found));
    CHECK(count_owners(db) > MANY);
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    enum schemac_status status;

    if (argc != 2)
        return 2;
    status = lot_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db);
    IS(SCHEMAC_OK, status);
    if (sqlite3_open(argv[1], &other) != SQLITE_OK)
        return 2;
    name_rows(rows, names, "row");
    IS(SCHEMAC_OK, lot_owners_load(db, rows, MANY, LOT_OWNERS_NEW));
    test_locked(db);
    test_full(db);
    test_changed(db);
    test_null(db);
    if (sqlite3_close(other) != SQLITE_OK)
        return 2;
    test_damaged(db, argv[1]);
    schemac_close(db);
    printf("ok\n");
    return 0;
}
