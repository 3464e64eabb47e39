/*
 * Which C type a column gets.
 *
 * The declared type decides, as far as the engine stores it the natural way; where
 * something else is stored (@type sqlite: INTEGER on a timestamp), C gets what is stored.
 */
#include "gen/view_model.h"

#include <assert.h>

#define DECIMAL_DIGITS_MAX 18 /* 10^18 fits into an int64_t */

static const struct codec_info codecs[] = {
#define CODEC(codec, macro, plain, opt) [codec] = { macro, plain, opt },
#include "gen/codecs.def"
#undef CODEC
};

const struct codec_info *
codec_info(enum codec codec)
{
    return &codecs[codec];
}

/* How a codec is stored on an engine without the type, and what else can be read so. */
static const enum storage natural_storage[] = {
    [CODEC_BOOL] = STORAGE_INTEGER,    [CODEC_INT16] = STORAGE_INTEGER,
    [CODEC_INT32] = STORAGE_INTEGER,   [CODEC_INT64] = STORAGE_INTEGER,
    [CODEC_FLOAT] = STORAGE_REAL,      [CODEC_DOUBLE] = STORAGE_REAL,
    [CODEC_DECIMAL] = STORAGE_INTEGER, [CODEC_TEXT] = STORAGE_TEXT,
    [CODEC_BYTES] = STORAGE_BYTES,     [CODEC_DATE] = STORAGE_DATE_TEXT,
    [CODEC_TIME] = STORAGE_TIME_TEXT,  [CODEC_TIMESTAMP] = STORAGE_TIMESTAMP_TEXT,
    [CODEC_UUID] = STORAGE_UUID_TEXT,  [CODEC_ENUM] = STORAGE_TEXT,
    [CODEC_ARRAY] = STORAGE_ARRAY,
};

static_assert(ARRAY_LEN(natural_storage) == CODEC_COUNT, "store every codec");

/* "struct schemac_int32_opt" → "struct schemac_int32_array" */
struct slice
codec_array_type(struct arena *a, enum codec element, bool opt_items)
{
    struct slice opt = slice_from(codec_info(element)->opt);
    struct slice behind = SLICE("_opt");

    if (!opt_items && opt.len > behind.len
        && slice_equal(slice_sub(opt, opt.len - behind.len, opt.len), behind))
        opt.len -= behind.len;
    return slice_format(a, "%.*s_array", SLICE_ARG(opt));
}

bool
column_has_scale(const struct gen_column *c)
{
    return c->codec == CODEC_DECIMAL
           || (c->codec == CODEC_ARRAY && c->element == CODEC_DECIMAL);
}

/* What C gets where the declared type and the storage do not belong together. */
static enum codec
codec_of_storage(enum storage storage)
{
    switch (storage) {
    case STORAGE_INTEGER:
        return CODEC_INT64;
    case STORAGE_DECIMAL:
        return CODEC_DECIMAL;
    case STORAGE_REAL:
        return CODEC_DOUBLE;
    case STORAGE_BYTES:
        return CODEC_BYTES;
    case STORAGE_DATE_TEXT:
        return CODEC_DATE;
    case STORAGE_TIME_TEXT:
        return CODEC_TIME;
    case STORAGE_TIMESTAMP_TEXT:
        return CODEC_TIMESTAMP;
    case STORAGE_UUID_TEXT:
        return CODEC_UUID;
    case STORAGE_TEXT:
    case STORAGE_ARRAY:
        return CODEC_TEXT;
    }
    return CODEC_TEXT;
}

/* Texts whose form has a codec can be had as they are stored, too. */
static bool
is_stored_as_text(enum storage storage)
{
    return storage != STORAGE_INTEGER && storage != STORAGE_REAL
           && storage != STORAGE_BYTES && storage != STORAGE_DECIMAL;
}

static bool
codec_can_read(enum codec codec, enum storage storage)
{
    return natural_storage[codec] == storage
           || (codec == CODEC_DECIMAL && storage == STORAGE_DECIMAL)
           || (codec == CODEC_TEXT && is_stored_as_text(storage));
}

static enum codec
codec_of_kind(enum type_kind kind)
{
    switch (kind) {
    case TYPE_BOOLEAN:
        return CODEC_BOOL;
    case TYPE_INT2:
        return CODEC_INT16;
    case TYPE_INT4:
        return CODEC_INT32;
    case TYPE_INT8:
        return CODEC_INT64;
    case TYPE_DECIMAL:
    case TYPE_DECIMAL_INT:
        return CODEC_DECIMAL;
    case TYPE_REAL:
        return CODEC_FLOAT;
    case TYPE_DOUBLE:
        return CODEC_DOUBLE;
    case TYPE_BYTES:
        return CODEC_BYTES;
    case TYPE_DATE:
        return CODEC_DATE;
    case TYPE_TIME:
        return CODEC_TIME;
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMPTZ:
        return CODEC_TIMESTAMP;
    case TYPE_UUID:
        return CODEC_UUID;
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_CHAR:
    case TYPE_TIMETZ:
    case TYPE_INTERVAL:
    case TYPE_JSON:
    case TYPE_JSONB:
    case TYPE_DECIMAL_TEXT:
    case TYPE_JSON_TEXT:
    case TYPE_ARRAY_TEXT:
    case TYPE_NAMED:
    case TYPE_KIND_COUNT:
        break;
    }
    return CODEC_TEXT;
}

