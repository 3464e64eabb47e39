/*
 * Objects in SQLite's terms as the statements that create them.
 *
 * One canonical form: what is about one column stands on that column, everything else
 * behind the columns.  ALTER TABLE can then add and drop a column with all that belongs
 * to it, and a table that was migrated is written as one that was created.
 */
#include "dialect/sqlite/lite.h"

#include <assert.h>

#include "model/clauses.h"

#define INDENT 4

/* ---- constraints ---- */

static void
write_constraint_name(struct sqlw *w, const struct constraint *k)
{
    if (k->name_is_derived)
        return;
    sqlw_kw(w, "CONSTRAINT");
    sqlw_ident(w, k->name);
}

static void
write_conflict(struct sqlw *w, struct slice word)
{
    struct text upper;

    if (slice_is_none(word))
        return;
    text_init(&upper, w->out->arena);
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];

        text_addc(&upper, (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
    }
    sqlw_kw(w, "ON CONFLICT");
    sqlw_raw(w, text_slice(&upper));
}

static void
write_references(struct sqlw *w, const struct constraint *k)
{
    clause_references(w, k);
    if (k->deferral != DEFERRAL_NONE)
        sqlw_kw(w, deferral_words(k->deferral));
}

static void
write_check(struct sqlw *w, const struct constraint *k)
{
    sqlw_kw(w, "CHECK");
    sqlw_expr_parens(w, k->check);
    write_conflict(w, k->on_conflict);
}

static void
write_table_constraint(struct sqlw *w, const struct constraint *k)
{
    write_constraint_name(w, k);
    switch (k->kind) {
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
        sqlw_kw(w, constraint_kind_words(k->kind));
        clause_keys(w, &k->keys);
        write_conflict(w, k->on_conflict);
        break;
    case CONSTRAINT_CHECK:
        write_check(w, k);
        break;
    case CONSTRAINT_FOREIGN_KEY:
        sqlw_kw(w, constraint_kind_words(k->kind));
        clause_keys(w, &k->keys);
        write_references(w, k);
        break;
    case CONSTRAINT_EXCLUDE:
        assert(false); /* lowering leaves none */
        break;
    }
}

/*
 * SQLite 3.40 cannot rename the key of a table WITHOUT ROWID where a UNIQUE behind it
 * names it too: "error in table t after rename".  So such a key is written last.
 */
static bool
hinders_renames(const struct table *t, const struct constraint *k)
{
    if (!t->without_rowid || k->kind != CONSTRAINT_PRIMARY_KEY)
        return false;
    VEC_EACH (i, &t->constraints)
        if (t->constraints.items[i]->kind == CONSTRAINT_UNIQUE)
            return true;
    return false;
}

/* The column that the constraint is written on; NULL: it stands behind the columns. */
static const struct column *
home_column(const struct table *t, const struct constraint *k)
{
    const struct index_key *key;

    if (k->kind == CONSTRAINT_CHECK)
        return slice_is_none(k->on_conflict) ? lite_only_column(t, k) : NULL;
    if (k->keys.all.count != 1 || hinders_renames(t, k))
        return NULL;
    key = &k->keys.all.items[0];
    if (key->expr != NULL || !slice_is_none(key->collation)
        || (key->descending && k->kind != CONSTRAINT_PRIMARY_KEY))
        return NULL;
    return table_find_column(t, key->column);
}

/* Where the constraints of a table are written, looked up once for all of its columns. */
struct homes {
    const struct table *t;
    const struct column **home; /* by constraint */
    size_t *first; /* by column: one past the number of its first constraint, 0: none */
    size_t *next;  /* by constraint: the same, of the next on its column */
};

static struct homes
find_homes(struct arena *a, const struct table *t)
{
    struct homes h = {
        .t = t,
        .home = ARENA_ARRAY(a, const struct column *, t->constraints.count),
        .first = ARENA_ARRAY(a, size_t, t->columns.count),
        .next = ARENA_ARRAY(a, size_t, t->constraints.count),
    };

    for (size_t i = t->constraints.count; i > 0; i--) {
        const struct column *c = home_column(t, t->constraints.items[i - 1]);

        h.home[i - 1] = c;
        if (c == NULL)
            continue;
        assert(t->columns.items[c->number] == c);
        h.next[i - 1] = h.first[c->number];
        h.first[c->number] = i;
    }
    return h;
}

