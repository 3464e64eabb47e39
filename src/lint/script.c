/*
 * A script of statements as operations: what was made in it, in which transaction, what
 * waits for locks.  The schema that it is applied to is not known.
 */
#include "lint/script.h"

/* "cars", "shop.cars"; public is where a name without a schema is taken to be. */
struct slice
script_key(struct script *sc, const struct ast_name *name)
{
    struct slice schema = name->schema;

    return catalog_key(sc->a, slice_is(schema, "public") ? SLICE_NONE : schema,
                       name->name);
}

bool
script_made_table(const struct script *sc, const struct ast_name *table)
{
    struct slice schema = table->schema;

    return map_has(&sc->tables,
                   catalog_key(sc->a, slice_is(schema, "public") ? SLICE_NONE : schema,
                               table->name));
}

bool
script_made_index(const struct script *sc, struct slice name)
{
    return map_has(&sc->indexes, name);
}

struct operation *
script_add(struct script *sc, enum operation_kind kind, struct span span,
           const struct ast_name *table)
{
    struct operation o = { .kind = kind, .span = span };

    o.in_transaction = sc->in_transaction;
    if (table != NULL) {
        o.table = table->name;
        o.is_new = script_made_table(sc, table);
    }
    VEC_PUSH(sc->a, &sc->operations->all, o);
    return &sc->operations->all.items[sc->operations->all.count - 1];
}

/* ---- transactions and settings ---- */

static void
begin(struct script *sc)
{
    script_add(sc, OPERATION_BEGIN, sc->statement, NULL);
    if (!sc->in_transaction)
        sc->begin = sc->statement;
    sc->in_transaction = true;
    sc->transaction++;
}

static void
end(struct script *sc, struct slice word)
{
    script_add(sc, OPERATION_END_TRANSACTION, sc->statement, NULL)->name = word;
    sc->in_transaction = false;
    sc->transaction++;
    if (sc->timeout_is_local)
        sc->has_timeout = sc->timeout_is_local = false;
}

static bool
is_no_timeout(struct slice value)
{
    return slice_is(value, "0") || slice_is(value, "'0'") || slice_is(value, "default")
           || slice_is(value, "");
}

/* SET [LOCAL | SESSION] lock_timeout = '2s' */
static bool
sets_timeout(const struct script_words *w, bool *is_local, bool *is_on)
{
    size_t at = 1;

    *is_local = slice_is(script_word(w, 1), "local");
    if (*is_local || slice_is(script_word(w, 1), "session"))
        at++;
    if (!slice_is(script_word(w, at), "lock_timeout"))
        return false;
    at += slice_is(script_word(w, at + 1), "to") ? 2 : 1;
    *is_on = !is_no_timeout(script_word(w, at));
    return true;
}

static void
set(struct script *sc, const struct script_words *w)
{
    bool is_local;
    bool is_on;

    if (!sets_timeout(w, &is_local, &is_on))
        return;
    sc->has_timeout = is_on;
    sc->timeout_is_local = is_local;
}

static bool
is_word(const struct script_words *w, const char *word)
{
    return slice_is(script_word(w, 0), word);
}

static void
reindex(struct script *sc, const struct script_words *w)
{
    struct operation *o;

    if (slice_is(script_word(w, 1), "system"))
        return; /* has no other way */
    o = script_add(sc, OPERATION_REINDEX, sc->statement, NULL);
    o->concurrently = script_says(w, "concurrently");
}

static void
refresh(struct script *sc, const struct script_words *w)
{
    bool concurrently = script_says(w, "concurrently");
    const struct ast_name view = { .name = script_word(w, concurrently ? 4 : 3) };

    script_add(sc, OPERATION_REFRESH, sc->statement, &view)->concurrently = concurrently;
}

static void
rewrite(struct script *sc, struct slice cause)
{
    script_add(sc, OPERATION_REWRITE, sc->statement, NULL)->cause = cause;
}

