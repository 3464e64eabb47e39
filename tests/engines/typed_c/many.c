/*
 * many DATABASE: insert_many of rows that the engine takes at once: what comes back comes
 * back to its own row, the row that is refused is named, and a table with triggers is
 * written row by row.  Prints "ok".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "lists.h"

#define ROWS 700 /* several batches */
#define SAYS(words) CHECK(strstr(schemac_error(db)->message, (words)) != NULL)
#define MASK                                                                             \
    (LISTS_THINGS_ALL                                                                    \
     & ~(uint64_t)(LISTS_THINGS_COL_MARKS | LISTS_THINGS_COL_SMALL))

static bool is_postgres;
static char labels[ROWS][24];

static int64_t
number(struct schemac_db *db, const char *sql)
{
    struct schemac_stmt *stmt;
    int64_t v;

    IS(SCHEMAC_OK, schemac_prepare(db, sql, &stmt));
    IS(SCHEMAC_ROW, schemac_step(stmt));
    v = schemac_column_int64(stmt, 0);
    schemac_finalize(stmt);
    return v;
}

static struct lists_things
thing(size_t i)
{
    bool is_there = i % 5 != 0;
    struct lists_things row = {
        .id = (int64_t)i + 1,
        .flag = i % 2 == 0,
        .medium = (int32_t)i * 1000003,
        .money = -(int64_t)i * 12345678901,
        .short_ = schemac_text(i % 2 == 0 ? "it's {\"a\",\\b}" : ""),
        .moment = (int64_t)i * 1000001,
        .paint = (enum lists_tint)(i % (LISTS_TINT_COUNT + 1)),
        .state = (enum lists_things_state)(i % (LISTS_THINGS_STATE_COUNT + 1)),
    };

    (void)snprintf(labels[i], sizeof labels[i], "label %zu", i);
    memcpy(row.ident.bytes, &i, sizeof i);
    if (!is_there)
        return row;
    row.large = (struct schemac_int64_opt){ (int64_t)i << 40, true };
    row.ranked = (struct schemac_int64_opt){ (int64_t)i + 1, true };
    row.single = (struct schemac_float_opt){ (float)i / 3, true };
    row.twofold = (struct schemac_double_opt){ (double)i / 3, true };
    row.day = (struct schemac_int32_opt){ (int32_t)i, true };
    row.clock = (struct schemac_int64_opt){ (int64_t)i * 1000003, true };
    row.zoned = (struct schemac_int64_opt){ -(int64_t)i, true };
    row.label = schemac_text(labels[i]);
    row.huge = schemac_text("12345678901234567890.00001");
    row.padded = schemac_text("abcd"); /* char(4): not cut to one character */
    row.data = (struct schemac_bytes){ "\0\377\"", i % 4 };
    row.doc = schemac_text("{\"n\": 3}");
    row.address = schemac_text("10.0.0.1");
    return row;
}

static void
is_stored(struct schemac_db *db, size_t i)
{
    const struct lists_things row = thing(i);
    struct lists_things got;

    IS(SCHEMAC_OK, lists_things_get(db, row.id, &got));
    CHECK(got.flag == row.flag && got.medium == row.medium && got.money == row.money);
    CHECK(got.large.is_set == row.large.is_set && got.large.value == row.large.value);
    CHECK(got.ranked.is_set == row.ranked.is_set);
    CHECK(got.twofold.value == row.twofold.value && got.moment == row.moment);
    CHECK(got.day.value == row.day.value && got.clock.value == row.clock.value);
    CHECK(got.zoned.value == row.zoned.value && got.paint == row.paint);
    CHECK(got.state == row.state && got.data.len == row.data.len);
    CHECK(got.label.len == row.label.len && got.padded.len == row.padded.len);
    CHECK((got.label.ptr == NULL) == (row.label.ptr == NULL));
    CHECK(schemac_text_equal(got.short_, row.short_));
    CHECK(got.huge.len == row.huge.len && got.address.len == row.address.len);
    CHECK(memcmp(&got.ident, &row.ident, sizeof row.ident) == 0);
    CHECK(!got.small.is_set && got.marks.items == NULL);
}

/* Is one statement prepared that takes arrays? */
static bool
takes_arrays(struct schemac_db *db, const char *table)
{
    char sql[200];

    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE "
                   "'INSERT INTO \"%s\"%%unnest(%%'",
                   table);
    return number(db, sql) == 1;
}

