/*
 * Fields of rows to and from SQLite.
 *
 * Binds are SQLITE_STATIC: what a row points to must live until the statement is done,
 * which for all operations but cursors is before the call returns.  Values are read
 * through sqlite3_column_value, one look-up per column; that is safe because a handle is
 * opened without a mutex of its own and used by one thread at a time.
 *
 * SQLite stores what it is given, whatever the column's type says, so that every value is
 * looked at before it becomes a field.
 */
#include <math.h>
#include <string.h>

#include "runtime/row.h"
#include "runtime/sqlite.h"
#include "runtime/sqlite_array.h"

/* ---- binding ---- */

/* Where a value goes. */
struct target {
    struct row_place place;
    sqlite3_stmt *native;
    struct schemac_arena *items; /* where arrays become texts */
    int at;
    sqlite3_destructor_type keep; /* SQLITE_STATIC or SQLITE_TRANSIENT */
};

static enum schemac_status
bound(const struct target *t, int code)
{
    if (code == SQLITE_OK)
        return SCHEMAC_OK;
    return schemac__row_explain(t->place.db, t->place.table,
                                schemac__sqlite_error(t->place.db));
}

static enum schemac_status
bind_null(const struct target *t)
{
    return bound(t, sqlite3_bind_null(t->native, t->at));
}

static enum schemac_status
bind_integer(const struct target *t, int64_t v)
{
    return bound(t, sqlite3_bind_int64(t->native, t->at, v));
}

/* SQLite would store NULL for what is not a number. */
static enum schemac_status
bind_real(const struct target *t, double v)
{
    if (isnan(v))
        return schemac__row_fail(&t->place, SCHEMAC_CHECK, ": NaN cannot be stored");
    return bound(t, sqlite3_bind_double(t->native, t->at, v));
}

static enum schemac_status
bind_characters(const struct target *t, struct schemac_text v,
                sqlite3_destructor_type keep)
{
    return bound(
        t, sqlite3_bind_text64(t->native, t->at, v.ptr, v.len, keep, SQLITE_UTF8));
}

static enum schemac_status
bind_bytes(const struct target *t, const struct schemac_bytes *v)
{
    return bound(t, sqlite3_bind_blob64(t->native, t->at, v->ptr, v->len, t->keep));
}

/* What SQLite has no type for. */
static enum schemac_status
bind_as_text(const struct target *t, const void *value)
{
    const struct schemac_texts *texts = schemac__row_texts(&t->place, t->place.column);
    char made[ROW_TEXT_BYTES];
    struct schemac_text text;

    if (texts == NULL)
        return SCHEMAC_MISUSE;
    text = texts->write(&t->place, t->place.column, value, made);
    return text.ptr == NULL ? SCHEMAC_CHECK
                            : bind_characters(
               t, text, text.ptr == made ? SQLITE_TRANSIENT : SQLITE_STATIC);
}

static enum schemac_status
bind_array(const struct target *t, const void *field)
{
    const struct schemac_arrays *arrays = t->place.table->arrays;
    const struct row_array array = schemac__row_array(field);
    struct schemac_text json = { NULL, 0 };
    enum schemac_status status = SCHEMAC_OK;

    if (arrays == NULL)
        return schemac__row_undescribed(&t->place);
    if (array.items != NULL || array.count != 0)
        status = arrays->sqlite->write(&t->place, t->items, array, &json);
    return status == SCHEMAC_OK ? bind_characters(t, json, t->keep) : status;
}

/* `value` is of the plain C type of the column. */
static enum schemac_status
bind_plain(const struct target *t, const void *value)
{
    const struct schemac_column *c = t->place.column;

    if (row_is_whole(c))
        return bind_integer(t, schemac__row_integer(c, value));
    if (row_is_real(c))
        return bind_real(t, schemac__row_real(c, value));
    if (c->codec == SCHEMAC_CODEC_TEXT)
        return bind_characters(t, *(const struct schemac_text *)value, t->keep);
    if (c->codec == SCHEMAC_CODEC_BYTES)
        return bind_bytes(t, value);
    if (c->codec == SCHEMAC_CODEC_ARRAY)
        return bind_array(t, value);
    return c->codec == SCHEMAC_CODEC_ENUM && row_enum_at(value) == 0
               ? bind_null(t)
               : bind_as_text(t, value);
}