static void
read_words(struct script *sc, const struct stmt *stmt)
{
    struct script_words w;

    script_words_read(sc->a, stmt->text, &w);
    if (is_word(&w, "begin")
        || (is_word(&w, "start") && slice_is(script_word(&w, 1), "transaction")))
        begin(sc);
    else if (is_word(&w, "commit") || is_word(&w, "end"))
        end(sc, SLICE("COMMIT"));
    else if ((is_word(&w, "rollback") && script_find_word(&w, "to") == w.count)
             || is_word(&w, "abort"))
        end(sc, SLICE("ROLLBACK"));
    else if (is_word(&w, "set"))
        set(sc, &w);
    else if (is_word(&w, "reset") && slice_is(script_word(&w, 1), "lock_timeout"))
        sc->has_timeout = false;
    else if (is_word(&w, "reindex"))
        reindex(sc, &w);
    else if (is_word(&w, "refresh"))
        refresh(sc, &w);
    else if (is_word(&w, "vacuum") && script_says(&w, "full"))
        rewrite(sc, SLICE("VACUUM FULL"));
    else if (is_word(&w, "cluster"))
        rewrite(sc, SLICE("CLUSTER"));
    else if (is_word(&w, "truncate") && script_says(&w, "cascade"))
        script_add(sc, OPERATION_TRUNCATE_CASCADE, sc->statement, NULL);
    else if (is_word(&w, "drop") && slice_is(script_word(&w, 1), "database"))
        script_add(sc, OPERATION_DROP_DATABASE, sc->statement, NULL);
}

/* ---- statements ---- */

static void
create_index(struct script *sc, const struct ast_create_index *x)
{
    struct operation *o =
        script_add(sc, OPERATION_CREATE_INDEX, sc->statement, &x->table);

    o->name = x->name;
    o->concurrently = x->concurrently;
    if (o->is_new && !slice_is_none(x->name))
        map_put(&sc->indexes, x->name, sc);
}

static void
drop_index(struct script *sc, const struct ast_name *name, struct slice text)
{
    struct operation *o = script_add(sc, OPERATION_DROP_INDEX, sc->statement, NULL);
    struct script_words words;

    script_words_read(sc->a, text, &words);
    o->name = name->name;
    o->concurrently = script_says(&words, "concurrently");
    o->is_new = script_made_index(sc, name->name);
}

static void
drop(struct script *sc, const struct stmt *stmt)
{
    const struct ast_drop *d = stmt->u.drop;

    VEC_EACH (i, &d->names.all) {
        const struct ast_name *name = &d->names.all.items[i];

        if (d->object == OBJECT_INDEX)
            drop_index(sc, name, stmt->text);
        if (d->object == OBJECT_TABLE && !map_has(&sc->made_again, script_key(sc, name)))
            script_add(sc, OPERATION_DROP_TABLE, name->span, name);
    }
}

static void
add_made(struct script *sc, struct slice schema, struct slice name)
{
    struct ast_name made = { .schema = schema, .name = name };

    map_put(&sc->tables, script_key(sc, &made), sc);
}

static void
rename_relation(struct script *sc, const struct ast_rename *x)
{
    for (; x != NULL; x = x->next) {
        struct operation *o;

        if (x->object != OBJECT_TABLE)
            continue;
        o = script_add(sc, OPERATION_RENAME_TABLE, sc->statement, &x->name);
        o->new_name = x->new_name;
        if (o->is_new)
            add_made(sc, x->name.schema, x->new_name);
    }
}

/* It has rows from the beginning, and nobody uses it yet. */
static void
create_view(struct script *sc, const struct ast_create_view *v)
{
    if (v->materialized)
        map_put(&sc->tables, script_key(sc, &v->name), sc);
}

static void
create_domain(struct script *sc, const struct ast_create_domain *d)
{
    if (d->not_null || d->checks.count > 0)
        script_add(sc, OPERATION_DOMAIN_CONSTRAINT, sc->statement, &d->name);
}

static void
alter_sequence(struct script *sc, const struct ast_name *name)
{
    struct operation *o = script_add(sc, OPERATION_SEQUENCE, sc->statement, name);

    o->name = name->name;
}

static void
rename_schema(struct script *sc, const struct ast_alter_object *x)
{
    struct operation *o = script_add(sc, OPERATION_RENAME_SCHEMA, sc->statement, NULL);

    o->name = x->name.name;
    o->new_name = x->action->new_name;
}

