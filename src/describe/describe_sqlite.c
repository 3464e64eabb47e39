/*
 * SQLite keeps the statements that made its objects, so describing it is printing them:
 * one query, then an order that does not depend on how the database came about.
 *
 * Left out: what SQLite makes itself (sqlite_…, automatic indexes), the shadow tables
 * that belong to a virtual table, schemac_history and what is kept.  Comments inside a
 * stored statement stay, except those that our parser would take for annotations: they
 * were obeyed when the database was made, or never meant us.  The rows of
 * schemac_comments are what COMMENT ON says (src/dialect/sqlite/comments.c).
 */
#include "base/file.h"
#include "base/sqltext.h"
#include "base/utf8.h"
#include "describe/engines.h"

#include <string.h>

/* A chain of views on views deeper than this is printed by name below it. */
#define VIEW_DEPTH_MAX 500

enum object_kind {
    OBJECT_TABLE,
    OBJECT_INDEX,
    OBJECT_VIEW,
    OBJECT_TRIGGER,
    OBJECT_KIND_COUNT
};

struct object {
    struct slice name;
    struct slice sql;
    struct slice table; /* that it stands on; of tables and views their own name */
    bool is_placed; /* views: it is in the output, or being put there */
};

struct objects {
    VEC(struct object) of[OBJECT_KIND_COUNT]; /* each sorted by name */
};

/* The kind comes as a number, in the order in which kinds are printed. */
static const char objects_query[] =
    "SELECT CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 WHEN 'view' THEN 2 "
    "WHEN 'trigger' THEN 3 END, name, sql, tbl_name FROM sqlite_schema "
    "WHERE sql IS NOT NULL AND type IN ('table', 'index', 'view', 'trigger') "
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "AND lower(tbl_name) NOT IN ('schemac_history', 'schemac_comments', 'schemac_kept') "
    "AND tbl_name NOT LIKE 'schemac\\_kept\\_%' ESCAPE '\\' "
    "AND tbl_name NOT IN (SELECT name FROM pragma_table_list "
    "WHERE schema = 'main' AND type = 'shadow') "
    "ORDER BY 1, name";

static bool
fail(struct session *s, const struct schemac_db *db)
{
    diag_add(&s->diags, D_DATABASE, SPAN_NONE, "the database cannot be read: %s",
             schemac_error(db)->message);
    return false;
}

static struct slice
column(struct session *s, struct schemac_stmt *stmt, int at)
{
    struct schemac_text text = schemac_column_text(stmt, at);

    return slice_copy(&s->arena, (struct slice){ text.ptr, text.len });
}

/*
 * "CREATE TRIGGER t AFTER INSERT ON main.u BEGIN …" without "main.": SQLite ignores it
 * when it reads a file, which may have been attached under any name when that was
 * written.  Of other statements it keeps no such name.
 */
static struct slice
without_schema(struct arena *a, struct slice sql)
{
    struct sqltext t = { sql, true };
    struct sqltext_token token;
    struct slice head;

    do
        token = sqltext_next_code(&t);
    while (token.kind != SQLTEXT_END && !sqltext_is_word(token, "on"));
    head = slice_sub(sql, 0, sql.len - t.rest.len);
    sqltext_next_code(&t);
    if (!slice_is(sqltext_next_code(&t).text, "."))
        return sql;
    return slice_format(a, "%.*s %.*s", SLICE_ARG(head), SLICE_ARG(slice_trim(t.rest)));
}

/* SQLite keeps what it was given, byte for byte, and so does a damaged file. */
static bool
is_text(struct slice sql)
{
    size_t n;

    while (sql.len > 0) {
        n = *sql.ptr == '\0' ? 0 : utf8_length(sql);
        if (n == 0)
            return false;
        sql = slice_sub(sql, n, sql.len);
    }
    return true;
}

