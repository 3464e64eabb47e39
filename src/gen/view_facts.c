/*
 * What was declared, for templates that write something else than C: the kind and the
 * bounds of a column, defaults and conditions in SQL, what keys refer to, all indexes.
 */
#include "gen/view_model.h"

#include <inttypes.h>

#include "expr/sqlw.h"

static struct slice
or_empty(struct slice s)
{
    return slice_is_none(s) ? SLICE("") : s;
}

static struct slice
sql_or_empty(struct gen_model *m, const struct expr *e)
{
    return e == NULL ? SLICE("") : expr_text(&m->s->arena, e);
}

/* ---- columns ---- */

static const char *
kind_of_type(const struct type *t)
{
    switch (t->kind) {
    case TYPE_BOOLEAN:
        return "boolean";
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
        return "integer";
    case TYPE_DECIMAL:
    case TYPE_DECIMAL_INT:
    case TYPE_DECIMAL_TEXT:
        return "decimal";
    case TYPE_REAL:
    case TYPE_DOUBLE:
        return "real";
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_CHAR:
        return "text";
    case TYPE_BYTES:
        return "bytes";
    case TYPE_DATE:
        return "date";
    case TYPE_TIME:
        return "time";
    case TYPE_TIMETZ:
        return "timetz";
    case TYPE_TIMESTAMP:
        return "timestamp";
    case TYPE_TIMESTAMPTZ:
        return "timestamptz";
    case TYPE_INTERVAL:
        return "interval";
    case TYPE_UUID:
        return "uuid";
    case TYPE_JSON:
    case TYPE_JSONB:
    case TYPE_JSON_TEXT:
        return "json";
    case TYPE_ARRAY_TEXT:
    case TYPE_NAMED:
    case TYPE_KIND_COUNT:
        break;
    }
    return "other";
}

static const char *
kind_of(const struct gen_column *c)
{
    if (c->enumeration != NULL)
        return "enum";
    return c->type == NULL ? "other" : kind_of_type(c->type);
}

/* Nines before and behind the point; none where the type does not say how many. */
static struct slice
decimal_bound(struct gen_model *m, const struct type *t)
{
    int scale = t->arg_count > 1 ? t->args[1] : 0;
    struct text bound;

    if (t->arg_count == 0 || scale < 0 || scale > t->args[0])
        return SLICE("");
    text_init(&bound, &m->s->arena);
    text_repeat(&bound, '9', (size_t)(t->args[0] - scale));
    text_addz(&bound, t->args[0] == scale ? "0" : "");
    if (scale > 0)
        text_addc(&bound, '.');
    text_repeat(&bound, '9', (size_t)scale);
    return text_slice(&bound);
}

/* The least and the greatest value, where the type says so. */
static void
add_bounds(struct gen_model *m, const struct type *t, struct record *r)
{
    static const struct {
        enum type_kind kind;
        int64_t min, max;
    } integers[] = {
        { TYPE_INT2, INT16_MIN, INT16_MAX },
        { TYPE_INT4, INT32_MIN, INT32_MAX },
        { TYPE_INT8, INT64_MIN, INT64_MAX },
    };
    struct slice bound = SLICE("");

    if (t != NULL && t->kind == TYPE_DECIMAL)
        bound = decimal_bound(m, t);
    for (size_t i = 0; t != NULL && i < ARRAY_LEN(integers); i++) {
        if (t->kind != integers[i].kind)
            continue;
        record_textf(r, "min", "%" PRId64, integers[i].min);
        record_textf(r, "max", "%" PRId64, integers[i].max);
        return;
    }
    record_text(r, "min",
                bound.len == 0 ? bound
                               : slice_format(&m->s->arena, "-%.*s", SLICE_ARG(bound)));
    record_text(r, "max", bound);
}

/* In characters; 0: as long as you like. */
static int64_t
max_length(const struct type *t)
{
    if (t == NULL || (t->kind != TYPE_VARCHAR && t->kind != TYPE_CHAR))
        return 0;
    if (t->arg_count > 0)
        return t->args[0];
    return t->kind == TYPE_CHAR ? 1 : 0;
}

bool
column_must_be_given(const struct gen_column *c)
{
    return !c->nullable && !c->has_default && !c->is_generated && !c->is_rowid;
}

