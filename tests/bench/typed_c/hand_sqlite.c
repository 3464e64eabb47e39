/*
 * The hand-written side on SQLite: prepared once, bound without copies; a row that is
 * handed out of a function has its own texts.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

#define COLUMNS "id, device, value, amount, label, note"

static bool
prepare(struct work *w, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int status = sqlite3_prepare_v3(schemac_native(w->db), sql, -1,
                                    SQLITE_PREPARE_PERSISTENT, &stmt, NULL);

    w->prepared = stmt;
    return status == SQLITE_OK;
}

bool
hand_sqlite_prepare_insert(struct work *w)
{
    return prepare(w, "INSERT INTO readings (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?)");
}

bool
hand_sqlite_prepare_get(struct work *w)
{
    return prepare(w, "SELECT " COLUMNS " FROM readings WHERE id = ?");
}

bool
hand_sqlite_prepare_scan(struct work *w)
{
    return prepare(w, "SELECT " COLUMNS " FROM readings");
}

void
hand_sqlite_finish(struct work *w)
{
    (void)sqlite3_finalize(w->prepared);
    w->prepared = NULL;
}

static int
bind_text(sqlite3_stmt *stmt, int at, struct schemac_text t)
{
    if (t.ptr == NULL)
        return sqlite3_bind_null(stmt, at);
    return sqlite3_bind_text64(stmt, at, t.ptr, t.len, SQLITE_STATIC, SQLITE_UTF8);
}

static bool
insert(sqlite3_stmt *stmt, const struct bench_readings *row)
{
    bool ok = sqlite3_bind_int64(stmt, 1, row->id) == SQLITE_OK
              && sqlite3_bind_int(stmt, 2, row->device) == SQLITE_OK
              && sqlite3_bind_double(stmt, 3, row->value) == SQLITE_OK
              && sqlite3_bind_int64(stmt, 4, row->amount) == SQLITE_OK
              && bind_text(stmt, 5, row->label) == SQLITE_OK
              && bind_text(stmt, 6, row->note) == SQLITE_OK
              && sqlite3_step(stmt) == SQLITE_DONE;

    return sqlite3_reset(stmt) == SQLITE_OK && ok;
}

bool
hand_sqlite_insert(struct work *w)
{
    for (size_t i = 0; i < w->count; i++)
        if (!insert(w->prepared, &w->rows[i]))
            return false;
    return true;
}

static struct schemac_text
text_at(sqlite3_stmt *stmt, int at)
{
    const char *ptr = (const char *)sqlite3_column_text(stmt, at);

    return (struct schemac_text){ ptr, (size_t)sqlite3_column_bytes(stmt, at) };
}

static void
read_row(sqlite3_stmt *stmt, struct bench_readings *row)
{
    row->id = sqlite3_column_int64(stmt, 0);
    row->device = sqlite3_column_int(stmt, 1);
    row->value = sqlite3_column_double(stmt, 2);
    row->amount = sqlite3_column_int64(stmt, 3);
    row->label = text_at(stmt, 4);
    row->note = text_at(stmt, 5);
}

/* ---- texts that outlive the statement ---- */

struct texts {
    char *ptr;
    size_t len, room;
    struct texts *before;
};

static bool
keep(struct texts **texts, struct schemac_text *t)
{
    struct texts *to = *texts;

    if (t->ptr == NULL)
        return true;
    if (to == NULL || to->room - to->len < t->len + 1) {
        size_t room = to == NULL ? 4096 : to->room * 2;

        room = room < t->len + 1 ? t->len + 1 : room;
        to = malloc(sizeof *to + room);
        if (to == NULL)
            return false;
        *to = (struct texts){ (char *)(to + 1), 0, room, *texts };
        *texts = to;
    }
    memcpy(to->ptr + to->len, t->ptr, t->len);
    to->ptr[to->len + t->len] = '\0';
    t->ptr = to->ptr + to->len;
    to->len += t->len + 1;
    return true;
}

static void
free_texts(struct texts *texts)
{
    while (texts != NULL) {
        struct texts *before = texts->before;

        free(texts);
        texts = before;
    }
}

static bool
get(sqlite3_stmt *stmt, int64_t id, struct bench_readings *row, struct texts **texts)
{
    bool ok = sqlite3_bind_int64(stmt, 1, id) == SQLITE_OK
              && sqlite3_step(stmt) == SQLITE_ROW;

    if (*texts != NULL)
        (*texts)->len = 0;
    if (ok) {
        read_row(stmt, row);
        ok = keep(texts, &row->label) && keep(texts, &row->note);
    }
    (void)sqlite3_reset(stmt);
    return ok;
}

bool
hand_sqlite_get(struct work *w)
{
    struct texts *texts = NULL;
    bool ok = true;

    for (size_t i = 0; ok && i < w->count; i++) {
        struct bench_readings row;

        ok = get(w->prepared, (int64_t)(i * 7919 % w->count), &row, &texts);
        w->sum += ok ? sum_of(&row) : 0;
    }
    free_texts(texts);
    return ok;
}

bool
hand_sqlite_scan(struct work *w)
{
    struct bench_readings row;
    int status;

    while ((status = sqlite3_step(w->prepared)) == SQLITE_ROW) {
        read_row(w->prepared, &row);
        w->sum += sum_of(&row);
    }
    return sqlite3_reset(w->prepared) == SQLITE_OK && status == SQLITE_DONE;
}

bool
hand_sqlite_all(struct work *w)
{
    struct bench_readings *rows = NULL;
    size_t count = 0, room = 0;
    struct texts *texts = NULL;
    bool ok = true;

    while (ok && sqlite3_step(w->prepared) == SQLITE_ROW) {
        if (count == room) {
            struct bench_readings *more;

            room = room == 0 ? 64 : room * 2;
            more = realloc(rows, room * sizeof *rows);
            if (more == NULL)
                break;
            rows = more;
        }
        read_row(w->prepared, &rows[count]);
        ok = keep(&texts, &rows[count].label) && keep(&texts, &rows[count].note);
        count++;
    }
    for (size_t i = 0; i < count; i++)
        w->sum += sum_of(&rows[i]);
    free(rows);
    free_texts(texts);
    return sqlite3_reset(w->prepared) == SQLITE_OK && ok;
}