static bool
add_object(struct session *s, struct schemac_stmt *stmt, struct objects *all)
{
    int64_t kind = schemac_column_int64(stmt, 0);
    struct object object = { .name = column(s, stmt, 1),
                             .sql = column(s, stmt, 2),
                             .table = column(s, stmt, 3) };

    if (is_text(object.sql)) {
        if (kind == OBJECT_TRIGGER)
            object.sql = without_schema(&s->arena, object.sql);
        VEC_PUSH(&s->arena, &all->of[kind], object);
        return true;
    }
    diag_add(&s->diags, D_DATABASE, SPAN_NONE,
             "the database cannot be read: the statement that made %.*s is no UTF-8 text",
             SLICE_ARG(utf8_repair(&s->arena, object.name)));
    return false;
}

static bool
check_filter(struct session *s, const struct describe_filter *filter)
{
    if (filter == NULL || filter->schemas.all.count == 0)
        return true;
    diag_add(&s->diags, D_USAGE, SPAN_NONE, "SQLite has no schemas to choose from");
    return false;
}

/* What stands on a table goes with it. */
static bool
is_left_out(struct session *s, struct schemac_stmt *stmt,
            const struct describe_filter *filter)
{
    return filter_excludes(filter, column(s, stmt, 1), true)
           || filter_excludes(filter, column(s, stmt, 3), true);
}

static bool
read_objects(struct session *s, struct schemac_db *db,
             const struct describe_filter *filter, struct objects *all)
{
    struct schemac_stmt *stmt;
    enum schemac_status status;
    bool is_good = true;

    if (schemac_prepare(db, objects_query, &stmt) != SCHEMAC_OK)
        return fail(s, db);
    while ((status = schemac_step(stmt)) == SCHEMAC_ROW)
        if (!is_left_out(s, stmt, filter))
            is_good = add_object(s, stmt, all) && is_good;
    schemac_finalize(stmt);
    return is_good && (status == SCHEMAC_DONE || fail(s, db));
}

/* ---- virtual tables whose module is not here ---- */

static bool
read_modules(struct session *s, struct schemac_db *db, struct map *out)
{
    struct schemac_stmt *stmt;
    enum schemac_status status;

    map_init(out, &s->arena);
    if (schemac_prepare(db, "SELECT name FROM pragma_module_list", &stmt) != SCHEMAC_OK)
        return fail(s, db);
    while ((status = schemac_step(stmt)) == SCHEMAC_ROW)
        map_put(out, slice_lower(&s->arena, column(s, stmt, 0)), out);
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE || fail(s, db);
}

/* The module of CREATE VIRTUAL TABLE t USING module(…), in lower case; none: the table is
 * a plain one. */
static struct slice
module_of(struct session *s, const struct object *table)
{
    struct sqltext t = { table->sql, true };
    struct sqltext_token token;

    sqltext_next_code(&t); /* CREATE */
    if (!sqltext_is_word(sqltext_next_code(&t), "virtual"))
        return SLICE_NONE;
    do
        token = sqltext_next_code(&t);
    while (token.kind != SQLTEXT_END && !sqltext_is_word(token, "using"));
    return slice_lower(&s->arena, sqltext_name(&s->arena, sqltext_next_code(&t)));
}

static bool
is_virtual(struct session *s, const struct object *table)
{
    return !slice_is_none(module_of(s, table));
}

/* The virtual table of `strangers` whose shadow is called like that: "vec" of
 * "vec_chunks".  NULL: none. */
static const struct object *
owner_of_shadow(struct session *s, const struct map *strangers, struct slice name)
{
    struct slice lower = slice_lower(&s->arena, name);
    const struct object *owner = NULL;

    for (size_t i = 1; owner == NULL && i < lower.len; i++)
        if (lower.ptr[i] == '_')
            owner = map_get(strangers, slice_sub(lower, 0, i));
    return owner;
}