/* The digits behind the point that the stored integer counts in. */
static int
scale_of(const struct type *t)
{
    return t->arg_count > 1 ? t->args[1] : 0;
}

/* ---- @c TYPE ---- */

static const struct {
    const char *c_type;
    enum codec codec;
} c_types[] = {
    { "bool", CODEC_BOOL },
    { "int16_t", CODEC_INT16 },
    { "int32_t", CODEC_INT32 },
    { "int64_t", CODEC_INT64 },
    { "float", CODEC_FLOAT },
    { "double", CODEC_DOUBLE },
    { "struct schemac_text", CODEC_TEXT },
    { "struct schemac_bytes", CODEC_BYTES },
    { "struct schemac_uuid", CODEC_UUID },
};

static bool
override_codec(struct gen_model *m, const struct column *column, enum storage storage,
               struct gen_column *out)
{
    struct arena *a = &m->s->arena;
    struct slice given = out->codec == CODEC_ARRAY
                             ? codec_array_type(a, out->element, false)
                             : slice_from(codec_info(out->codec)->plain);
    size_t i = 0;
    struct diag *d;

    /* What the codec gives anyway: int64_t for a timestamp, a decimal, a time. */
    if (slice_equal(column->c_type, given))
        return true;
    if (out->codec == CODEC_ARRAY
        && slice_equal(column->c_type, codec_array_type(a, out->element, true))) {
        out->opt_items = true;
        return true;
    }
    while (i < ARRAY_LEN(c_types) && !slice_is(column->c_type, c_types[i].c_type))
        i++;
    if (i < ARRAY_LEN(c_types) && codec_can_read(c_types[i].codec, storage)
        && out->codec != CODEC_DECIMAL) {
        out->codec = c_types[i].codec;
        return true;
    }
    d = diag_add(&m->s->diags, D_ANNOTATION_ARGUMENT, column->span,
                 "column \"%.*s\" cannot be had as %.*s in C", SLICE_ARG(column->name),
                 SLICE_ARG(column->c_type));
    diag_hint(&m->s->diags, d, "it is %.*s", SLICE_ARG(given));
    return false;
}

static bool
is_text_kind(const struct type *t)
{
    return (t->kind == TYPE_TEXT || t->kind == TYPE_VARCHAR || t->kind == TYPE_CHAR)
           && t->dimensions == 0;
}

const struct type *
model_base_type(struct gen_model *m, const struct type *t)
{
    for (size_t depth = 0; t->kind == TYPE_NAMED && depth < m->domains.count; depth++) {
        const struct domain *d =
            map_get(&m->domains, catalog_key(&m->s->arena, t->schema, t->name));
        struct type *array;

        if (d == NULL)
            break;
        if (t->dimensions > 0) {
            array = arena_copy(&m->s->arena, &d->base, sizeof d->base);
            array->dimensions = (uint16_t)(d->base.dimensions + t->dimensions);
            t = array;
        } else {
            t = &d->base;
        }
    }
    return t;
}

/* A domain stays one on an engine that has them; what it holds is of the base type. */
static enum storage
storage_of(struct gen_model *m, const struct gen_chain *chain, const struct column *c)
{
    return chain->dialect->storage(chain->lowered, model_base_type(m, &c->type));
}

/* numeric(p, s) whose values fit into 64 bits, counted in units of 10^-s. */
static bool
fits_in_64_bits(const struct type *t)
{
    int scale = scale_of(t);

    return t->arg_count > 0 && t->args[0] <= DECIMAL_DIGITS_MAX && scale >= 0
           && scale <= t->args[0];
}

/* Items are stored as no column is, so that their type alone decides. */
static enum codec
codec_of_items(const struct type *t)
{
    enum codec codec = codec_of_kind(t->kind);

    return codec == CODEC_DECIMAL && !fits_in_64_bits(t) ? CODEC_TEXT : codec;
}

static enum codec
codec_of_dimensions(const struct type *base)
{
    if (base->dimensions == 1)
        return CODEC_ARRAY;
    return base->dimensions > 1 ? CODEC_TEXT : codec_of_kind(base->kind);
}

static enum codec
codec_of(const struct type *base, enum storage storage)
{
    enum codec codec = codec_of_dimensions(base);

    if (codec == CODEC_DECIMAL && storage != STORAGE_INTEGER
        && storage != STORAGE_DECIMAL)
        codec = CODEC_TEXT;
    return codec_can_read(codec, storage) ? codec : codec_of_storage(storage);
}

