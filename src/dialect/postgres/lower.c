/*
 * A neutral catalog in PostgreSQL's terms.  The declaration language is PostgreSQL's DDL,
 * so most of it stays as it is; what SQLite's spelling brings along is translated, left
 * out with a note, or refused.
 */
#include "dialect/postgres/postgres.h"

#include "base/sqltext.h"
#include "model/naming.h"

struct lowering {
    struct session *s;
    const struct catalog *in;
    struct catalog *out;
    struct map routines; /* dialect_find_routines */
    bool failed;
};

static bool
is_for_us(struct slice only)
{
    return slice_is_none(only) || slice_is(only, "postgres");
}

static void
note(struct lowering *l, struct span span, const char *what, struct slice name)
{
    diag_add(&l->s->diags, D_LOWER_NOTE, span, "\"%.*s\": %s", SLICE_ARG(name), what);
}

static void
refuse(struct lowering *l, struct span span, struct slice name, const char *why)
{
    diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, span, "\"%.*s\" %s", SLICE_ARG(name), why);
    l->failed = true;
}

static const struct expr *
lower_expr(struct lowering *l, const struct table *t, const struct expr *e)
{
    struct lower_scope scope = { .s = l->s, .routines = &l->routines, .table = t };

    e = postgres_lower_expr(&scope, e);
    l->failed = l->failed || scope.failed;
    return e;
}

/* Of @from and @back, which speak of the columns of the version before. */
static const struct expr *
lower_data(struct lowering *l, const struct expr *e)
{
    struct lower_scope scope = {
        .s = l->s, .routines = &l->routines, .of_other_version = true
    };

    e = postgres_lower_expr(&scope, e);
    l->failed = l->failed || scope.failed;
    return e;
}

static const struct expr *
lower_value(struct lowering *l, const struct table *t, const struct column *c,
            const struct expr *e)
{
    struct lower_scope scope = { .s = l->s, .routines = &l->routines, .table = t };

    e = postgres_lower_value(&scope, c, e);
    l->failed = l->failed || scope.failed;
    return e;
}

/* ---- columns ---- */

/* Storage types of SQLite say what they mean.  integer[][] is integer[] to the server,
 * which does not keep how many dimensions were said. */
static void
lower_type(struct lowering *l, struct column *c)
{
    if (slice_is(c->type_override_dialect, "postgres")) {
        c->type = *c->type_override;
        c->has_type = true;
    }
    if (!c->has_type) {
        note(l, c->span, "a column without a type becomes text in PostgreSQL", c->name);
        c->type = (struct type){ .kind = TYPE_TEXT };
        c->has_type = true;
    }
    if (c->type.kind == TYPE_DECIMAL_INT || c->type.kind == TYPE_DECIMAL_TEXT)
        c->type.kind = TYPE_DECIMAL;
    if (c->type.kind == TYPE_JSON_TEXT || c->type.kind == TYPE_ARRAY_TEXT)
        c->type = (struct type){ .kind = TYPE_JSONB };
    c->type = postgres_lower_type(&c->type);
}

static void
drop_conflict(struct lowering *l, struct slice *word, struct span span, struct slice name)
{
    if (slice_is_none(*word))
        return;
    note(l, span, "ON CONFLICT of a constraint is SQLite's: PostgreSQL refuses the row",
         name);
    *word = SLICE_NONE;
}

static void
lower_default(struct lowering *l, const struct table *t, struct column *c)
{
    if (!postgres_is_zero_date(c, c->default_value)) {
        c->default_value = lower_value(l, t, c, c->default_value);
        return;
    }
    diag_add(
        &l->s->diags, D_LOWER_LEFT_OUT, c->span,
        "the default of column \"%.*s.%.*s\" is left out: there is no day 0000-00-00",
        SLICE_ARG(t->name), SLICE_ARG(c->name));
    c->default_value = NULL;
}

