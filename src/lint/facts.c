/*
 * What the rules ask about, gathered in one pass over the catalog, so that no rule looks
 * for its neighbours by itself.
 */
#include "base/sqltext.h"
#include "lint/rule.h"

/* ---- columns of tables ---- */

struct slice
lint_member(struct lint *l, const struct table *t, struct slice column)
{
    return slice_format(l->a, "%.*s\n%.*s\n%.*s", SLICE_ARG(t->schema),
                        SLICE_ARG(t->name), SLICE_ARG(column));
}

struct slice
lint_written_type(struct lint *l, const struct column *c)
{
    struct slice text = source_slice(&l->s->sources, c->span);
    size_t at = 0;
    char close;

    if (text.len == 0)
        return SLICE("");
    close = text.ptr[0] == '[' ? ']' : text.ptr[0];
    if (close == '"' || close == '`' || close == ']') {
        for (at = 1; at < text.len && text.ptr[at] != close; at++)
            ;
        at += at < text.len;
    } else {
        while (at < text.len && text.ptr[at] != ' ' && text.ptr[at] != '\t'
               && text.ptr[at] != '\n')
            at++;
    }
    return slice_lower(l->a, slice_trim(slice_sub(text, at, text.len)));
}

struct slice
lint_type_text(struct lint *l, const struct type *t)
{
    struct text out;

    text_init(&out, l->a);
    type_print(t, &out);
    return text_slice(&out);
}

bool
lint_is_native_sqlite(const struct lint *l)
{
    return slice_is(l->catalog->dialect, "sqlite");
}

/* ---- indexes and keys ---- */

struct slice
lint_key_text(struct lint *l, const struct index_keys *keys)
{
    struct text out;

    text_init(&out, l->a);
    text_addc(&out, '(');
    VEC_EACH (i, &keys->all) {
        struct slice column = keys->all.items[i].column;

        if (slice_is_none(column))
            column = SLICE("...");
        text_addf(&out, "%s%.*s", i == 0 ? "" : ", ", SLICE_ARG(column));
    }
    text_addc(&out, ')');
    return text_slice(&out);
}

/* What the first `count` keys are known by: alike for every order of them. */
static struct slice
beginning_key(struct lint *l, const struct table *t, const struct index_keys *keys,
              size_t count)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < count; i++) {
        const struct index_key *key = &keys->all.items[i];

        sum +=
            slice_is_none(key->column) ? expr_hash(key->expr) : slice_hash(key->column);
    }
    return slice_format(l->a, "%.*s\n%.*s\n%zu\n%llx", SLICE_ARG(t->schema),
                        SLICE_ARG(t->name), count, (unsigned long long)sum);
}

static void
add_key_set(struct lint *l, const struct table *t, const struct key_set *set)
{
    for (size_t n = 1; n <= set->keys->all.count; n++) {
        struct slice key = beginning_key(l, t, set->keys, n);
        struct key_sets *sets = map_get(&l->beginnings, key);

        if (sets == NULL) {
            sets = ARENA_NEW(l->a, struct key_sets);
            map_put(&l->beginnings, key, sets);
        }
        VEC_PUSH(l->a, &sets->all, set);
    }
}

static void
take_constraint_keys(struct lint *l, const struct table *t, const struct constraint *k)
{
    struct key_set *set = ARENA_NEW(l->a, struct key_set);

    if (k->kind != CONSTRAINT_PRIMARY_KEY && k->kind != CONSTRAINT_UNIQUE)
        return;
    set->constraint = k;
    set->keys = &k->keys;
    set->unique = true;
    set->span = k->span;
    add_key_set(l, t, set);
}

static void
take_index_keys(struct lint *l, const struct index *i)
{
    struct key_set *set = ARENA_NEW(l->a, struct key_set);

    set->index = i;
    set->keys = &i->keys;
    set->where = i->where;
    set->unique = i->unique;
    set->span = i->span;
    add_key_set(l, i->table, set);
}

const struct key_sets *
lint_beginning(struct lint *l, const struct table *t, const struct index_keys *keys)
{
    static const struct key_sets none = { 0 };
    const struct key_sets *found =
        map_get(&l->beginnings, beginning_key(l, t, keys, keys->all.count));

    return found != NULL ? found : &none;
}

/* ---- values ---- */

static const struct expr *
without_cast(const struct expr *e)
{
    while (e != NULL && (e->kind == EXPR_CAST || e->kind == EXPR_COLLATE))
        e = e->args[0];
    return e;
}

/* All of them texts? */
static bool
take_labels(struct lint *l, const struct expr *list, struct slices *out)
{
    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *label = without_cast(list->args[i]);

        if (label == NULL || label->kind != EXPR_STRING)
            return false;
        VEC_PUSH(l->a, &out->all, label->text);
    }
    return list->arg_count > 0;
}