static struct target
target_of(struct schemac_stmt *stmt, bool copies)
{
    return (struct target){
        .place = { .db = stmt->db, .table = stmt->plan->table },
        .native = stmt->native,
        .items = &stmt->items,
        .keep = copies ? SQLITE_TRANSIENT : SQLITE_STATIC,
    };
}

static enum schemac_status
rows_bind(struct schemac_stmt *stmt, const void *row, bool copies)
{
    const struct row_plan *plan = stmt->plan;
    struct target t = target_of(stmt, copies);
    enum schemac_status status = SCHEMAC_OK;

    if (stmt->items.newest != NULL)
        schemac_arena_reset(&stmt->items);
    for (size_t i = 0; i < plan->bound && status == SCHEMAC_OK; i++) {
        const char *field = (const char *)row + plan->fields[i].offset;

        t.place.column = plan->fields[i].column;
        t.at = (int)i + 1;
        status = row_is_unset(t.place.column, field) ? bind_null(&t)
                                                     : bind_plain(&t, field);
    }
    return status;
}

static enum schemac_status
rows_bind_value(struct schemac_stmt *stmt, size_t column, int at, const void *value)
{
    struct target t = target_of(stmt, true);

    t.place.column = &t.place.table->columns[column];
    t.at = at;
    return bind_plain(&t, value);
}

/* ---- reading ---- */

struct source {
    struct row_place place;
    sqlite3_value *value;
    int type;                   /* SQLITE_INTEGER … SQLITE_NULL */
    struct schemac_arena *into; /* NULL: texts are not copied */
    struct schemac_arena *items; /* where arrays are made */
};

/* Its ptr is NULL when memory ran out.  Numbers have a text, too. */
static struct schemac_text
text_of(const struct source *s)
{
    const char *ptr = (const char *)sqlite3_value_text(s->value);

    return (struct schemac_text){ ptr, ptr == NULL
                                           ? 0
                                           : (size_t)sqlite3_value_bytes(s->value) };
}

/* A decimal is the whole number of its units. */
static const char *
wanted_of(const struct source *s)
{
    return s->place.column->codec == SCHEMAC_CODEC_DECIMAL
               ? "an integer"
               : schemac__row_wanted(&s->place, s->place.column);
}

/* A value that is not what the field can hold. */
static enum schemac_status
refuse(const struct source *s)
{
    struct schemac_text text;

    if (s->type == SQLITE_BLOB) {
        (void)schemac__row_fail(&s->place, SCHEMAC_DECODE, " holds bytes, not ");
        schemac__error_add(s->place.db, wanted_of(s));
        return SCHEMAC_DECODE;
    }
    text = text_of(s);
    return text.ptr == NULL ? schemac__no_memory(s->place.db)
                            : schemac__row_holds(&s->place, text, wanted_of(s));
}

/* Numbers have a text too: a column of a view need not have a type. */
static enum schemac_status
read_text(const struct source *s, struct schemac_text *to)
{
    struct schemac_text text;

    if (s->type == SQLITE_BLOB)
        return refuse(s);
    text = text_of(s);
    if (text.ptr == NULL)
        return schemac__no_memory(s->place.db);
    text.ptr = schemac__row_keep(s->place.db, s->into, text.ptr, text.len);
    *to = text;
    return text.ptr == NULL ? SCHEMAC_NO_MEMORY : SCHEMAC_OK;
}

