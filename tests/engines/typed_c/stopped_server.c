/*
 * stopped_server DATABASE: reads words, does what each says, and answers with the status
 * that it got, so that the test can stop and start the server in between.
 */
#include <stdio.h>
#include <string.h>

#include "lot.h"

#define MANY 20000

static struct lot_notes notes[MANY];
static struct lot_notes_cursor cursor;

static enum schemac_status
obey(struct schemac_db *db, const char *word)
{
    struct lot_owners row = { .name = schemac_text("first") };
    enum schemac_status status;
    int64_t count;

    if (strcmp(word, "insert") == 0)
        return lot_owners_insert(db, &row, LOT_OWNERS_NEW);
    if (strcmp(word, "find") == 0)
        return lot_owners_find_by_name(db, schemac_text("first"), &row);
    if (strcmp(word, "count") == 0)
        return lot_notes_count(db, &count);
    if (strcmp(word, "load") == 0)
        return lot_notes_load(db, notes, MANY, LOT_NOTES_NEW);
    if (strcmp(word, "many") == 0)
        return lot_notes_insert_many(db, notes, MANY, LOT_NOTES_NEW);
    if (strcmp(word, "begin") == 0)
        return schemac_begin(db);
    if (strcmp(word, "commit") == 0)
        return schemac_commit(db);
    if (strcmp(word, "rollback") == 0)
        return schemac_rollback(db);
    if (strcmp(word, "scan") == 0)
        return lot_notes_scan(db, &cursor);
    if (strcmp(word, "next") == 0)
        return lot_notes_next(&cursor);
    if (strcmp(word, "rest") != 0)
        return SCHEMAC_MISUSE;
    while ((status = lot_notes_next(&cursor)) == SCHEMAC_ROW)
        ;
    (void)lot_notes_close(&cursor);
    return status;
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    char word[40];

    if (argc != 2)
        return 2;
    for (size_t i = 0; i < MANY; i++)
        notes[i].note = schemac_text("a note that is as long as notes are, or longer");
    if (lot_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db) != SCHEMAC_OK)
        return 1;
    while (scanf("%39s", word) == 1) {
        enum schemac_status status = obey(db, word);

        printf("%s %s\n", word, schemac_status_name(status));
        if (status != SCHEMAC_OK)
            fprintf(stderr, "%s: %s\n", word, schemac_error(db)->message);
        fflush(stdout);
    }
    schemac_close(db);
    return 0;
}