/* Of each kind, what does not stand on a shadow table; tables are told. */
static void
drop_shadows(struct session *s, const struct map *strangers, enum object_kind kind,
             struct objects *all)
{
    size_t kept = 0;

    VEC_EACH (i, &all->of[kind]) {
        struct object object = all->of[kind].items[i];
        const struct object *owner = owner_of_shadow(s, strangers, object.table);

        if (owner == NULL || (kind == OBJECT_TABLE && is_virtual(s, &object)))
            all->of[kind].items[kept++] = object;
        else if (kind == OBJECT_TABLE)
            diag_add(&s->diags, D_NOT_DESCRIBED, SPAN_NONE,
                     "table %.*s is left out: it is taken for a part of the virtual "
                     "table %.*s, whose module is not here to say so",
                     SLICE_ARG(object.name), SLICE_ARG(owner->name));
    }
    all->of[kind].count = kept;
}

/*
 * SQLite knows the shadow tables of those modules only that are loaded.  Of others they
 * go by their names, which the interface of virtual tables prescribes: to make or drop
 * one by itself would destroy the virtual table.
 */
static bool
leave_out_shadows(struct session *s, struct schemac_db *db, struct objects *all)
{
    struct map strangers;
    struct map modules;

    if (!read_modules(s, db, &modules))
        return false;
    map_init(&strangers, &s->arena);
    VEC_EACH (i, &all->of[OBJECT_TABLE]) {
        struct object *table = ARENA_NEW(&s->arena, struct object);
        struct slice module;

        *table = all->of[OBJECT_TABLE].items[i];
        module = module_of(s, table);
        if (!slice_is_none(module) && !map_has(&modules, module))
            map_put(&strangers, slice_lower(&s->arena, table->name), table);
    }
    for (int kind = 0; strangers.count > 0 && kind < OBJECT_KIND_COUNT; kind++)
        if (kind != OBJECT_VIEW)
            drop_shadows(s, &strangers, (enum object_kind)kind, all);
    return true;
}

/* ---- statements ---- */

/* The stored text without annotations, with its semicolon. */
static void
add_statement(struct text *out, struct slice sql)
{
    struct sqltext t = { sql, true };
    struct sqltext_token token;
    bool in_comment = false;

    while ((token = sqltext_next(&t)).kind != SQLTEXT_END) {
        bool is_annotation = sqltext_is_annotation(token);

        if (!is_annotation)
            text_add(out, token.text);
        else if (token.kind == SQLTEXT_BLOCK_COMMENT)
            text_addc(out, ' ');
        in_comment = token.kind == SQLTEXT_LINE_COMMENT && !is_annotation;
    }
    text_addz(out, in_comment ? "\n;\n" : ";\n");
}

static void
add_object_text(struct text *out, const struct object *object)
{
    text_addc(out, '\n');
    add_statement(out, object->sql);
}

/* ---- views in the order of what they read ---- */

struct views {
    struct session *s;
    struct text *out;
    struct map by_name; /* lower case → struct object */
};

/* SQLite's names are the same in any case, quoted or not. */
static struct slice
view_key(struct views *views, struct sqltext_token token)
{
    struct arena *a = &views->s->scratch;

    return slice_lower(a, sqltext_name(a, token));
}

/*
 * Views that this one names come first.  Names are looked for in the text, so a column
 * that is called like a view only makes the order stricter; two that name each other are
 * printed as they come.
 */
static void
place_view(struct views *views, struct object *view, size_t depth)
{
    struct sqltext t = { view->sql, true };
    struct sqltext_token token;
    struct object *other;

    view->is_placed = true;
    while (depth < VIEW_DEPTH_MAX && (token = sqltext_next(&t)).kind != SQLTEXT_END) {
        if (token.kind != SQLTEXT_WORD && token.kind != SQLTEXT_QUOTED)
            continue;
        other = map_get(&views->by_name, view_key(views, token));
        if (other != NULL && !other->is_placed)
            place_view(views, other, depth + 1);
    }
    add_object_text(views->out, view);
}