/* SQLite gives NULL for an empty blob too. */
static enum schemac_status
read_bytes(const struct source *s, struct schemac_bytes *to)
{
    struct schemac_bytes bytes;

    if (s->type != SQLITE_BLOB)
        return refuse(s);
    bytes.ptr = sqlite3_value_blob(s->value);
    bytes.len = (size_t)sqlite3_value_bytes(s->value);
    if (bytes.ptr == NULL && bytes.len > 0)
        return schemac__no_memory(s->place.db);
    bytes.ptr = schemac__row_keep(s->place.db, s->into,
                                  bytes.ptr == NULL ? "" : bytes.ptr, bytes.len);
    *to = bytes;
    return bytes.ptr == NULL ? SCHEMAC_NO_MEMORY : SCHEMAC_OK;
}

static enum schemac_status
read_array(const struct source *s, void *to)
{
    const struct schemac_arrays *arrays = s->place.table->arrays;
    struct schemac_text json;

    if (arrays == NULL)
        return schemac__row_undescribed(&s->place);
    if (s->type != SQLITE_TEXT)
        return refuse(s);
    json = text_of(s);
    return json.ptr == NULL ? schemac__no_memory(s->place.db)
                            : arrays->sqlite->read(&s->place, s->items, json, to);
}

static bool
read_integer(const struct source *s, void *to)
{
    return s->type == SQLITE_INTEGER
           && schemac__row_put_integer(s->place.column, to,
                                       sqlite3_value_int64(s->value));
}

static bool
read_real(const struct source *s, void *to)
{
    return (s->type == SQLITE_FLOAT || s->type == SQLITE_INTEGER)
           && schemac__row_put_real(s->place.column, to, sqlite3_value_double(s->value));
}

/* What SQLite has no type for. */
static enum schemac_status
read_as_text(const struct source *s, void *to)
{
    const struct schemac_texts *texts = schemac__row_texts(&s->place, s->place.column);

    if (texts == NULL)
        return SCHEMAC_MISUSE;
    return s->type == SQLITE_TEXT && texts->read(s->place.column, text_of(s), to)
               ? SCHEMAC_OK
               : refuse(s);
}

static enum schemac_status
read_plain(const struct source *s, void *to)
{
    const struct schemac_column *c = s->place.column;

    if (c->codec == SCHEMAC_CODEC_TEXT)
        return read_text(s, to);
    if (c->codec == SCHEMAC_CODEC_BYTES)
        return read_bytes(s, to);
    if (c->codec == SCHEMAC_CODEC_ARRAY)
        return read_array(s, to);
    if (row_has_texts(c))
        return read_as_text(s, to);
    return (row_is_whole(c) ? read_integer(s, to) : read_real(s, to)) ? SCHEMAC_OK
                                                                     : refuse(s);
}

static enum schemac_status
read_field(const struct source *s, char *field)
{
    if (s->type == SQLITE_NULL)
        return schemac__row_put_null(&s->place, field);
    schemac__row_put_set(s->place.column, field);
    return read_plain(s, field);
}

/* ---- reading what is stored as the field has it: most fields of most rows ---- */

enum quick {
    QUICK_NO, /* the functions above have to look at it */
    QUICK_DONE,
    QUICK_NO_MEMORY
};

static SCHEMAC__WITHIN enum quick
quick_int64(const struct row_field *f, sqlite3_value *value, char *row)
{
    int64_t v;

    if (sqlite3_value_type(value) != SQLITE_INTEGER)
        return QUICK_NO;
    v = sqlite3_value_int64(value);
    memcpy(row + f->offset, &v, sizeof v);
    return QUICK_DONE;
}

static SCHEMAC__WITHIN enum quick
quick_int32(const struct row_field *f, sqlite3_value *value, char *row)
{
    int64_t v;
    int32_t narrow;

    if (sqlite3_value_type(value) != SQLITE_INTEGER)
        return QUICK_NO;
    v = sqlite3_value_int64(value);
    narrow = (int32_t)v;
    memcpy(row + f->offset, &narrow, sizeof narrow);
    return v == narrow ? QUICK_DONE : QUICK_NO;
}