static void
lower_column(struct lowering *l, struct table *t, struct column *c)
{
    lower_type(l, c);
    postgres_lower_collation(l->s, &c->collation, c->span, c->name);
    drop_conflict(l, &c->not_null_on_conflict, c->span, c->name);
    lower_default(l, t, c);
    c->generated = lower_expr(l, t, c->generated);
    c->from = lower_data(l, c->from);
    c->back = lower_data(l, c->back);
    if (c->generated != NULL && !c->generated_stored) {
        diag_add(&l->s->diags, D_LOWER_FORM, c->span,
                 "\"%.*s\": PostgreSQL 15 stores generated columns",
                 SLICE_ARG(c->name));
        c->generated_stored = true;
    }
}

static void
lower_columns(struct lowering *l, struct table *t)
{
    struct arena *a = &l->s->arena;
    size_t count = t->columns.count;

    t->columns.count = 0;
    map_init(&t->column_names, a);
    for (size_t i = 0; i < count; i++) {
        struct column *c = t->columns.items[i];

        if (!is_for_us(c->only))
            continue;
        c->number = t->columns.count;
        t->columns.items[t->columns.count++] = c;
        map_put(&t->column_names, c->name, c);
    }
    VEC_EACH (i, &t->columns)
        lower_column(l, t, t->columns.items[i]);
}

/* What @back says of columns that went. */
static void
lower_gone(struct lowering *l, struct table *t)
{
    VEC_EACH (i, &t->gone)
        t->gone.items[i]->back = lower_expr(l, NULL, t->gone.items[i]->back);
}

/* ---- constraints ---- */

static struct index_keys
copy_keys(struct lowering *l, const struct index_keys *keys)
{
    struct index_keys out = { 0 };

    VEC_EACH (i, &keys->all)
        VEC_PUSH(&l->s->arena, &out.all, keys->all.items[i]);
    return out;
}

/* What the column has anyway: a server does not keep that it was said once more. */
static bool
is_own_collation(const struct table *t, const struct index_key *k)
{
    const struct column *c =
        slice_is_none(k->column) ? NULL : table_find_column(t, k->column);

    return c != NULL && slice_equal(c->collation, k->collation);
}

/* A key of a constraint has no order in PostgreSQL; it changes no row that is accepted.
 */
static void
lower_key(struct lowering *l, const struct table *t, struct index_key *k,
          bool is_constraint, struct span span)
{
    k->expr = lower_expr(l, t, k->expr);
    postgres_lower_collation(l->s, &k->collation, span, t->name);
    if (is_own_collation(t, k))
        k->collation = SLICE_NONE;
    if (!is_constraint)
        return;
    k->descending = false;
    k->nulls = NULLS_DEFAULT;
}

/* False where a column is left out for PostgreSQL while its constraint is not. */
static bool
keys_are_there(struct lowering *l, const struct table *t, const struct index_keys *keys,
               struct slice name, struct span span)
{
    VEC_EACH (i, &keys->all) {
        struct slice column = keys->all.items[i].column;

        if (slice_is_none(column) || table_find_column(t, column) != NULL)
            continue;
        refuse(l, span, name, "uses a column that @only leaves out for PostgreSQL");
        return false;
    }
    return true;
}

static void
lower_constraint(struct lowering *l, struct table *t, struct constraint *c)
{
    if (!keys_are_there(l, t, &c->keys, c->name, c->span))
        return;
    c->keys = copy_keys(l, &c->keys);
    VEC_EACH (i, &c->keys.all)
        lower_key(l, t, &c->keys.all.items[i], c->kind != CONSTRAINT_EXCLUDE, c->span);
    c->check = lower_expr(l, t, c->check);
    c->name_is_derived = false;
    drop_conflict(l, &c->on_conflict, c->span, c->name);
}

static void
lower_constraints(struct lowering *l, struct table *t)
{
    size_t count = t->constraints.count;

    t->constraints.count = 0;
    for (size_t i = 0; i < count; i++) {
        struct constraint *c = t->constraints.items[i];

        if (is_for_us(c->only)) {
            t->constraints.items[t->constraints.count++] = c;
            lower_constraint(l, t, c);
        } else if (t->primary_key == c) {
            t->primary_key = NULL;
        }
    }
}

