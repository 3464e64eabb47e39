/*
 * Rules about columns and their types.
 */
#include <string.h>

#include "lint/rule.h"

/* ---- words of a name ---- */

static bool
is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool
is_one_of(struct slice word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is_fold(word, words[i]))
            return true;
    return false;
}

/* Is one of the words in "unit_price" or "unitPrice" among them? */
static bool
has_word(struct slice name, const char *const *words, size_t count)
{
    size_t begin = 0;

    for (size_t i = 0; i <= name.len; i++) {
        bool ends = i == name.len || name.ptr[i] == '_' || name.ptr[i] == ' '
                    || (i > begin && is_upper(name.ptr[i]) && !is_upper(name.ptr[i - 1]));

        if (!ends)
            continue;
        if (is_one_of(slice_sub(name, begin, i), words, count))
            return true;
        begin = i < name.len && (name.ptr[i] == '_' || name.ptr[i] == ' ') ? i + 1 : i;
    }
    return false;
}

static bool
is_kind(const struct column *c, enum type_kind kind)
{
    return c->has_type && c->type.kind == kind && c->type.dimensions == 0;
}

/* Of its elements, where it is an array. */
static bool
is_element_kind(const struct column *c, enum type_kind kind)
{
    return c->has_type && c->type.kind == kind;
}

/* ---- money ---- */

static const char *const money_words[] = {
    "price", "prices",  "amount", "amounts",  "total",   "totals",   "subtotal", "cost",
    "costs", "fee",     "fees",   "balance",  "salary",  "salaries", "money",    "wage",
    "wages", "deposit", "refund", "payment",  "revenue", "invoice",  "charge",   "credit",
    "debit", "budget",  "tax",    "discount", "paid",    "earnings",
};

/* Words that say that it is something else: total_distance, tax_rate. */
static const char *const no_money_words[] = {
    "rate",   "ratio",    "percent", "percentage", "pct",     "factor", "score",
    "weight", "distance", "hours",   "minutes",    "seconds", "time",   "duration",
    "ms",     "km",       "kg",      "bytes",      "count",   "volume", "area",
    "length", "size",     "usage",   "quantity",   "loss",    "energy", "mass",
};

static bool
names_money(struct slice name)
{
    return has_word(name, money_words, ARRAY_LEN(money_words))
           && !has_word(name, no_money_words, ARRAY_LEN(no_money_words));
}

void
rule_float_money(struct lint *l, const struct table *t, const struct column *c)
{
    struct diag *d;

    if ((!is_kind(c, TYPE_REAL) && !is_kind(c, TYPE_DOUBLE)) || !names_money(c->name))
        return;
    d = lint_found(l, c->span, "\"%.*s\" of \"%.*s\" counts money in binary fractions",
                   SLICE_ARG(c->name), SLICE_ARG(t->name));
    lint_hint(l, d, "%.*s numeric(12, 2)", SLICE_ARG(c->name));
}

static bool
contains(struct slice text, const char *word)
{
    struct slice wanted = slice_from(word);

    for (size_t i = 0; i + wanted.len <= text.len; i++)
        if (slice_equal(slice_sub(text, i, i + wanted.len), wanted))
            return true;
    return false;
}

/* Affinity NUMERIC (https://www.sqlite.org/datatype3.html, 3.1): 0.1 becomes a REAL. */
void
rule_decimal_as_real(struct lint *l, const struct table *t, const struct column *c)
{
    struct slice words = lint_written_type(l, c);
    struct diag *d;

    if (!slice_starts(words, "decimal") && !slice_starts(words, "numeric"))
        return;
    if (contains(words, "_"))
        return; /* decimal_int and decimal_text: what schemac makes of it */
    d = lint_found(l, c->span,
                   "SQLite keeps \"%.*s\" of \"%.*s\" as a binary fraction: sums drift",
                   SLICE_ARG(c->name), SLICE_ARG(t->name));
    lint_hint(l, d,
              "a declaration for every dialect (-- @schema NAME at its head): its "
              "decimals are exact on SQLite too");
}

/* ---- times ---- */

/* DATETIME is of engines that have no time with a zone: whoever writes it means that. */
void
rule_timestamp_without_zone(struct lint *l, const struct table *t, const struct column *c)
{
    struct diag *d;

    if (!is_element_kind(c, TYPE_TIMESTAMP)
        || contains(lint_written_type(l, c), "datetime"))
        return;
    d = lint_found(l, c->span, "\"%.*s\" of \"%.*s\" does not say which moment it is",
                   SLICE_ARG(c->name), SLICE_ARG(t->name));
    lint_hint(l, d, "%.*s timestamptz", SLICE_ARG(c->name));
}