static void
update_extension(struct script *sc, const struct ast_alter_object *x)
{
    struct operation *o = script_add(sc, OPERATION_EXTENSION, sc->statement, NULL);

    o->name = x->name.name;
    o->new_name = x->version;
}

static void
alter_object(struct script *sc, const struct ast_alter_object *x)
{
    if (x->kind == ALTER_OBJECT_UPDATE)
        update_extension(sc, x);
    if (slice_is(x->object, "domain") && x->action != NULL
        && (x->action->kind == ALTER_ADD_CONSTRAINT
            || x->action->kind == ALTER_SET_NOT_NULL))
        script_add(sc, OPERATION_DOMAIN_CONSTRAINT, sc->statement, &x->name);
    if (x->kind == ALTER_OBJECT_SEQUENCE)
        alter_sequence(sc, &x->name);
    if (slice_is(x->object, "schema") && x->kind == ALTER_OBJECT_ACTION
        && x->action->kind == ALTER_RENAME_TABLE)
        rename_schema(sc, x);
}

/* SELECT set_config('lock_timeout', '2s', false) */
static void
query(struct script *sc, const struct stmt *stmt)
{
    struct script_words words;

    script_words_read(sc->a, stmt->text, &words);
    if (script_find_word(&words, "set_config") < words.count
        && script_find_word(&words, "'lock_timeout'") < words.count)
        sc->has_timeout = true;
    script_read_query(sc, stmt->u.query->query);
}

static void
read_statement(struct script *sc, const struct stmt *stmt)
{
    if (stmt->kind == STMT_CREATE_TABLE)
        script_read_create_table(sc, stmt->u.create_table);
    else if (stmt->kind == STMT_ALTER_TABLE)
        script_read_alter_table(sc, stmt);
    else if (stmt->kind == STMT_ALTER_TYPE)
        script_read_alter_type(sc, stmt);
    else if (stmt->kind == STMT_CREATE_SEQUENCE)
        map_put(&sc->tables, script_key(sc, &stmt->u.create_sequence->name), sc);
    else if (stmt->kind == STMT_CREATE_INDEX)
        create_index(sc, stmt->u.create_index);
    else if (stmt->kind == STMT_CREATE_VIEW)
        create_view(sc, stmt->u.create_view);
    else if (stmt->kind == STMT_DROP)
        drop(sc, stmt);
    else if (stmt->kind == STMT_RENAME)
        rename_relation(sc, stmt->u.rename);
    else if (stmt->kind == STMT_CREATE_DOMAIN)
        create_domain(sc, stmt->u.create_domain);
    else if (stmt->kind == STMT_ALTER_OBJECT)
        alter_object(sc, stmt->u.alter_object);
    else if (stmt->kind == STMT_QUERY)
        query(sc, stmt);
    else if (stmt->kind == STMT_SKIPPED || stmt->kind == STMT_RAW)
        read_words(sc, stmt);
    script_read_body(sc, stmt);
    script_pairs_read(sc, stmt);
}

/* SQLite's way to change a table: a new one is filled and takes the name of the old. */
static void
find_made_again(struct script *sc, const struct ast *ast)
{
    struct map made;

    map_init(&made, sc->a);
    VEC_EACH (i, &ast->statements) {
        const struct stmt *stmt = ast->statements.items[i];
        const struct ast_alter_table *t;

        if (stmt->kind == STMT_CREATE_TABLE)
            map_put(&made, script_key(sc, &stmt->u.create_table->name), sc);
        if (stmt->kind != STMT_ALTER_TABLE)
            continue;
        t = stmt->u.alter_table;
        VEC_EACH (k, &t->actions) {
            struct ast_name name = { t->name.schema, t->actions.items[k]->new_name,
                                     SPAN_NONE };

            if (t->actions.items[k]->kind == ALTER_RENAME_TABLE
                && map_has(&made, script_key(sc, &t->name)))
                map_put(&sc->made_again, script_key(sc, &name), sc);
        }
    }
}