static SCHEMAC__WITHIN enum quick
quick_double(const struct row_field *f, sqlite3_value *value, char *row)
{
    double v;

    if (sqlite3_value_type(value) != SQLITE_FLOAT)
        return QUICK_NO;
    v = sqlite3_value_double(value);
    memcpy(row + f->offset, &v, sizeof v);
    return QUICK_DONE;
}

static SCHEMAC__WITHIN enum quick
quick_text(const struct row_field *f, sqlite3_value *value, char *row,
           struct schemac_arena *into)
{
    struct schemac_text text = { NULL, 0 };
    int type = sqlite3_value_type(value);

    if (type == SQLITE_TEXT) {
        text.ptr = (const char *)sqlite3_value_text(value);
        text.len = (size_t)sqlite3_value_bytes(value);
        if (into != NULL && text.ptr != NULL)
            text.ptr = schemac__arena_copy(into, text.ptr, text.len);
        if (text.ptr == NULL)
            return QUICK_NO_MEMORY;
    } else if (type != SQLITE_NULL || !f->is_nullable) {
        return QUICK_NO;
    }
    memcpy(row + f->offset, &text, sizeof text);
    return QUICK_DONE;
}

static SCHEMAC__WITHIN enum quick
read_quickly(const struct row_field *f, sqlite3_value *value, char *row,
             struct schemac_arena *into)
{
    if (f->simple == ROW_SIMPLE_INT64)
        return quick_int64(f, value, row);
    if (f->simple == ROW_SIMPLE_TEXT)
        return quick_text(f, value, row, into);
    if (f->simple == ROW_SIMPLE_INT32)
        return quick_int32(f, value, row);
    return f->simple == ROW_SIMPLE_DOUBLE ? quick_double(f, value, row) : QUICK_NO;
}

/* ---- a row ---- */

static SCHEMAC__APART enum schemac_status
read_with_care(struct schemac_stmt *stmt, int at, void *row, struct schemac_arena *into)
{
    const struct row_field *f = &stmt->plan->fields[stmt->plan->bound + (size_t)at];
    struct source s = {
        .place = { stmt->db, stmt->plan->table, f->column },
        .value = sqlite3_column_value(stmt->native, at),
        .into = into,
        .items = into == NULL ? &stmt->items : into,
    };

    s.type = sqlite3_value_type(s.value);
    return read_field(&s, (char *)row + f->offset);
}