static void
all_types(struct schemac_db *db)
{
    static struct lists_things rows[ROWS];

    for (size_t i = 0; i < ROWS; i++)
        rows[i] = thing(i);
    IS(SCHEMAC_OK, lists_things_insert_many(db, rows, ROWS, MASK));
    for (size_t i = 0; i < ROWS; i++)
        is_stored(db, i);
    if (is_postgres)
        CHECK(takes_arrays(db, "things"));
    /* The row that is refused, in the third batch; the others are not there. */
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM things"));
    rows[650].id = rows[640].id;
    IS(SCHEMAC_UNIQUE, lists_things_insert_many(db, rows, ROWS, MASK));
    SAYS("row 651 of 700: ");
    CHECK(number(db, "SELECT count(*) FROM things") == 0);
    rows[650] = thing(650);
    rows[600].owner_id = (struct schemac_int32_opt){ 77, true };
    rows[620].paint = (enum lists_tint)9; /* behind it, and never sent */
    IS(SCHEMAC_FOREIGN_KEY, lists_things_insert_many(db, rows, 620, MASK));
    SAYS("row 601 of 620: ");
    rows[600] = thing(600);
    IS(SCHEMAC_CHECK, lists_things_insert_many(db, rows, ROWS, MASK));
    SAYS("row 621 of 700: ");
    SAYS("9 is no value of");
    rows[620] = thing(620);
    /* Inside of a transaction, which goes on. */
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lists_things_insert_many(db, rows, 20, MASK));
    IS(SCHEMAC_UNIQUE, lists_things_insert_many(db, rows + 10, 20, MASK));
    SAYS("row 1 of 20: ");
    IS(SCHEMAC_OK, lists_things_insert_many(db, rows + 20, ROWS - 20, MASK));
    IS(SCHEMAC_OK, schemac_commit(db));
    CHECK(number(db, "SELECT count(*) FROM things") == ROWS);
}

/* Keys are given in the order of the rows, and come back to them; texts, too. */
static void
what_comes_back(struct schemac_db *db)
{
    static struct lists_owners owners[ROWS];
    static struct lists_words words[ROWS];
    static struct lists_things rows[20];

    for (size_t i = 0; i < ROWS; i++)
        words[i].word = schemac_text(labels[i]);
    IS(SCHEMAC_OK, lists_owners_insert_many(db, owners, ROWS, 0)); /* all by DEFAULT */
    IS(SCHEMAC_OK, lists_words_insert_many(db, words, ROWS, LISTS_WORDS_NEW));
    for (size_t i = 0; i < ROWS; i++) {
        CHECK(words[i].list == 0);
        CHECK(owners[i].id == owners[0].id + (int32_t)i);
    }
    for (size_t i = 0; i < 20; i++) {
        rows[i] = thing(i);
        rows[i].id = 10000 + (int64_t)i;
        rows[i].ident.bytes[15] = 1;
        rows[i].label = (struct schemac_text){ "x", i };
    }
    IS(SCHEMAC_OK, lists_things_insert_many(db, rows, 20,
                                            MASK & ~(uint64_t)LISTS_THINGS_COL_LABEL));
    for (size_t i = 0; i < 20; i++)
        CHECK(rows[i].label.ptr == NULL && !rows[i].small.is_set);
}

/* Rows that are long, so that few go at once; one is longer than a batch. */
static void
long_rows(struct schemac_db *db)
{
    static struct lists_log rows[40];
    char *text = malloc(3000000);

    if (text == NULL)
        exit(1);
    memset(text, 'x', 3000000);
    for (size_t i = 0; i < 40; i++)
        rows[i] = (struct lists_log){
            .id = (int32_t)i + 1,
            .what = { text, i == 20 ? 3000000 : i * 10000 },
        };
    IS(SCHEMAC_OK, lists_log_insert_many(db, rows, 40, LISTS_LOG_ALL));
    CHECK(number(db, "SELECT sum(length(what)) FROM log") == 3000000 + 760 * 10000);
    free(text);
}

/* What a trigger sees, and what it takes away, is as for one row after the other. */
static void
triggers(struct schemac_db *db)
{
    static struct lists_pairs pairs[30];

    IS(SCHEMAC_OK,
       schemac_exec(db, "CREATE FUNCTION count_pairs() RETURNS trigger LANGUAGE plpgsql "
                        "AS $$ BEGIN NEW.b := (SELECT count(*) FROM pairs); IF NEW.a = "
                        "25 THEN RETURN NULL; END IF; RETURN NEW; END $$"));
    IS(SCHEMAC_OK, schemac_exec(db, "CREATE TRIGGER counts BEFORE INSERT ON pairs FOR "
                                    "EACH ROW EXECUTE FUNCTION count_pairs()"));
    for (size_t i = 0; i < 30; i++)
        pairs[i].a = (int32_t)i;
    IS(SCHEMAC_NOT_FOUND,
       lists_pairs_insert_many(db, pairs, 30, LISTS_PAIRS_COL_A));
    SAYS("row 26 of 30: ");
    IS(SCHEMAC_OK, lists_pairs_insert_many(db, pairs, 20, LISTS_PAIRS_COL_A));
    for (size_t i = 0; i < 20; i++)
        CHECK(pairs[i].b == (int32_t)i);
    CHECK(!takes_arrays(db, "pairs"));
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    enum schemac_status status;

    if (argc != 2)
        return 2;
    status = lists_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db);
    IS(SCHEMAC_OK, status);
    is_postgres = strcmp(schemac_dialect(db), "postgres") == 0;
    all_types(db);
    what_comes_back(db);
    long_rows(db);
    if (is_postgres)
        triggers(db);
    schemac_close(db);
    printf("ok\n");
    return 0;
}