/*
 * x IN ('a', 'b'), or x = ANY (ARRAY['a'::text, 'b'::text]) as pg_dump writes it: the
 * column and its labels; false for anything else.
 */
static bool
read_value_check(struct lint *l, const struct expr *e, struct slice *column,
                 struct slices *labels)
{
    const struct expr *list;
    const struct expr *operand;

    if (e == NULL || (e->kind != EXPR_IN && e->kind != EXPR_QUANTIFIED)
        || (e->flags & (EXPR_NEGATED | EXPR_ALL)) != 0)
        return false;
    operand = without_cast(e->args[0]);
    list = without_cast(e->args[1]);
    if (operand == NULL || operand->kind != EXPR_COLUMN || list == NULL
        || (list->kind != EXPR_LIST && list->kind != EXPR_ARRAY))
        return false;
    *column = operand->text;
    return take_labels(l, list, labels);
}

static struct namesakes *
namesakes_of(struct lint *l, struct slice column)
{
    struct namesakes *n = map_get(&l->namesakes, column);

    if (n == NULL) {
        n = ARENA_NEW(l->a, struct namesakes);
        map_put(&l->namesakes, column, n);
    }
    return n;
}

const struct namesakes *
lint_namesakes(struct lint *l, struct slice column)
{
    return namesakes_of(l, column);
}

bool
lint_is_text(const struct column *c)
{
    return c->has_type && type_family(&c->type) == FAMILY_TEXT && c->type.dimensions == 0;
}

static void
add_values(struct lint *l, const struct value_list *values)
{
    struct value_list *list = ARENA_NEW(l->a, struct value_list);
    struct namesakes *n = namesakes_of(l, values->column->name);

    *list = *values;
    map_put(&l->values, lint_member(l, list->table, list->column->name), list);
    n->lists++;
    if (n->first == NULL)
        n->first = list;
    if (n->checked == NULL && list->from_check)
        n->checked = list;
}

/* Those that have a list of values already are counted there. */
static void
count_any_text(struct lint *l, const struct table *t, const struct column *c)
{
    if (lint_is_text(c) && lint_values(l, t, c) == NULL)
        namesakes_of(l, c->name)->texts++;
}

static void
take_check(struct lint *l, const struct table *t, const struct constraint *k,
           const struct expr *e)
{
    struct slices labels = { 0 };
    struct slice column;
    const struct column *c;

    if (e->kind == EXPR_OR) /* x IS NULL OR x IN (…) */
        for (size_t i = 0; i < e->arg_count; i++)
            if (e->args[i]->kind == EXPR_IS && slice_is(e->args[i]->text, "null"))
                e = e->args[e->arg_count - 1 - i];
    if (!read_value_check(l, e, &column, &labels))
        return;
    c = table_find_column(t, column);
    if (c != NULL)
        add_values(l, &(struct value_list){ labels, true, t, c, k->span });
}

static void
take_enum_column(struct lint *l, const struct table *t, const struct column *c)
{
    const struct enum_type *e;
    struct slices labels = { 0 };

    if (!c->has_type || c->type.kind != TYPE_NAMED || c->type.dimensions > 0)
        return;
    e = catalog_find_enum(l->catalog, c->type.schema, c->type.name);
    if (e == NULL)
        return;
    VEC_EACH (i, &e->values)
        VEC_PUSH(l->a, &labels.all, e->values.items[i].label);
    add_values(l, &(struct value_list){ labels, false, t, c, c->span });
}

const struct value_list *
lint_values(struct lint *l, const struct table *t, const struct column *c)
{
    return map_get(&l->values, lint_member(l, t, c->name));
}

/* ---- words of what is kept whole ---- */

static void
take_word(struct lint *l, struct slice name)
{
    struct slice key = slice_lower(l->a, name);
    struct word *word = map_get(&l->words, key);

    if (word == NULL) {
        word = ARENA_NEW(l->a, struct word);
        map_put(&l->words, key, word);
    }
    word->count++;
}

/* A string may hold a program, or the name of a table. */
static void
take_words(struct lint *l, struct slice text)
{
    struct sqltext t = { .rest = text };
    struct sqltext_token token;

    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END)
        if (token.kind == SQLTEXT_WORD || token.kind == SQLTEXT_QUOTED)
            take_word(l, sqltext_name(l->a, token));
        else if (token.kind == SQLTEXT_STRING)
            take_words(l, sqltext_inside(token));
}

static bool
take_expr_words(void *context, const struct expr *e)
{
    struct lint *l = context;

    if (e->kind == EXPR_STRING || e->kind == EXPR_TYPED_STRING)
        take_words(l, e->text);
    if (e->type != NULL && e->type->kind == TYPE_NAMED)
        take_word(l, e->type->name);
    return true;
}