/* ---- columns ---- */

static void
write_primary_key(struct sqlw *w, const struct column *c, const struct constraint *k)
{
    write_constraint_name(w, k);
    sqlw_kw(w, "PRIMARY KEY");
    if (k->keys.all.items[0].descending)
        sqlw_kw(w, "DESC");
    write_conflict(w, k->on_conflict);
    if (c->identity != IDENTITY_NONE)
        sqlw_kw(w, "AUTOINCREMENT");
}

/* DEFAULT "x" is the text x to every SQLite, and stays what somebody wrote. */
static void
write_quoted(struct sqlw *w, struct slice text)
{
    struct text out;

    text_init(&out, w->out->arena);
    text_add_quoted(&out, '"', text);
    sqlw_raw(w, text_slice(&out));
}

static void
write_default(struct sqlw *w, const struct expr *e)
{
    bool bare = e->kind == EXPR_NULL || e->kind == EXPR_BOOL || e->kind == EXPR_NUMBER
                || e->kind == EXPR_STRING || e->kind == EXPR_BLOB
                || e->kind == EXPR_CALL_KEYWORD
                || (e->kind == EXPR_UNARY && e->args[0]->kind == EXPR_NUMBER
                    && !slice_is(e->text, "~"));

    sqlw_kw(w, "DEFAULT");
    if (e->kind == EXPR_STRING && (e->flags & EXPR_QUOTED))
        write_quoted(w, e->text);
    else if (bare)
        sqlw_expr(w, e);
    else
        sqlw_expr_grouped(w, e);
}

static void
write_generated(struct sqlw *w, const struct column *c)
{
    struct slice own_table = w->own_table;

    w->own_table = SLICE_NONE; /* SQLite takes t.a in a CHECK, but not here */
    sqlw_kw(w, "GENERATED ALWAYS AS");
    sqlw_expr_parens(w, c->generated);
    w->own_table = own_table;
    sqlw_kw(w, c->generated_stored ? "STORED" : "VIRTUAL");
}

static void
write_column_constraint(struct sqlw *w, const struct column *c,
                        const struct constraint *k)
{
    if (k->kind == CONSTRAINT_PRIMARY_KEY) {
        write_primary_key(w, c, k);
        return;
    }
    write_constraint_name(w, k);
    if (k->kind == CONSTRAINT_CHECK) {
        write_check(w, k);
    } else if (k->kind == CONSTRAINT_UNIQUE) {
        sqlw_kw(w, "UNIQUE");
        write_conflict(w, k->on_conflict);
    } else {
        write_references(w, k);
    }
}

/* Constraints of one kind that stand on the column. */
static void
write_constraints_of(struct sqlw *w, const struct homes *h, const struct column *c,
                     enum constraint_kind kind, bool lines)
{
    for (size_t i = h->first[c->number]; i > 0; i = h->next[i - 1]) {
        const struct constraint *k = h->t->constraints.items[i - 1];

        if (k->kind != kind)
            continue;
        if (lines) {
            w->indent += INDENT;
            sqlw_newline(w);
            w->indent -= INDENT;
        }
        write_column_constraint(w, c, k);
    }
}

/* `lines`: checks begin a line of their own. */
static void
write_column(struct sqlw *w, const struct homes *h, const struct column *c, bool lines)
{
    sqlw_ident(w, c->name);
    if (c->has_type)
        sqlw_type(w, &c->type);
    write_constraints_of(w, h, c, CONSTRAINT_PRIMARY_KEY, false);
    if (c->not_null)
        sqlw_kw(w, "NOT NULL");
    write_conflict(w, c->not_null_on_conflict);
    if (c->default_value != NULL)
        write_default(w, c->default_value);
    else if (c->null_default)
        sqlw_kw(w, "DEFAULT NULL");
    if (!slice_is_none(c->collation)) {
        sqlw_kw(w, "COLLATE");
        sqlw_ident(w, c->collation);
    }
    if (c->generated != NULL)
        write_generated(w, c);
    write_constraints_of(w, h, c, CONSTRAINT_UNIQUE, false);
    write_constraints_of(w, h, c, CONSTRAINT_FOREIGN_KEY, false);
    write_constraints_of(w, h, c, CONSTRAINT_CHECK, lines);
}