void
add_column_facts(struct gen_model *m, const struct gen_column *c, struct record *r)
{
    const struct column *declared = c->column;
    bool is_array = c->type != NULL && c->type->dimensions > 0;

    record_textz(r, "kind", kind_of(c));
    record_bool(r, "is_array", is_array);
    add_bounds(m, c->type, r);
    record_number(r, "max_length", max_length(c->type));
    record_bool(r, "is_identity",
                declared != NULL && declared->identity != IDENTITY_NONE);
    record_bool(r, "must_give", column_must_be_given(c) && declared != NULL);
    record_text(r, "default",
                sql_or_empty(m, declared == NULL ? NULL : declared->default_value));
    record_text(r, "computed",
                sql_or_empty(m, declared == NULL ? NULL : declared->generated));
}

/* ---- keys ---- */

static struct slice
join_names(struct gen_model *m, const struct slices *names)
{
    struct text t;

    text_init(&t, &m->s->arena);
    VEC_EACH (i, &names->all) {
        text_addz(&t, i == 0 ? "" : ", ");
        text_add(&t, names->all.items[i]);
    }
    return text_slice(&t);
}

void
add_key_facts(struct gen_model *m, const struct gen_key *k, struct record *r)
{
    const struct constraint *c = k->kind == GEN_KEY_FOREIGN ? k->constraint : NULL;
    struct list *columns = record_list(r, "refers_to_columns");

    record_text(r, "comment", or_empty(k->comment));
    record_text(r, "refers_to_schema", c == NULL ? SLICE("") : or_empty(c->ref_schema));
    for (size_t i = 0; c != NULL && i < c->ref_columns.all.count; i++)
        list_text(columns, c->ref_columns.all.items[i]);
    record_text(r, "refers_to_names",
                c == NULL ? SLICE("") : join_names(m, &c->ref_columns));
    record_textz(r, "on_delete", c == NULL ? "" : fk_action_words(c->on_delete));
    record_textz(r, "on_update", c == NULL ? "" : fk_action_words(c->on_update));
}

/* ---- tables ---- */

static void
add_checks(struct gen_model *m, const struct gen_table *t, struct record *r)
{
    struct list *checks = record_list(r, "checks");

    for (size_t i = 0; t->table != NULL && i < t->table->constraints.count; i++) {
        const struct constraint *c = t->table->constraints.items[i];
        struct record *check;

        if (c->kind != CONSTRAINT_CHECK || !model_is_ours(m, c->only))
            continue;
        check = list_record(checks);
        record_text(check, "name", c->name);
        record_text(check, "condition", expr_text(&m->s->arena, c->check));
        record_text(check, "comment", or_empty(c->comment));
    }
}

/* "owner_id, lower(name) DESC" */
static struct slice
index_parts(struct gen_model *m, const struct index_keys *keys)
{
    struct text t;

    text_init(&t, &m->s->arena);
    VEC_EACH (i, &keys->all) {
        const struct index_key *key = &keys->all.items[i];

        text_addz(&t, i == 0 ? "" : ", ");
        text_add(&t, key->expr == NULL ? key->column
                                       : expr_text(&m->s->arena, key->expr));
        text_addz(&t, key->descending ? " DESC" : "");
    }
    return text_slice(&t);
}

static void
add_indexes(struct gen_model *m, const struct gen_table *t, struct record *r)
{
    struct list *indexes = record_list(r, "indexes");

    VEC_EACH (i, &t->indexes) {
        const struct index *x = t->indexes.items[i];
        struct record *index = list_record(indexes);

        record_text(index, "name", x->name);
        record_bool(index, "is_unique", x->unique);
        record_text(index, "method", x->method);
        record_text(index, "parts", index_parts(m, &x->keys));
        record_text(index, "condition", sql_or_empty(m, x->where));
        record_text(index, "comment", or_empty(x->comment));
    }
}

void
add_table_facts(struct gen_model *m, const struct gen_table *t, struct record *r)
{
    record_bool(r, "is_materialized", t->view != NULL && t->view->materialized);
    record_text(r, "query", t->view == NULL ? SLICE("") : or_empty(t->view->text));
    add_checks(m, t, r);
    add_indexes(m, t, r);
}