static SCHEMAC__WITHIN enum schemac_status
read_row(struct schemac_stmt *stmt, void *row, struct schemac_arena *into)
{
    const struct row_plan *plan = stmt->plan;
    const struct row_field *f = plan->fields + plan->bound;
    const struct row_field *end = plan->fields + plan->end;
    sqlite3_stmt *native = stmt->native;

    if (into == NULL && stmt->items.newest != NULL)
        schemac_arena_reset(&stmt->items);
    for (int i = 0; f < end; i++, f++) {
        sqlite3_value *value = sqlite3_column_value(native, i);
        enum quick quick = read_quickly(f, value, row, into);
        enum schemac_status status;

        if (quick == QUICK_DONE)
            continue;
        status = quick == QUICK_NO ? read_with_care(stmt, i, row, into)
                                   : schemac__no_memory(stmt->db);
        if (status != SCHEMAC_OK)
            return status;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
rows_read(struct schemac_stmt *stmt, void *row, struct schemac_arena *into)
{
    return read_row(stmt, row, into);
}

static enum schemac_status
rows_next(struct schemac_stmt *stmt, void *row, struct schemac_arena *into)
{
    int code = sqlite3_step(stmt->native);
    enum schemac_status status;

    if (code != SQLITE_ROW)
        return schemac__sqlite_stepped(stmt, code);
    status = read_row(stmt, row, into);
    return status == SCHEMAC_OK ? SCHEMAC_ROW : status;
}

/* ---- what comes back of a row that is written ---- */

/* A row's number alone needs no RETURNING; and RETURNING comes before the triggers behind
 * the row, so that what those set is read again.  Said, not guessed, where the
 * description does not name what does so. */
static enum schemac_status
rows_returning(struct schemac__statement *s, struct row_request *request)
{
    const unsigned later = SCHEMAC_COLUMN_AFTER_INSERT | SCHEMAC_COLUMN_AFTER_UPDATE;
    struct row_plan *plan = request->plan;
    const struct schemac_table *table = plan->table;
    struct row_place place = { s->home->db, table, NULL };

    if (table->again != NULL) {
        enum schemac_status status = table->again->prepare(s, request);

        if (status != SCHEMAC_OK || s->again != NULL)
            return status;
    }
    for (size_t i = plan->bound; i < plan->end; i++) {
        place.column = plan->fields[i].column;
        if ((place.column->flags & later) != 0 && table->again == NULL)
            return schemac__row_undescribed(&place);
    }
    if (plan->end == plan->bound + 1
        && (place.column->flags & SCHEMAC_COLUMN_ROWID) != 0) {
        s->id = place.column;
        plan->end = plan->bound;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
rows_read_id(const struct schemac__statement *s, void *row)
{
    const struct row_place place = { s->home->db, s->home->table, s->id };

    return schemac__row_put_integer(place.column, (char *)row + place.column->offset,
                                    sqlite3_last_insert_rowid(place.db->native))
               ? SCHEMAC_OK
               : schemac__row_fail(&place, SCHEMAC_DECODE,
                                   ": the new row has a number that its type cannot "
                                   "hold");
}

/* ---- failures ---- */

/* Are these "a, b" the columns of the key? */
static bool
are_columns(const char *names, const struct schemac_table *table,
            const struct schemac_key *key)
{
    for (size_t i = 0; i < key->column_count; i++) {
        const char *name = table->columns[key->columns[i]].name;
        size_t len = strlen(name);

        if (i > 0) {
            if (strncmp(names, ", ", 2) != 0)
                return false;
            names += 2;
        }
        if (strncmp(names, name, len) != 0)
            return false;
        names += len;
    }
    return *names == '\0';
}

static bool
is_meant(const struct schemac__error *e, const struct schemac_table *table,
         const struct schemac_key *key)
{
    if (e->status == SCHEMAC_FOREIGN_KEY)
        return key->kind == SCHEMAC_KEY_FOREIGN;
    return e->status == SCHEMAC_UNIQUE && key->kind <= SCHEMAC_KEY_UNIQUE
           && are_columns(e->column, table, key);
}

/* Which columns are not unique, SQLite says, and nothing of a foreign key: of several in
 * one table, none is named. */
static void
rows_name_key(struct schemac__error *e, const struct schemac_table *table)
{
    const struct schemac_key *found = NULL;

    for (size_t i = 0; i < table->key_count; i++) {
        if (!is_meant(e, table, &table->keys[i]))
            continue;
        if (found != NULL && e->status == SCHEMAC_FOREIGN_KEY)
            return;
        found = found == NULL ? &table->keys[i] : found;
    }
    if (found != NULL && e->constraint[0] == '\0')
        schemac__append(e->constraint, sizeof e->constraint, found->name,
                        strlen(found->name));
}

static enum schemac_status
rows_bind_results(struct schemac_stmt *to, const struct schemac_stmt *from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sqlite3_bind_value(to->native, (int)i + 1,
                               sqlite3_column_value(from->native, (int)i))
            != SQLITE_OK)
            return schemac__sqlite_error(to->db);
    return SCHEMAC_OK;
}

static int64_t
rows_read_count(struct schemac_stmt *stmt)
{
    return sqlite3_column_int64(stmt->native, 0);
}

const struct schemac__row_driver schemac__sqlite_rows = {
    .placeholder = '?',
    .returning = rows_returning,
    .read_id = rows_read_id,
    .name_key = rows_name_key,
    .bind_results = rows_bind_results,
    .is_listed = " IN (SELECT value FROM " SQLITE_LIST "(%p))",
    .bind = rows_bind,
    .bind_value = rows_bind_value,
    .read = rows_read,
    .next = rows_next,
    .read_count = rows_read_count,
};