struct slice
lite_column_definition(struct arena *a, const struct table *t, const struct column *c)
{
    struct homes homes = find_homes(a, t);
    struct text out;
    struct sqlw w;

    text_init(&out, a);
    sqlw_init(&w, &lite_style, &out);
    w.own_table = lite_quoted(a, t->name);
    write_column(&w, &homes, c, false);
    return text_slice(&out);
}

/* ---- tables ---- */

struct slice
lite_table_constraint(struct arena *a, const struct table *t, const struct constraint *k)
{
    struct text out;
    struct sqlw w;

    text_init(&out, a);
    sqlw_init(&w, &lite_style, &out);
    w.own_table = lite_quoted(a, t->name);
    write_table_constraint(&w, k);
    return text_slice(&out);
}

static void
write_behind_columns(struct sqlw *w, const struct homes *h, bool last)
{
    VEC_EACH (i, &h->t->constraints) {
        const struct constraint *k = h->t->constraints.items[i];

        if (h->home[i] != NULL || hinders_renames(h->t, k) != last)
            continue;
        sqlw_comma(w);
        sqlw_newline(w);
        write_table_constraint(w, k);
    }
}

static void
write_members(struct sqlw *w, const struct table *t)
{
    struct homes homes = find_homes(w->out->arena, t);

    VEC_EACH (i, &t->columns) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_newline(w);
        write_column(w, &homes, t->columns.items[i], true);
    }
    write_behind_columns(w, &homes, false);
    write_behind_columns(w, &homes, true);
}

/* `name` as it is written; not t's, as a rebuild makes it under another name. */
static struct slice
table_text(struct arena *a, const struct table *t, struct slice name)
{
    struct text out;
    struct sqlw w;

    text_init(&out, a);
    sqlw_init(&w, &lite_style, &out);
    w.own_table = name;
    sqlw_kw(&w, "CREATE TABLE");
    sqlw_raw(&w, name);
    sqlw_open(&w);
    w.indent = INDENT;
    write_members(&w, t);
    w.indent = 0;
    sqlw_newline(&w);
    sqlw_close(&w);
    if (t->strict)
        sqlw_kw(&w, "STRICT");
    if (t->strict && t->without_rowid)
        sqlw_comma(&w);
    if (t->without_rowid)
        sqlw_kw(&w, "WITHOUT ROWID");
    return text_slice(&out);
}

struct slice
lite_create_table(struct arena *a, const struct table *t, struct slice name)
{
    return table_text(a, t, lite_quoted(a, name));
}

struct slice
lite_renamed_table(struct arena *a, const struct table *t)
{
    struct text name;

    text_init(&name, a);
    text_add_quoted(&name, '"', t->name);
    return table_text(a, t, text_slice(&name));
}

/* ---- indexes and views ---- */

struct slice
lite_create_index(struct arena *a, const struct index *x)
{
    struct text out;
    struct sqlw w;

    text_init(&out, a);
    sqlw_init(&w, &lite_style, &out);
    sqlw_kw(&w, x->unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX");
    sqlw_ident(&w, x->name);
    sqlw_kw(&w, "ON");
    sqlw_ident(&w, x->table->name);
    clause_keys(&w, &x->keys);
    if (x->where != NULL) {
        w.own_table = lite_quoted(a, x->table->name);
        sqlw_kw(&w, "WHERE");
        sqlw_expr(&w, x->where);
    }
    return text_slice(&out);
}

/* Does the query itself call the column so? */
static bool
target_is_named(const struct expr *target, struct slice name)
{
    const struct expr *e = target->args[0];

    if (!slice_is_none(target->text))
        return slice_equal(target->text, name);
    return (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME) && slice_equal(e->text, name);
}

/*
 * A list of column names where the query does not say them: PostgreSQL calls count(*)
 * "count", SQLite would call it by its text.  Behind a star nothing can be listed.
 */
static bool
needs_column_list(const struct view *v)
{
    const struct expr *select = query_first_select(v->query);
    const struct expr *targets = select == NULL ? NULL : select->args[SELECT_TARGETS];

    if (v->columns.count == 0)
        return false;
    if (targets == NULL)
        return true;
    for (size_t i = 0; i < targets->arg_count; i++)
        if (targets->args[i]->kind != QUERY_TARGET
            || targets->args[i]->args[0]->kind == EXPR_STAR)
            return false;
    if (targets->arg_count != v->columns.count)
        return false;
    VEC_EACH (i, &v->columns)
        if (!target_is_named(targets->args[i], v->columns.items[i].name))
            return true;
    return false;
}

static void
write_column_list(struct sqlw *w, const struct view *v)
{
    sqlw_open(w);
    VEC_EACH (i, &v->columns) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_ident(w, v->columns.items[i].name);
    }
    sqlw_close(w);
}