/* ---- triggers for @touch and @append_only ---- */

/* What a declaration or a server says in the same words is the same definition. */
static struct definition *
add_definition(struct lowering *l, const struct table *t, const char *kind,
               struct slice name, enum definition_detail detail)
{
    struct definition *r = ARENA_NEW(&l->s->arena, struct definition);

    *r = (struct definition){
        .kind = slice_from(kind),
        .schema = t->schema,
        .name = name,
        .span = t->span,
        .detail = detail,
    };
    VEC_PUSH(&l->s->arena, &l->out->definitions, r);
    return r;
}

/* `body` begins and ends with a line break. */
static void
add_function(struct lowering *l, const struct table *t, struct slice name,
             struct slice body)
{
    struct definition *d = add_definition(l, t, "function", name, DETAIL_ROUTINE);
    struct routine *r = ARENA_NEW(&l->s->arena, struct routine);

    *r = (struct routine){
        .kind = ROUTINE_FUNCTION,
        .has_result = true,
        .result = { .kind = TYPE_NAMED, .name = SLICE("trigger") },
        .language = SLICE("plpgsql"),
        .body_kind = BODY_STRING,
        .body = body,
    };
    d->u.routine = r;
    d->signature = SLICE("");
    definition_spell(&l->s->arena, d, &postgres_style);
}

static void
add_trigger(struct lowering *l, const struct table *t, struct slice name, unsigned events,
            bool for_each_row)
{
    struct definition *d = add_definition(l, t, "trigger", name, DETAIL_TRIGGER);
    struct trigger *r = ARENA_NEW(&l->s->arena, struct trigger);

    *r = (struct trigger){
        .timing = TRIGGER_BEFORE,
        .events = events,
        .for_each_row = for_each_row,
        .function_schema = t->schema,
        .function = name,
    };
    d->u.trigger = r;
    d->table = t->name;
    definition_spell(&l->s->arena, d, &postgres_style);
}

static struct slice
helper_name(struct lowering *l, const struct table *t, const char *suffix)
{
    struct map taken;

    map_init(&taken, &l->s->arena);
    return naming_derive(l->s, &taken, t->name, NULL, suffix);
}

/* A value that the statement sets itself is kept. */
static void
write_touch(struct sqlw *w, const struct column *c)
{
    sqlw_kw(w, "    IF NEW.");
    w->need_blank = false;
    sqlw_ident(w, c->name);
    sqlw_kw(w, "IS NOT DISTINCT FROM OLD.");
    w->need_blank = false;
    sqlw_ident(w, c->name);
    sqlw_kw(w, "THEN\n        NEW.");
    w->need_blank = false;
    sqlw_ident(w, c->name);
    sqlw_kw(w, ":= CURRENT_TIMESTAMP;\n    END IF;\n");
    w->need_blank = false;
}

static void
lower_touch(struct lowering *l, struct table *t)
{
    struct slice name = helper_name(l, t, "touch");
    struct postgres_statement st;
    size_t touched = 0;

    postgres_begin(l->s, &st);
    text_addz(&st.text, "\nBEGIN\n");
    VEC_EACH (i, &t->columns) {
        struct column *c = t->columns.items[i];

        if (!c->touch)
            continue;
        write_touch(&st.w, c);
        c->touch = false;
        touched++;
    }
    text_addz(&st.text, "    RETURN NEW;\nEND\n");
    if (touched == 0)
        return;
    add_function(l, t, name, postgres_end(&st));
    add_trigger(l, t, name, TRIGGER_UPDATE, true);
}