static void
add_views(struct session *s, struct objects *all, struct text *out)
{
    struct arena_mark mark = arena_mark(&s->scratch);
    struct views views = { .s = s, .out = out };

    map_init(&views.by_name, &s->scratch);
    VEC_EACH (i, &all->of[OBJECT_VIEW]) {
        struct object *view = &all->of[OBJECT_VIEW].items[i];

        map_put(&views.by_name, slice_lower(&s->scratch, view->name), view);
    }
    VEC_EACH (i, &all->of[OBJECT_VIEW]) {
        if (!all->of[OBJECT_VIEW].items[i].is_placed)
            place_view(&views, &all->of[OBJECT_VIEW].items[i], 0);
    }
    arena_reset(&s->scratch, mark);
}

static void
add_by_name(const struct objects *all, enum object_kind kind, struct text *out)
{
    VEC_EACH (i, &all->of[kind])
        add_object_text(out, &all->of[kind].items[i]);
}

/* ---- comments ---- */

/* A column is asked for where SQLite can say it: not of a virtual table, whose module may
 * not be here. */
static const char comments_query[] =
    "SELECT object, name, part, comment, object <> 'column' OR EXISTS (SELECT 1 "
    "FROM sqlite_schema AS s, pragma_table_xinfo(s.name) AS x WHERE s.name = c.name "
    "AND s.type IN ('table', 'view') AND s.sql NOT LIKE 'CREATE VIRTUAL%' "
    "AND x.name = c.part) FROM schemac_comments AS c ORDER BY object, name, part";

/* In which list an object of such a comment is; columns and constraints are parts. */
static const struct {
    const char *object;
    const char *words; /* behind COMMENT ON */
    enum object_kind kind;
    bool is_part;
} commented[] = {
    { "table", "TABLE", OBJECT_TABLE, false },
    { "column", "COLUMN", OBJECT_TABLE, true },
    { "column", "COLUMN", OBJECT_VIEW, true },
    { "constraint", "CONSTRAINT", OBJECT_TABLE, true },
    { "index", "INDEX", OBJECT_INDEX, false },
    { "view", "VIEW", OBJECT_VIEW, false },
    { "trigger", "TRIGGER", OBJECT_TRIGGER, false },
};

struct comments {
    struct session *s;
    struct map by_name[OBJECT_KIND_COUNT]; /* → struct object */
    struct text *out;
};

/* CONSTRAINT and its name, somewhere in the statement. */
static bool
names_constraint(struct session *s, struct slice sql, struct slice name)
{
    struct sqltext t = { sql, true };
    struct sqltext_token token;

    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END)
        if (sqltext_is_word(token, "constraint")
            && slice_equal_fold(sqltext_name(&s->arena, sqltext_next_code(&t)), name))
            return true;
    return false;
}

static void
add_comment(struct text *out, const char *words, const struct object *object,
            struct slice part, struct slice comment)
{
    bool is_constraint = strcmp(words, "CONSTRAINT") == 0;

    text_addf(out, "\nCOMMENT ON %s ", words);
    if (is_constraint) {
        text_add_quoted(out, '"', part);
        text_addz(out, " ON ");
    }
    text_add_quoted(out, '"', object->name);
    if (part.len > 0 && !is_constraint) {
        text_addc(out, '.');
        text_add_quoted(out, '"', part);
    }
    if (strcmp(words, "TRIGGER") == 0) {
        text_addz(out, " ON ");
        text_add_quoted(out, '"', object->table);
    }
    text_addz(out, " IS ");
    text_add_quoted(out, '\'', comment);
    text_addz(out, ";\n");
}