struct slice
lite_create_view(struct arena *a, const struct view *v)
{
    struct text out;
    struct sqlw w;

    text_init(&out, a);
    sqlw_init(&w, &lite_style, &out);
    sqlw_kw(&w, "CREATE VIEW");
    sqlw_ident(&w, v->name);
    if (needs_column_list(v))
        write_column_list(&w, v);
    sqlw_kw(&w, "AS");
    sqlw_newline(&w);
    sqlw_raw(&w, v->text);
    return text_slice(&out);
}

/* ---- order ---- */

struct table_sort {
    struct arena *a;
    const struct catalog *catalog;
    const struct table **sorted;
    size_t count;
    struct map seen;
};

/* References deeper than this keep the order of declaration, which SQLite also takes. */
#define REFERENCE_DEPTH_MAX 1000

static void
place_table(struct table_sort *sort, const struct table *t, size_t depth)
{
    if (map_has(&sort->seen, t->name) || depth > REFERENCE_DEPTH_MAX)
        return;
    map_put(&sort->seen, t->name, sort);
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];
        const struct table *parent =
            k->kind == CONSTRAINT_FOREIGN_KEY
                ? catalog_find_table(sort->catalog, SLICE_NONE, k->ref_table)
                : NULL;

        if (parent != NULL)
            place_table(sort, parent, depth + 1);
    }
    sort->sorted[sort->count++] = t;
}

void
lite_sort_tables(struct arena *a, const struct catalog *c, const struct table **sorted)
{
    struct table_sort sort = { .a = a, .catalog = c, .sorted = sorted };

    map_init(&sort.seen, a);
    VEC_EACH (i, &c->tables)
        place_table(&sort, c->tables.items[i], 0);
    VEC_EACH (i, &c->tables)
        place_table(&sort, c->tables.items[i], 0);
    assert(sort.count == c->tables.count);
}

struct view_sort {
    struct arena *a;
    struct map views; /* catalog_key → struct view * */
    struct map seen;
    const struct view **sorted;
    size_t count;
};

static void
place_view(struct view_sort *sort, const struct view *v, size_t depth)
{
    struct slice key = catalog_key(sort->a, v->schema, v->name);

    if (map_has(&sort->seen, key) || depth > REFERENCE_DEPTH_MAX)
        return;
    map_put(&sort->seen, key, sort);
    VEC_EACH (i, &v->depends.all) {
        const struct view *other = map_get(&sort->views, v->depends.all.items[i]);

        if (other != NULL)
            place_view(sort, other, depth + 1);
    }
    sort->sorted[sort->count++] = v;
}

void
lite_sort_views(struct arena *a, const struct catalog *c, const struct view **out)
{
    struct view_sort sort = { .a = a, .sorted = out };

    map_init(&sort.views, a);
    map_init(&sort.seen, a);
    VEC_EACH (i, &c->views)
        map_put(&sort.views,
                catalog_key(a, c->views.items[i]->schema, c->views.items[i]->name),
                c->views.items[i]);
    VEC_EACH (i, &c->views)
        place_view(&sort, c->views.items[i], 0);
    VEC_EACH (i, &c->views)
        place_view(&sort, c->views.items[i], 0);
    assert(sort.count == c->views.count);
}

/* ---- initial rows ---- */