/* ---- texts ---- */

/* Without a length, it is a type of its own: it fills nothing. */
static bool
is_bpchar(const struct column *c)
{
    return c->has_type && c->type.kind == TYPE_NAMED && slice_is(c->type.name, "bpchar");
}

void
rule_char_padding(struct lint *l, const struct table *t, const struct column *c)
{
    struct diag *d;
    int length;

    (void)t;
    if (is_bpchar(c)) {
        d = lint_found(l, c->span, "\"%.*s\" does not tell 'a' from 'a '",
                       SLICE_ARG(c->name));
        lint_hint(l, d, "%.*s text", SLICE_ARG(c->name));
        return;
    }
    if (!is_element_kind(c, TYPE_CHAR))
        return;
    length = c->type.arg_count == 0 ? 1 : (int)c->type.args[0];
    d = lint_found(l, c->span, "char(%d) fills \"%.*s\" up with blanks",
                   length, SLICE_ARG(c->name));
    lint_hint(l, d, "%.*s text CHECK (length(%.*s) = %d)", SLICE_ARG(c->name),
              SLICE_ARG(c->name), length);
}

void
rule_varchar_limit(struct lint *l, const struct table *t, const struct column *c)
{
    struct diag *d;

    (void)t;
    if (!is_element_kind(c, TYPE_VARCHAR) || c->type.arg_count == 0)
        return;
    d = lint_found(l, c->span, "varchar(%d) saves nothing over text",
                   (int)c->type.args[0]);
    lint_hint(l, d, "%.*s text, with a CHECK where the length has a meaning",
              SLICE_ARG(c->name));
}

void
rule_json_not_jsonb(struct lint *l, const struct table *t, const struct column *c)
{
    struct diag *d;

    if (!is_kind(c, TYPE_JSON))
        return;
    d = lint_found(l, c->span,
                   "\"%.*s\" of \"%.*s\" is json: it has no equality and no index",
                   SLICE_ARG(c->name), SLICE_ARG(t->name));
    lint_hint(l, d, "%.*s jsonb", SLICE_ARG(c->name));
}

/* ---- counted keys ---- */

void
rule_serial_not_identity(struct lint *l, const struct table *t, const struct column *c)
{
    struct slice type;
    struct diag *d;

    (void)t;
    if (c->identity != IDENTITY_SERIAL)
        return;
    type = lint_type_text(l, &c->type);
    d = lint_found(l, c->span, "\"%.*s\" counts by a sequence that is an object apart",
                   SLICE_ARG(c->name));
    lint_hint(l, d, "%.*s %.*s GENERATED BY DEFAULT AS IDENTITY", SLICE_ARG(c->name),
              SLICE_ARG(type));
}

/* AUTOINCREMENT is SQLite's word, whose integers have 64 bits. */
static bool
is_autoincrement(struct lint *l, const struct column *c)
{
    const struct source *source;
    size_t end = c->span.end;

    if (c->span.source == 0)
        return false;
    source = source_get(&l->s->sources, c->span.source);
    while (end < source->text.len && strchr("\n,", source->text.ptr[end]) == NULL)
        end++;
    return contains(slice_lower(l->a, slice_sub(source->text, c->span.end, end)),
                    "autoincrement");
}

void
rule_small_key(struct lint *l, const struct table *t, const struct column *c)
{
    struct diag *d;

    if (c->identity == IDENTITY_NONE || t->primary_key == NULL
        || !column_is_in(&t->primary_key->keys, c->name)
        || (!is_kind(c, TYPE_INT4) && !is_kind(c, TYPE_INT2)) || is_autoincrement(l, c))
        return;
    d = lint_found(l, c->span, "\"%.*s\" ends at %s rows", SLICE_ARG(c->name),
                   is_kind(c, TYPE_INT4) ? "2147483647" : "32767");
    lint_hint(l, d, "%.*s bigint", SLICE_ARG(c->name));
}

/* ---- booleans ---- */

void
rule_boolean_as_number(struct lint *l, const struct table *t, const struct column *c)
{
    static const char *const prefixes[] = { "is_",  "has_", "can_",  "should_",
                                            "was_", "use_", "allow_" };
    bool named = false;
    bool small =
        is_kind(c, TYPE_INT2) || is_kind(c, TYPE_INT4)
        || (is_kind(c, TYPE_CHAR) && (c->type.arg_count == 0 || c->type.args[0] == 1));
    struct diag *d;

    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
        named = named || slice_starts(c->name, prefixes[i]);
    if (!named || !small)
        return;
    d = lint_found(l, c->span, "\"%.*s\" of \"%.*s\" is a yes or no, and stored as %.*s",
                   SLICE_ARG(c->name), SLICE_ARG(t->name),
                   SLICE_ARG(lint_type_text(l, &c->type)));
    lint_hint(l, d, "%.*s boolean", SLICE_ARG(c->name));
}