/* False: nothing that it is about is there. */
static bool
place_comment(struct comments *all, struct schemac_stmt *stmt)
{
    struct session *s = all->s;
    struct slice object = column(s, stmt, 0);
    struct slice name = column(s, stmt, 1);
    struct slice part = column(s, stmt, 2);
    struct slice comment = column(s, stmt, 3);

    if (schemac_column_int64(stmt, 4) == 0 || !is_text(part) || !is_text(comment)
        || comment.len == 0)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(commented); i++) {
        const struct object *on =
            !slice_is(object, commented[i].object)
                    || commented[i].is_part != (part.len > 0)
                ? NULL
                : map_get(&all->by_name[commented[i].kind], name);

        if (on == NULL
            || (slice_is(object, "constraint") && !names_constraint(s, on->sql, part)))
            continue;
        add_comment(all->out, commented[i].words, on, part, comment);
        return true;
    }
    return false;
}

static bool
has_comments(struct session *s, struct schemac_db *db, bool *has)
{
    struct schemac_stmt *stmt;
    enum schemac_status status;

    if (schemac_prepare(db,
                        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND "
                        "lower(name) = 'schemac_comments'",
                        &stmt)
        != SCHEMAC_OK)
        return fail(s, db);
    status = schemac_step(stmt);
    *has = status == SCHEMAC_ROW;
    schemac_finalize(stmt);
    return status == SCHEMAC_ROW || status == SCHEMAC_DONE || fail(s, db);
}

static void
index_objects(const struct objects *objects, struct comments *all)
{
    for (int kind = 0; kind < OBJECT_KIND_COUNT; kind++) {
        map_init(&all->by_name[kind], &all->s->arena);
        VEC_EACH (i, &objects->of[kind])
            map_put(&all->by_name[kind], objects->of[kind].items[i].name,
                    &objects->of[kind].items[i]);
    }
}

/* Whoever drops a table by hand leaves its comments behind: they are about nothing. */
static bool
add_comments(struct session *s, struct schemac_db *db,
             const struct describe_filter *filter, const struct objects *objects,
             struct text *out)
{
    struct comments all = { .s = s, .out = out };
    struct schemac_stmt *stmt;
    enum schemac_status status;
    bool is_whole = filter == NULL || filter->excluded.all.count == 0;
    bool has;

    if (!has_comments(s, db, &has))
        return false;
    if (!has)
        return true;
    if (schemac_prepare(db, comments_query, &stmt) != SCHEMAC_OK)
        return fail(s, db);
    index_objects(objects, &all);
    while ((status = schemac_step(stmt)) == SCHEMAC_ROW)
        if (!place_comment(&all, stmt) && is_whole)
            diag_add(&s->diags, D_NOT_DESCRIBED, SPAN_NONE,
                     "a comment is left out: schemac_comments has one on the %.*s %.*s, "
                     "and there is no such thing",
                     SLICE_ARG(utf8_repair(&s->arena, column(s, stmt, 0))),
                     SLICE_ARG(utf8_repair(&s->arena, column(s, stmt, 1))));
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE || fail(s, db);
}

bool
describe_sqlite(struct session *s, struct schemac_db *db,
                const struct describe_filter *filter, struct slice *out)
{
    struct objects all = { 0 };
    struct text text;

    *out = SLICE_NONE;
    if (!check_filter(s, filter) || !read_objects(s, db, filter, &all)
        || !leave_out_shadows(s, db, &all))
        return false;
    text_init(&text, &s->arena);
    text_addz(&text, "-- @dialect sqlite\n");
    add_by_name(&all, OBJECT_TABLE, &text);
    add_by_name(&all, OBJECT_INDEX, &text);
    add_views(s, &all, &text);
    add_by_name(&all, OBJECT_TRIGGER, &text);
    if (!add_comments(s, db, filter, &all, &text))
        return false;
    *out = text_slice(&text);
    if (out->len <= FILE_BYTES_MAX)
        return true;
    diag_add(&s->diags, D_DATABASE, SPAN_NONE,
             "the declarations of the database are "
             "longer than %zu bytes",
             FILE_BYTES_MAX);
    return false;
}