static bool
report_difference(struct gen_model *m, const struct gen_table *t, const struct column *c,
                  enum codec here, enum codec there)
{
    struct diag *d = diag_add(
        &m->s->diags, D_GEN_DIALECTS, c->span,
        "column \"%.*s\" of \"%.*s\" is %s in C on one engine, %s on another",
        SLICE_ARG(c->name), SLICE_ARG(t->name), codec_info(here)->macro,
        codec_info(there)->macro);

    diag_hint(&m->s->diags, d, "name the engine that the code is for: --dialect sqlite, "
                               "or --dialect postgres");
    return false;
}

/* C has no type for arrays of arrays of any size. */
static void
report_dimensions(struct gen_model *m, const struct gen_table *t, const struct column *c)
{
    const struct type *base = model_base_type(m, &c->type);

    if (base->dimensions > 1 && slice_is_none(c->c_type))
        diag_add(&m->s->diags, D_LOWER_NOTE, c->span,
                 "column \"%.*s\" of \"%.*s\" is text in C, as each engine spells it: "
                 "it is an array of %u dimensions",
                 SLICE_ARG(c->name), SLICE_ARG(t->name), base->dimensions);
}

static bool
choose_for(struct gen_model *m, const struct column *neutral, enum storage storage,
           struct gen_column *out)
{
    const struct type *base = model_base_type(m, &neutral->type);

    out->codec = codec_of(base, storage);
    out->element = codec_of_items(base);
    out->scale = column_has_scale(out) ? scale_of(base) : 0;
    out->is_inet = out->codec == CODEC_TEXT && base->kind == TYPE_NAMED
                   && base->dimensions == 0 && slice_is(base->name, "inet");
    return slice_is_none(neutral->c_type) || override_codec(m, neutral, storage, out);
}

/*
 * A STRICT table has TEXT for all that is kept as text, with a CHECK beside it that says
 * of which form; so has the declared type, unless @type has put another in its place.
 */
static const struct column *
telling_column(const struct gen_model *m, const struct gen_table *t, size_t chain,
               const struct column *neutral, const struct column *lowered)
{
    const struct table *low = t->lowered[chain];
    bool says_text = low != NULL && low->strict && lowered->type.kind == TYPE_TEXT;

    return says_text
                   && !slice_is(neutral->type_override_dialect,
                                m->request->chains[chain]->dialect->name)
               ? neutral
               : lowered;
}

bool
column_choose_codec(struct gen_model *m, const struct gen_table *t,
                    const struct column *neutral, const struct lowered_columns *lowered,
                    struct gen_column *out)
{
    bool is_chosen = false;

    out->codec = CODEC_TEXT;
    if (!neutral->has_type)
        return slice_is_none(neutral->c_type)
               || override_codec(m, neutral, STORAGE_TEXT, out);
    out->is_text = is_text_kind(model_base_type(m, &neutral->type));
    report_dimensions(m, t, neutral);
    for (size_t i = 0; i < m->request->chain_count; i++) {
        struct gen_column here = *out;
        const struct column *c;

        if (lowered->of[i] == NULL)
            continue;
        c = telling_column(m, t, i, neutral, lowered->of[i]);
        if (!choose_for(m, neutral, storage_of(m, m->request->chains[i], c), &here))
            return false;
        if (is_chosen
            && (here.codec != out->codec || here.scale != out->scale
                || here.opt_items != out->opt_items))
            return report_difference(m, t, neutral, out->codec, here.codec);
        *out = here;
        is_chosen = true;
    }
    return true;
}

/* ---- CHECK (column IN ('a', 'b')) ---- */

static bool
take_labels(const struct expr *in, struct slice *column, struct slices *labels,
            struct arena *a)
{
    const struct expr *operand;
    const struct expr *list;

    if (in->kind != EXPR_IN || (in->flags & EXPR_NEGATED) != 0 || in->arg_count != 2)
        return false;
    operand = in->args[0];
    list = in->args[1];
    if (list == NULL || list->kind != EXPR_LIST || list->arg_count == 0
        || (operand->kind != EXPR_COLUMN && operand->kind != EXPR_NAME))
        return false;
    for (size_t i = 0; i < list->arg_count; i++)
        if (list->args[i]->kind != EXPR_STRING)
            return false;
    *column = operand->text;
    for (size_t i = 0; i < list->arg_count; i++)
        VEC_PUSH(a, &labels->all, list->args[i]->text);
    return true;
}

/* column IS NULL */
static bool
asks_null(const struct expr *e)
{
    return e->kind == EXPR_IS && slice_is(e->text, "null")
           && (e->flags & EXPR_NEGATED) == 0;
}

bool
check_lists_labels(const struct expr *check, struct slice *column, struct slices *labels,
                   struct arena *a)
{
    *labels = (struct slices){ .all = { .count = 0 } };
    if (check->kind == EXPR_OR && check->arg_count == 2) {
        if (asks_null(check->args[0]))
            check = check->args[1];
        else if (asks_null(check->args[1]))
            check = check->args[0];
    }
    return take_labels(check, column, labels, a);
}