static void
read_script(struct script *sc, const struct ast *ast)
{
    find_made_again(sc, ast);
    VEC_EACH (i, &ast->statements) {
        const struct stmt *stmt = ast->statements.items[i];
        bool waits = !sc->has_timeout && !sc->has_waited && script_waits(sc, stmt);

        sc->statement = stmt->span;
        if (waits)
            script_add(sc, OPERATION_OTHER, stmt->span, NULL)->waits = true;
        sc->has_waited = sc->has_waited || waits;
        if (!sc->in_transaction)
            sc->transaction++;
        read_statement(sc, stmt);
    }
    script_add(sc, OPERATION_FINISH, sc->begin, NULL);
}

/* ---- is it one? ---- */

static struct slice
made_name(const struct stmt *stmt)
{
    if (stmt->kind == STMT_CREATE_TABLE)
        return stmt->u.create_table->name.name;
    if (stmt->kind == STMT_CREATE_VIEW)
        return stmt->u.create_view->name.name;
    if (stmt->kind == STMT_CREATE_SEQUENCE)
        return stmt->u.create_sequence->name.name;
    if (stmt->kind == STMT_CREATE_VIRTUAL)
        return stmt->u.create_virtual->name.name;
    if (stmt->kind == STMT_CREATE_ENUM)
        return stmt->u.create_enum->name.name;
    if (stmt->kind == STMT_CREATE_COMPOSITE)
        return stmt->u.create_composite->name.name;
    if (stmt->kind == STMT_CREATE_INDEX)
        return stmt->u.create_index->name;
    return stmt->kind == STMT_RAW ? stmt->u.raw->name.name : SLICE_NONE;
}

struct made {
    struct arena *a;
    struct map names;
    struct slices all; /* the same */
    size_t tables;
};

static bool
is_made(const struct made *m, struct slice name)
{
    return slice_is_none(name) || map_has(&m->names, name);
}

static bool
drops_what_is_there(const struct made *m, const struct ast_drop *d)
{
    if (d->if_exists && m->tables > 0)
        return false;
    VEC_EACH (i, &d->names.all)
        if ((d->object == OBJECT_TABLE || d->object == OBJECT_INDEX
             || d->object == OBJECT_VIEW || d->object == OBJECT_TYPE)
            && !is_made(m, d->names.all.items[i].name))
            return true;
    return false;
}

static bool
words_change_what_is_there(const struct made *m, const struct stmt *stmt)
{
    struct script_words w;
    bool is_local;
    bool is_on = false;

    script_words_read(m->a, stmt->text, &w);
    if (is_word(&w, "set"))
        return sets_timeout(&w, &is_local, &is_on) && is_on;
    return is_word(&w, "reindex") || is_word(&w, "cluster")
           || (is_word(&w, "vacuum") && script_says(&w, "full"))
           || (is_word(&w, "drop") && slice_is(script_word(&w, 1), "database"));
}

static bool
changes_what_is_there(const struct made *m, const struct stmt *stmt)
{
    /* The index of a constraint has a name that the file need not say. */
    if (stmt->kind == STMT_ALTER_TABLE)
        return stmt->u.alter_table->object == OBJECT_TABLE
               && !is_made(m, stmt->u.alter_table->name.name);
    if (stmt->kind == STMT_ALTER_TYPE)
        return !is_made(m, stmt->u.alter_type->name.name);
    if (stmt->kind == STMT_RENAME)
        return stmt->u.rename->object == OBJECT_TABLE
               && !is_made(m, stmt->u.rename->name.name);
    if (stmt->kind == STMT_CREATE_INDEX)
        return stmt->u.create_index->concurrently
               || !is_made(m, stmt->u.create_index->table.name);
    if (stmt->kind == STMT_DROP)
        return drops_what_is_there(m, stmt->u.drop);
    return (stmt->kind == STMT_SKIPPED || stmt->kind == STMT_RAW)
           && words_change_what_is_there(m, stmt);
}