void
rule_nullable_boolean(struct lint *l, const struct table *t, const struct column *c)
{
    struct diag *d;

    if (!is_kind(c, TYPE_BOOLEAN) || c->not_null || c->generated != NULL)
        return;
    d = lint_found(l, c->span, "\"%.*s\" of \"%.*s\" is true, false or unknown",
                   SLICE_ARG(c->name), SLICE_ARG(t->name));
    lint_hint(l, d, "%.*s boolean NOT NULL DEFAULT false", SLICE_ARG(c->name));
}

/* ---- values ---- */

static bool
has_label(const struct value_list *values, struct slice label)
{
    return slices_have(&values->labels, label);
}

void
rule_default_outside_check(struct lint *l, const struct table *t, const struct column *c)
{
    const struct value_list *values = lint_values(l, t, c);
    const struct expr *e = c->default_value;
    struct diag *d;

    while (e != NULL && e->kind == EXPR_CAST)
        e = e->args[0];
    if (values == NULL || e == NULL || e->kind != EXPR_STRING
        || has_label(values, e->text))
        return;
    d = lint_found(l, e->span.source != 0 ? e->span : c->span,
                   "the default '%.*s' is none of the values that \"%.*s\" may have",
                   SLICE_ARG(e->text), SLICE_ARG(c->name));
    lint_note(l, d, values->span, "they are listed here");
    lint_hint(l, d, "DEFAULT '%.*s'", SLICE_ARG(values->labels.all.items[0]));
}

/* Where most of its namesakes have a list of values, it should have one. */
void
rule_status_without_check(struct lint *l, const struct table *t, const struct column *c)
{
    static const char *const words[] = { "status", "state" };
    const struct namesakes *n = lint_namesakes(l, c->name);
    struct diag *d;

    if (n->lists == 0 || n->lists < n->texts || !lint_is_text(c)
        || !has_word(c->name, words, ARRAY_LEN(words)) || lint_values(l, t, c) != NULL)
        return;
    d = lint_found(l, c->span, "\"%.*s\" of \"%.*s\" may be any text", SLICE_ARG(c->name),
                   SLICE_ARG(t->name));
    lint_note(l, d, n->first->span, "that of \"%.*s\" has a list of values",
              SLICE_ARG(n->first->table->name));
    lint_hint(l, d, "CHECK (%.*s IN (...))", SLICE_ARG(c->name));
}

/* Lists that share at least half of the longer one are meant to be one list. */
void
rule_check_values_differ(struct lint *l, const struct table *t, const struct column *c)
{
    const struct value_list *mine = lint_values(l, t, c);
    const struct value_list *first = lint_namesakes(l, c->name)->checked;
    size_t shared = 0;
    size_t longer;
    struct diag *d;

    if (mine == NULL || first == NULL || mine == first || !mine->from_check)
        return;
    VEC_EACH (i, &mine->labels.all)
        shared += has_label(first, mine->labels.all.items[i]);
    longer = mine->labels.all.count > first->labels.all.count ? mine->labels.all.count
                                                              : first->labels.all.count;
    if (shared == longer || shared * 2 < longer)
        return;
    d = lint_found(l, mine->span,
                   "\"%.*s\" of \"%.*s\" has other values than its namesake",
                   SLICE_ARG(c->name), SLICE_ARG(t->name));
    lint_note(l, d, first->span, "that of \"%.*s\" is here",
              SLICE_ARG(first->table->name));
    lint_hint(l, d, "one enum type for both, or names that tell them apart");
}

/* ---- SQLite's rowid ---- */

/* INT PRIMARY KEY, INTEGER PRIMARY KEY DESC: a column beside the rowid, with an index. */
void
rule_not_the_rowid(struct lint *l, const struct table *t)
{
    const struct column *c;
    struct diag *d;

    if (t->primary_key == NULL || t->without_rowid || t->strict
        || t->primary_key->keys.all.count != 1 || table_rowid_column(t) != NULL)
        return;
    c = table_find_column(t, t->primary_key->keys.all.items[0].column);
    if (c == NULL || !contains(lint_written_type(l, c), "int"))
        return;
    d = lint_found(l, c->span,
                   "\"%.*s\" of \"%.*s\" is not the rowid: it is not counted up, and may "
                   "be NULL",
                   SLICE_ARG(c->name), SLICE_ARG(t->name));
    lint_hint(l, d, "%.*s INTEGER PRIMARY KEY", SLICE_ARG(c->name));
}