static void
lower_append_only(struct lowering *l, struct table *t)
{
    struct slice name = helper_name(l, t, "append_only");

    if (!t->append_only)
        return;
    t->append_only = false;
    add_function(l, t, name,
                 SLICE("\nBEGIN\n"
                       "    RAISE EXCEPTION 'rows of % are never changed or deleted', "
                       "TG_TABLE_NAME\n"
                       "        USING ERRCODE = 'restrict_violation';\n"
                       "END\n"));
    add_trigger(l, t, name, TRIGGER_UPDATE | TRIGGER_DELETE | TRIGGER_TRUNCATE, false);
}

/* ---- tables ---- */

static void
lower_storage(struct lowering *l, struct table *t)
{
    if (t->strict || t->without_rowid)
        note(l, t->span, "STRICT and WITHOUT ROWID mean nothing in PostgreSQL", t->name);
    t->strict = false;
    t->without_rowid = false;
}

static void
check_own_name(struct lowering *l, const struct table *t)
{
    if (!slice_is_none(t->schema) || !dialect_is_own_table(t->name))
        return;
    diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, t->span,
             "the name \"%.*s\" is that of a table of schemac itself",
             SLICE_ARG(t->name));
    l->failed = true;
}

static void
lower_tables(struct lowering *l)
{
    struct arena *a = &l->s->arena;

    VEC_EACH (i, &l->in->tables) {
        struct table *t;

        if (!is_for_us(l->in->tables.items[i]->only))
            continue;
        t = table_copy(a, l->in->tables.items[i]);
        check_own_name(l, t);
        lower_columns(l, t);
        lower_gone(l, t);
        lower_constraints(l, t);
        lower_storage(l, t);
        lower_touch(l, t);
        lower_append_only(l, t);
        catalog_add_table(l->out, a, t);
    }
}

static void
check_references(struct lowering *l)
{
    VEC_EACH (i, &l->out->tables) {
        const struct table *t = l->out->tables.items[i];

        VEC_EACH (k, &t->constraints) {
            const struct constraint *c = t->constraints.items[k];

            if (c->kind == CONSTRAINT_FOREIGN_KEY
                && catalog_find_table(l->out, c->ref_schema, c->ref_table) == NULL)
                refuse(l, c->span, c->name,
                       "refers to a table that is not there in PostgreSQL");
        }
    }
}

/* The table of the new catalog; NULL: it is left out. */
static const struct table *
lowered_table(const struct lowering *l, const struct table *t)
{
    return catalog_find_table(l->out, t->schema, t->name);
}

/* ---- what stands on tables ---- */

static void
lower_indexes(struct lowering *l)
{
    VEC_EACH (i, &l->in->indexes) {
        const struct index *in = l->in->indexes.items[i];
        const struct table *t = lowered_table(l, in->table);
        struct index *out;

        if (!is_for_us(in->only) || t == NULL
            || !keys_are_there(l, t, &in->keys, in->name, in->span))
            continue;
        out = arena_copy(&l->s->arena, in, sizeof *in);
        out->table = t;
        out->keys = copy_keys(l, &in->keys);
        VEC_EACH (k, &out->keys.all)
            lower_key(l, t, &out->keys.all.items[k], false, in->span);
        out->where = lower_expr(l, t, in->where);
        postgres_lower_method(l->s, out);
        VEC_PUSH(&l->s->arena, &l->out->indexes, out);
    }
}

static void
lower_views(struct lowering *l)
{
    VEC_EACH (i, &l->in->views) {
        const struct view *in = l->in->views.items[i];
        struct view *out;

        if (!is_for_us(in->only))
            continue;
        out = arena_copy(&l->s->arena, in, sizeof *in);
        out->query = lower_expr(l, NULL, in->query);
        catalog_add_view(l->out, &l->s->arena, out);
    }
}

static void
lower_enums(struct lowering *l)
{
    VEC_EACH (i, &l->in->enums)
        if (is_for_us(l->in->enums.items[i]->only))
            catalog_add_enum(l->out, &l->s->arena, l->in->enums.items[i]);
}

/* A trigger with its own body, or a virtual table: no other engine has those. */
static bool
is_sqlite_only(const struct definition *r)
{
    if (r->detail == DETAIL_TRIGGER)
        return slice_is_none(r->u.trigger->function);
    return r->detail == DETAIL_VIRTUAL_TABLE;
}