/* trips_2029, trips_2030: neither is the other, misspelt. */
static bool
differs_in_digits_only(struct slice a, struct slice b)
{
    size_t i = 0;
    size_t k = 0;

    for (;;) {
        while (i < a.len && a.ptr[i] >= '0' && a.ptr[i] <= '9')
            i++;
        while (k < b.len && b.ptr[k] >= '0' && b.ptr[k] <= '9')
            k++;
        if (i == a.len || k == b.len || a.ptr[i] != b.ptr[k])
            return i == a.len && k == b.len;
        i++;
        k++;
    }
}

/*
 * What a statement changes that nothing makes, where it is spelt like something that the
 * file makes: a mistake of a declaration rather than a script.  Else none.
 */
static struct slice
misspelt_name(const struct made *m, const struct stmt *stmt)
{
    struct slice name = SLICE_NONE;
    struct slice near;

    if (stmt->kind == STMT_ALTER_TABLE)
        name = stmt->u.alter_table->name.name;
    if (stmt->kind == STMT_ALTER_TYPE)
        name = stmt->u.alter_type->name.name;
    if (stmt->kind == STMT_CREATE_INDEX && !stmt->u.create_index->concurrently)
        name = stmt->u.create_index->table.name;
    if (slice_is_none(name))
        return SLICE_NONE;
    near = diag_nearest(name, m->all.all.items, m->all.all.count);
    return slice_is_none(near) || differs_in_digits_only(name, near) ? SLICE_NONE : name;
}

bool
lint_is_script(struct session *s, const struct ast *ast, struct slice *misspelt)
{
    struct made m = { .a = &s->arena };

    *misspelt = SLICE_NONE;
    if (!slice_is_none(ast->schema) || !slice_is_none(ast->extends)
        || ast->sections.count > 0)
        return false;
    map_init(&m.names, m.a);
    VEC_EACH (i, &ast->statements) {
        const struct stmt *stmt = ast->statements.items[i];
        struct slice name = made_name(stmt);

        m.tables += stmt->kind == STMT_CREATE_TABLE;
        if (stmt->kind == STMT_CREATE_SCHEMA && stmt->u.create_schema->elements.count > 0)
            return false;
        if (!slice_is_none(name) && map_put(&m.names, name, &m) == NULL)
            VEC_PUSH(m.a, &m.all.all, name);
    }
    VEC_EACH (i, &ast->statements) {
        const struct stmt *stmt = ast->statements.items[i];

        if (!changes_what_is_there(&m, stmt))
            continue;
        *misspelt = misspelt_name(&m, stmt);
        if (slice_is_none(*misspelt))
            return true;
    }
    return false;
}

/* ---- asking ---- */

static const struct catalog *
silencers_of(struct arena *a, const struct ast *ast)
{
    struct catalog *c = catalog_new(a);

    c->dialect = ast->dialect;
    VEC_EACH (i, &ast->silencers) {
        const struct ast_silencer *from = &ast->silencers.items[i];
        struct lint_off off = { .rule = from->annotation->first,
                                .why = from->annotation->second,
                                .span = from->annotation->span,
                                .target = from->target };

        VEC_PUSH(a, &c->lint_offs, off);
    }
    return c;
}

void
lint_script(struct session *s, const struct ast *ast,
            const struct lint_settings *settings, struct lint_counts *out)
{
    struct lint *l = ARENA_NEW(&s->arena, struct lint);
    struct operations *operations = ARENA_NEW(&s->arena, struct operations);
    struct written_columns *columns = ARENA_NEW(&s->arena, struct written_columns);
    struct script *sc = ARENA_NEW(&s->arena, struct script);

    *sc = (struct script){ .a = &s->arena, .operations = operations, .columns = columns };
    map_init(&sc->tables, sc->a);
    map_init(&sc->indexes, sc->a);
    map_init(&sc->made_again, sc->a);
    map_init(&sc->constraints, sc->a);
    map_init(&sc->proven, sc->a);
    script_pairs_init(&sc->pairs, sc->a);
    read_script(sc, ast);
    *l = (struct lint){
        .s = s,
        .a = &s->arena,
        .subject = LINT_SCRIPT,
        .catalog = silencers_of(&s->arena, ast),
        .operations = operations,
        .columns = columns,
        .settings = settings,
        .counts = out,
    };
    lint_ask_all(l);
}