static bool
is_given(const struct expr *value)
{
    return value != NULL && value->kind != EXPR_DEFAULT;
}

static bool
is_matched_by(const struct initial_rows *rows, struct slice column,
              const struct expr *value)
{
    if (!is_given(value) || !expr_is_constant(value))
        return false;
    if (rows->key.all.count == 0)
        return true;
    return slices_have(&rows->key, column);
}

static void
write_row_names(struct sqlw *w, const struct initial_rows *rows,
                const struct initial_row *row)
{
    size_t count = 0;

    sqlw_open(w);
    VEC_EACH (i, &rows->columns.all)
        if (is_given(row->values.items[i])) {
            if (count++ > 0)
                sqlw_comma(w);
            sqlw_ident(w, rows->columns.all.items[i]);
        }
    if (count == 0) /* DEFAULT everywhere: one column must be named */
        sqlw_ident(w, rows->columns.all.items[0]);
    sqlw_close(w);
}

static void
write_row_values(struct sqlw *w, const struct initial_rows *rows,
                 const struct initial_row *row)
{
    const struct column *first =
        table_find_column(rows->table, rows->columns.all.items[0]);
    size_t count = 0;

    VEC_EACH (i, &row->values)
        if (is_given(row->values.items[i])) {
            if (count++ > 0)
                sqlw_comma(w);
            sqlw_expr(w, row->values.items[i]);
        }
    if (count > 0)
        return;
    if (first != NULL && first->default_value != NULL)
        sqlw_expr(w, first->default_value);
    else
        sqlw_kw(w, "NULL");
}

static void
write_row_match(struct sqlw *w, const struct initial_rows *rows,
                const struct initial_row *row)
{
    size_t count = 0;

    VEC_EACH (i, &rows->columns.all) {
        if (!is_matched_by(rows, rows->columns.all.items[i], row->values.items[i]))
            continue;
        sqlw_kw(w, count++ == 0 ? "WHERE" : "AND");
        sqlw_ident(w, rows->columns.all.items[i]);
        sqlw_kw(w, "IS");
        sqlw_expr(w, row->values.items[i]);
    }
}

struct slice
lite_insert_row(struct session *s, const struct initial_rows *rows, size_t row)
{
    const struct initial_row *r = &rows->rows.items[row];
    struct text out;
    struct sqlw w;

    text_init(&out, &s->arena);
    sqlw_init(&w, &lite_style, &out);
    sqlw_kw(&w, "INSERT INTO");
    sqlw_ident(&w, rows->table->name);
    write_row_names(&w, rows, r);
    sqlw_kw(&w, "SELECT");
    write_row_values(&w, rows, r);
    sqlw_kw(&w, "WHERE NOT EXISTS (SELECT 1 FROM");
    sqlw_ident(&w, rows->table->name);
    write_row_match(&w, rows, r);
    sqlw_close(&w);
    return text_slice(&out);
}

/* ---- actions ---- */

struct action *
lite_action(struct session *s, struct actions *out, enum phase phase, struct slice table,
            const char *format, ...)
{
    struct action *a = ARENA_NEW(&s->arena, struct action);
    struct text title;
    va_list args;

    text_init(&title, &s->arena);
    va_start(args, format);
    text_vaddf(&title, format, args);
    va_end(args);
    a->phase = phase;
    a->title = text_slice(&title);
    a->table = table;
    a->lock = "database";
    a->order = out->all.count;
    VEC_PUSH(&s->arena, &out->all, a);
    return a;
}

void
lite_sql(struct session *s, struct action *a, const char *format, ...)
{
    struct text sql;
    va_list args;

    text_init(&sql, &s->arena);
    va_start(args, format);
    text_vaddf(&sql, format, args);
    va_end(args);
    VEC_PUSH(&s->arena, &a->sql, text_slice(&sql));
}

void
lite_reason(struct session *s, struct action *a, const char *format, ...)
{
    struct text reason;
    va_list args;

    text_init(&reason, &s->arena);
    va_start(args, format);
    text_vaddf(&reason, format, args);
    va_end(args);
    VEC_PUSH(&s->arena, &a->reasons, text_slice(&reason));
}