/* Triggers that are kept whole are MySQL's; so are routines, unless they name a language
 * or have a body that PostgreSQL reads. */
static bool
is_mysql_only(const struct definition *r)
{
    struct sqltext t = { .rest = r->normal };

    if (r->detail != DETAIL_NONE)
        return false;
    if (slice_is(r->kind, "trigger"))
        return !sqltext_says_word(t, "execute");
    return (slice_is(r->kind, "function") || slice_is(r->kind, "procedure"))
           && !sqltext_says_word(t, "language") && !sqltext_says_word(t, "atomic");
}

static bool
leave_out_of_mysql(struct lowering *l, const struct definition *r)
{
    if (!is_mysql_only(r))
        return false;
    diag_add(&l->s->diags, D_LOWER_LEFT_OUT, r->span,
             "%.*s \"%.*s\" is left out: its body is written for MySQL",
             SLICE_ARG(r->kind), SLICE_ARG(r->name));
    return true;
}

static void
lower_definitions(struct lowering *l)
{
    VEC_EACH (i, &l->in->definitions) {
        const struct definition *r = l->in->definitions.items[i];
        struct definition *out;

        if (!is_for_us(r->only) || leave_out_of_mysql(l, r))
            continue;
        if (is_sqlite_only(r))
            refuse(l, r->span, slice_is_none(r->name) ? r->kind : r->name,
                   "is written for SQLite; keep it there with -- @only sqlite");
        l->failed |= !postgres_lower_definition(l->s, &l->routines, r, &out);
        VEC_PUSH(&l->s->arena, &l->out->definitions, out);
    }
}

/* ---- initial rows ---- */

/* SQLite counts up an INTEGER PRIMARY KEY that gets no value; PostgreSQL does so only for
 * an identity. */
static bool
is_counted_by_sqlite(const struct table *t, const struct column *c)
{
    return c != NULL && c->identity == IDENTITY_NONE && c->default_value == NULL
           && table_rowid_column(t) == c;
}

static void
refuse_uncounted(struct lowering *l, const struct column *c, struct span span)
{
    struct diag *d =
        diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, span,
                 "the row gives no value for \"%.*s\": SQLite counts it up, PostgreSQL "
                 "does not",
                 SLICE_ARG(c->name));

    diag_note(&l->s->diags, d, c->span, "it is declared here");
    diag_hint(&l->s->diags, d,
              "GENERATED BY DEFAULT AS IDENTITY makes it count in both; or give the "
              "value");
    l->failed = true;
}

/* NULL for an identity asks for the next number in SQLite, and is an error here. */
static const struct expr *
lower_row_value(struct lowering *l, const struct table *t, const struct column *c,
                const struct expr *value, struct span span)
{
    if (postgres_is_zero_date(c, value))
        refuse(l, value->span.source != 0 ? value->span : span, c->name,
               "cannot be 0000-00-00: there is no such day");
    if (value->kind != EXPR_NULL)
        return lower_value(l, t, c, value);
    if (is_counted_by_sqlite(t, c))
        refuse_uncounted(l, c, value->span.source != 0 ? value->span : span);
    if (c->identity == IDENTITY_NONE)
        return value;
    return expr_leaf(&l->s->arena, EXPR_DEFAULT, value->span, SLICE_NONE);
}

/* Rows that leave the column out altogether: said once for each INSERT. */
static void
check_left_out(struct lowering *l, const struct initial_rows *rows)
{
    const struct column *c = table_rowid_column(rows->table);

    if (!is_counted_by_sqlite(rows->table, c))
        return;
    VEC_EACH (i, &rows->columns.all)
        if (slice_equal(rows->columns.all.items[i], c->name))
            return;
    refuse_uncounted(l, c, rows->rows.items[0].span);
}