static void
take_texts(struct lint *l)
{
    const struct catalog *c = l->catalog;

    VEC_EACH (i, &c->definitions)
        take_words(l, c->definitions.items[i]->normal);
    VEC_EACH (i, &c->views)
        take_words(l, c->views.items[i]->text);
    VEC_EACH (i, &c->sections)
        VEC_EACH (k, &c->sections.items[i]->statements)
            take_words(l, c->sections.items[i]->statements.items[k]);
}

size_t
lint_word_count(struct lint *l, struct slice name)
{
    const struct word *word = map_get(&l->words, slice_lower(l->a, name));

    return word == NULL ? 0 : word->count;
}

/* ---- the pass ---- */

static void
take_table(struct lint *l, const struct table *t)
{
    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i];

        take_enum_column(l, t, c);
        if (c->has_type && c->type.kind == TYPE_NAMED)
            take_word(l, c->type.name);
        expr_walk(c->default_value, take_expr_words, l);
        expr_walk(c->generated, take_expr_words, l);
    }
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];

        take_constraint_keys(l, t, k);
        if (k->kind == CONSTRAINT_CHECK)
            take_check(l, t, k, k->check);
        expr_walk(k->check, take_expr_words, l);
    }
    VEC_EACH (i, &t->columns)
        count_any_text(l, t, t->columns.items[i]);
}

void
lint_gather(struct lint *l)
{
    map_init(&l->beginnings, l->a);
    map_init(&l->values, l->a);
    map_init(&l->namesakes, l->a);
    map_init(&l->words, l->a);
    VEC_EACH (i, &l->catalog->tables)
        take_table(l, l->catalog->tables.items[i]);
    VEC_EACH (i, &l->catalog->indexes)
        take_index_keys(l, l->catalog->indexes.items[i]);
    take_texts(l);
}

/* ---- other objects ---- */

static bool
contains(struct lint *l, struct slice text, const char *words)
{
    struct slice lower = slice_lower(l->a, text);
    struct slice wanted = slice_from(words);

    for (size_t i = 0; i + wanted.len <= lower.len; i++)
        if (slice_equal(slice_sub(lower, i, i + wanted.len), wanted))
            return true;
    return false;
}

bool
lint_has_extension(const struct lint *l, const char *name)
{
    VEC_EACH (i, &l->catalog->definitions) {
        const struct definition *o = l->catalog->definitions.items[i];

        if (slice_is(o->kind, "extension") && slice_is_fold(o->name, name))
            return true;
    }
    return false;
}

static void
each_definition(struct lint *l, const char *kind,
                bool (*is_it)(struct lint *l, const struct definition *o),
                lint_object_fn *visit)
{
    VEC_EACH (i, &l->catalog->definitions) {
        const struct definition *o = l->catalog->definitions.items[i];

        if (slice_is(o->kind, kind) && is_it(l, o))
            visit(l, o);
    }
}

static bool
is_policy(struct lint *l, const struct definition *o)
{
    (void)l;
    return o->detail == DETAIL_POLICY;
}

/* A routine that is kept whole (t.c%TYPE in its signature) says it in its text only. */
static bool
is_definer(struct lint *l, const struct definition *o)
{
    if (o->detail == DETAIL_ROUTINE)
        return o->u.routine->security_definer;
    return contains(l, o->normal, "security definer");
}

/* One that a column owns goes with the column. */
static bool
is_free_sequence(struct lint *l, const struct definition *o)
{
    (void)l;
    return o->detail == DETAIL_SEQUENCE && slice_is_none(o->u.sequence->owner_table);
}

void
lint_each_sequence(struct lint *l, lint_object_fn *visit)
{
    each_definition(l, "sequence", is_free_sequence, visit);
}

void
lint_each_policy(struct lint *l, lint_object_fn *visit)
{
    each_definition(l, "policy", is_policy, visit);
}

void
lint_each_row_security(struct lint *l, lint_table_fn *visit)
{
    VEC_EACH (i, &l->catalog->tables)
        if (l->catalog->tables.items[i]->row_security)
            visit(l, l->catalog->tables.items[i]);
}

void
lint_each_definer(struct lint *l, lint_object_fn *visit)
{
    each_definition(l, "function", is_definer, visit);
    each_definition(l, "procedure", is_definer, visit);
}

bool
lint_sets_search_path(struct lint *l, const struct definition *function)
{
    const struct settings *settings;

    if (function->detail != DETAIL_ROUTINE)
        return contains(l, function->normal, "set search_path");
    settings = &function->u.routine->settings;
    VEC_EACH (i, &settings->all)
        if (slice_is_fold(settings->all.items[i].name, "search_path"))
            return true;
    return false;
}