static void
push_row(struct lowering *l, const struct initial_rows *in, const struct initial_row *row,
         struct initial_rows *out)
{
    struct initial_row lowered = { .span = row->span };

    VEC_EACH (i, &in->columns.all) {
        const struct column *c = table_find_column(out->table, in->columns.all.items[i]);

        if (c != NULL && i < row->values.count)
            VEC_PUSH(&l->s->arena, &lowered.values,
                     lower_row_value(l, out->table, c, row->values.items[i], row->span));
    }
    VEC_PUSH(&l->s->arena, &out->rows, lowered);
}

/* Those that the table has here too; all of a key, or none of it. */
static void
keep_columns(struct lowering *l, const struct table *t, const struct slices *in,
             struct slices *out, bool whole)
{
    VEC_EACH (i, &in->all) {
        if (table_find_column(t, in->all.items[i]) != NULL) {
            VEC_PUSH(&l->s->arena, &out->all, in->all.items[i]);
        } else if (whole) {
            *out = (struct slices){ 0 };
            return;
        }
    }
}

static void
lower_initial_rows(struct lowering *l)
{
    VEC_EACH (i, &l->in->initial_rows) {
        const struct initial_rows *in = l->in->initial_rows.items[i];
        struct initial_rows *out = ARENA_NEW(&l->s->arena, struct initial_rows);

        *out = (struct initial_rows){ .table = lowered_table(l, in->table),
                                      .span = in->span };
        if (out->table == NULL)
            continue;
        keep_columns(l, out->table, &in->columns, &out->columns, false);
        keep_columns(l, out->table, &in->key, &out->key, true);
        VEC_EACH (k, &in->rows)
            push_row(l, in, &in->rows.items[k], out);
        if (out->rows.count > 0)
            check_left_out(l, out);
        VEC_PUSH(&l->s->arena, &l->out->initial_rows, out);
    }
}

/* ---- all of it ---- */

/* What lowering does not touch is shared with the neutral catalog. */
static struct catalog *
begin_catalog(struct session *s, const struct catalog *in)
{
    struct catalog *out = catalog_new(&s->arena);

    out->name = in->name;
    out->version = in->version;
    out->dialect = SLICE("postgres");
    VEC_EACH (i, &in->sections)
        VEC_PUSH(&s->arena, &out->sections, in->sections.items[i]);
    VEC_EACH (i, &in->lint_offs)
        VEC_PUSH(&s->arena, &out->lint_offs, in->lint_offs.items[i]);
    return out;
}

static const struct {
    const char *extension;
    const char *routine;
} brought[] = {
    { "fuzzystrmatch", "soundex" },
};

/* What SQLite has and the server lacks, unless an extension brings it. */
static void
add_of_extensions(const struct catalog *c, struct map *routines)
{
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        for (size_t k = 0; k < ARRAY_LEN(brought); k++)
            if (d->detail == DETAIL_EXTENSION && slice_is(d->name, brought[k].extension))
                map_put(routines, slice_from(brought[k].routine), NULL);
    }
}

bool
postgres_lower(struct session *s, const struct catalog *c, struct catalog **out)
{
    struct lowering l = { .s = s, .in = c };

    if (slice_is(c->dialect, "postgres")) {
        *out = (struct catalog *)(uintptr_t)c;
        return true;
    }
    if (!slice_is_none(c->dialect)) {
        diag_add(&s->diags, D_WRONG_DIALECT, SPAN_NONE,
                 "the declarations are in the terms of %.*s and cannot be turned into "
                 "PostgreSQL's",
                 SLICE_ARG(c->dialect));
        return false;
    }
    dialect_find_routines(&s->arena, c, &l.routines);
    add_of_extensions(c, &l.routines);
    l.out = begin_catalog(s, c);
    *out = l.out;
    lower_enums(&l);
    lower_tables(&l);
    check_references(&l);
    lower_indexes(&l);
    lower_views(&l);
    lower_definitions(&l);
    postgres_free_names(s, l.out);
    lower_initial_rows(&l);
    return !l.failed;
}
