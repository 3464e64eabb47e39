/*
 * The model as records, for templates.
 */
#include "gen/view_model.h"

#include <inttypes.h>
#include <string.h>

/* Comments behind fields are not pushed further out than that. */
#define COMMENT_COLUMN_MAX 48
#define LINE_BYTES_WALL 90
#define COMMENT_BYTES_MAX 4000
#define FLAGS_PER_LINE 2 /* names of 27 bytes, behind `.flags = ` */
#define FIELD_FRAME_BYTES 12 /* the indent, the ; and what makes a comment of a note */

/* The whole, and for a literal of C: a compiler need not take more than 4,095 bytes. */
static void
add_comment(struct record *r, struct slice comment)
{
    struct list *lines = record_list(r, "comment_lines");
    size_t end = comment.len;

    record_text(r, "comment", slice_is_none(comment) ? SLICE("") : comment);
    if (slice_is_none(comment) || comment.len == 0)
        return;
    if (end > COMMENT_BYTES_MAX)
        for (end = COMMENT_BYTES_MAX; ((unsigned char)comment.ptr[end] & 0xC0U) == 0x80;)
            end--;
    add_pieces(slice_sub(comment, 0, end), lines);
}

/* ---- enums ---- */

static void
add_labels(struct gen_model *m, const struct gen_enum *e, struct record *r)
{
    struct arena *a = &m->s->arena;
    struct slice upper = name_upper(a, e->c);
    struct list *labels = record_list(r, "labels");
    struct map names;

    map_init(&names, a);
    map_put(&names, slice_format(a, "%.*s_NULL", SLICE_ARG(upper)), r);
    map_put(&names, slice_format(a, "%.*s_COUNT", SLICE_ARG(upper)), r);
    VEC_EACH (i, &e->labels.all) {
        struct slice label = e->labels.all.items[i];
        struct record *l = list_record(labels);

        record_text(l, "label", label);
        record_number(l, "bytes", (int64_t)label.len);
        record_number(l, "number", (int64_t)i + 1);
        record_text(
            l, "c",
            name_claim(&names,
                       slice_format(a, "%.*s_%.*s", SLICE_ARG(upper),
                                    SLICE_ARG(name_upper(a, name_part(a, label)))),
                       ""));
    }
}

static void
add_enum(struct gen_model *m, const struct gen_enum *e, struct list *to)
{
    struct record *r = list_record(to);

    record_text(r, "name", e->title);
    record_text(r, "comment", slice_is_none(e->comment) ? SLICE("") : e->comment);
    record_text(r, "c", e->c);
    record_bool(r, "is_type", e->type != NULL);
    record_number(r, "count", (int64_t)e->labels.all.count);
    record_textf(r, "count_macro", "%.*s_COUNT",
                 SLICE_ARG(name_upper(&m->s->arena, e->c)));
    record_textf(r, "null", "%.*s_NULL",
                 SLICE_ARG(name_upper(&m->s->arena, e->c)));
    add_labels(m, e, r);
}

/* ---- columns ---- */

/* Fields whose type cannot say NULL by itself are a struct with is_set. */
static bool
has_opt(const struct gen_column *c)
{
    return c->nullable
           && strcmp(codec_info(c->codec)->plain, codec_info(c->codec)->opt) != 0;
}

/* Of an array's items. */
static struct slice
item_type(struct arena *a, const struct gen_column *c)
{
    const struct codec_info *info = codec_info(c->element);

    if (c->codec != CODEC_ARRAY)
        return SLICE("");
    if (c->element == CODEC_ENUM)
        return slice_format(a, "enum %.*s", SLICE_ARG(c->enumeration->c));
    return slice_from(c->opt_items ? info->opt : info->plain);
}

static struct slice
array_type(struct arena *a, const struct gen_column *c)
{
    if (c->element == CODEC_ENUM)
        return slice_format(a, "struct %.*s_array", SLICE_ARG(c->enumeration->c));
    return codec_array_type(a, c->element, c->opt_items);
}

static struct slice
plain_type(struct arena *a, const struct gen_column *c)
{
    if (c->codec == CODEC_ARRAY)
        return array_type(a, c);
    if (c->codec == CODEC_ENUM)
        return slice_format(a, "enum %.*s", SLICE_ARG(c->enumeration->c));
    return slice_from(codec_info(c->codec)->plain);
}

static struct slice
field_type(struct arena *a, const struct gen_column *c)
{
    return has_opt(c) ? slice_from(codec_info(c->codec)->opt) : plain_type(a, c);
}

/* What the number in the field counts; none where the type says it all. */
static struct slice
unit_of(struct arena *a, const struct gen_column *c)
{
    enum codec codec = c->codec == CODEC_ARRAY ? c->element : c->codec;

    if (codec == CODEC_DECIMAL && c->scale != 0)
        return slice_format(a, "in units of 10^%d", -c->scale);
    if (codec == CODEC_DATE)
        return SLICE("days since 1970-01-01");
    if (codec == CODEC_TIME)
        return SLICE("microseconds since midnight");
    if (codec == CODEC_TIMESTAMP)
        return SLICE("microseconds UTC");
    return SLICE_NONE;
}

/* "numeric(10, 2) or NULL, in units of 10^-2, has a default" */
static struct slice
column_note(struct arena *a, const struct gen_column *c, bool in_view)
{
    struct slice unit = unit_of(a, c);
    struct text t;

    text_init(&t, a);
    text_add(&t, c->type_text.len > 0 ? c->type_text : SLICE("any"));
    if (c->nullable && !in_view)
        text_addz(&t, " or NULL");
    if (!slice_is_none(unit))
        text_addf(&t, ", %.*s", SLICE_ARG(unit));
    if (c->is_generated && !in_view)
        text_addz(&t, c->column->generated != NULL ? ", computed" : ", counted");
    else if (c->has_default)
        text_addz(&t, ", default");
    return text_slice(&t);
}

static struct slice
flags_text(struct arena *a, const struct gen_column *c)
{
    const struct {
        bool is_set;
        const char *name;
    } flags[] = {
        { c->nullable, "SCHEMAC_COLUMN_NULLABLE" },
        { c->has_default, "SCHEMAC_COLUMN_DEFAULT" },
        { c->is_generated, "SCHEMAC_COLUMN_GENERATED" },
        { c->is_rowid, "SCHEMAC_COLUMN_ROWID" },
        { c->after_insert, "SCHEMAC_COLUMN_AFTER_INSERT" },
        { c->after_update, "SCHEMAC_COLUMN_AFTER_UPDATE" },
        { c->opt_items, "SCHEMAC_COLUMN_OPT_ITEMS" },
        { c->is_inet, "SCHEMAC_COLUMN_INET" },
    };
    size_t count = 0;
    struct text t;

    text_init(&t, a);
    for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
        if (!flags[i].is_set)
            continue;
        if (count > 0)
            text_addz(&t, count % FLAGS_PER_LINE == 0 ? "\n                 | " : " | ");
        text_addz(&t, flags[i].name);
        count++;
    }
    return text_slice(&t);
}

static size_t
declaration_bytes(struct arena *a, const struct gen_column *c)
{
    return field_type(a, c).len + 1 + c->field.len;
}

/* Where the comments behind the fields begin. */
static size_t
comment_column(struct arena *a, const struct gen_table *t)
{
    size_t widest = 0;

    VEC_EACH (i, &t->columns) {
        size_t bytes = declaration_bytes(a, t->columns.items[i]);

        if (bytes > widest && bytes <= COMMENT_COLUMN_MAX)
            widest = bytes;
    }
    return widest;
}

static void
add_gap(struct arena *a, const struct gen_column *c, size_t width, struct record *r)
{
    size_t bytes = declaration_bytes(a, c);
    struct text gap;

    text_init(&gap, a);
    text_repeat(&gap, ' ', bytes < width ? width - bytes + 1 : 1);
    record_text(r, "gap", text_slice(&gap));
}

static struct record *
column_record(struct gen_model *m, const struct gen_table *t, size_t number, size_t width)
{
    struct arena *a = &m->s->arena;
    const struct gen_column *c = t->columns.items[number];
    struct record *r = record_new(a);

    record_textz(r, "name", c->name);
    record_number(r, "number", (int64_t)number);
    add_comment(r, c->comment);
    record_text(r, "type", c->type_text);
    record_text(r, "note", column_note(a, c, t->view != NULL));
    record_text(r, "field", c->field);
    record_text(r, "param", c->param);
    record_text(r, "c_type", field_type(a, c));
    record_text(r, "plain_type", plain_type(a, c));
    add_gap(a, c, width, r);
    record_bool(r, "note_above",
                width + column_note(a, c, t->view != NULL).len + FIELD_FRAME_BYTES
                    > LINE_BYTES_WALL);
    record_bool(r, "has_opt", has_opt(c));
    record_bool(r, "is_nullable", c->nullable);
    record_bool(r, "is_generated", c->is_generated);
    record_bool(r, "has_default", c->has_default);
    record_textf(r, "macro", "%.*s_COL_%.*s", SLICE_ARG(t->upper), SLICE_ARG(c->macro));
    record_textz(r, "codec", codec_info(c->codec)->macro);
    record_text(r, "flags", flags_text(a, c));
    record_textz(r, "element",
                 c->codec == CODEC_ARRAY ? codec_info(c->element)->macro : "");
    record_text(r, "item_type", item_type(a, c));
    record_bool(r, "has_opt_items", c->opt_items);
    record_bool(r, "has_scale", column_has_scale(c));
    record_number(r, "scale", c->scale);
    record_textf(r, "scale_macro", "%.*s_%.*s_SCALE", SLICE_ARG(t->upper),
                 SLICE_ARG(c->macro));
    record_bool(r, "is_enum", c->enumeration != NULL);
    record_text(r, "enum", c->enumeration == NULL ? SLICE("") : c->enumeration->c);
    if (c->enumeration != NULL)
        add_labels(m, c->enumeration, r);
    else
        record_list(r, "labels");
    add_column_facts(m, c, r);
    return r;
}

static void
list_share(struct list *l, const struct record *shared)
{
    struct value value = { VALUE_RECORD, { .record = shared } };

    VEC_PUSH(l->arena, &l->items, value);
}

/* ---- masks ---- */

/* NEW: what has no value of its own; ALL: everything that can be written. */
static void
add_mask_words(struct gen_model *m, const struct gen_table *t, struct record *r,
               const char *name, bool with_defaults)
{
    struct list *words = record_list(r, name);

    for (size_t word = 0; word * 64 < t->columns.count; word++) {
        uint64_t bits = 0;

        for (size_t i = word * 64; i < t->columns.count && i < word * 64 + 64; i++) {
            const struct gen_column *c = t->columns.items[i];

            if (!c->is_generated && (with_defaults || !c->has_default))
                bits |= UINT64_C(1) << i % 64;
        }
        list_text(words, slice_format(&m->s->arena, "0x%" PRIx64, bits));
    }
}

static void
add_mask(struct gen_model *m, const struct gen_table *t, struct record *r)
{
    struct record *mask = record_record(r, "mask");

    record_bool(mask, "is_word", t->columns.count <= 64);
    if (t->columns.count <= 64) {
        record_textz(mask, "param", "uint64_t columns");
        record_textz(mask, "argument", "columns");
    } else {
        record_textf(mask, "param", "const struct %.*s_mask *columns", SLICE_ARG(t->c));
        record_textz(mask, "argument", "columns == NULL ? NULL : columns->words");
    }
    record_number(mask, "words", (int64_t)(t->columns.count + 63) / 64);
    add_mask_words(m, t, mask, "new", false);
    add_mask_words(m, t, mask, "all", true);
}

/* ---- keys ---- */

static const char *const kind_macros[] = {
    [GEN_KEY_PRIMARY] = "SCHEMAC_KEY_PRIMARY",
    [GEN_KEY_UNIQUE] = "SCHEMAC_KEY_UNIQUE",
    [GEN_KEY_INDEX] = "SCHEMAC_KEY_INDEX",
    [GEN_KEY_FOREIGN] = "SCHEMAC_KEY_FOREIGN",
};

static const char *const kind_words[] = {
    [GEN_KEY_PRIMARY] = "primary key",
    [GEN_KEY_UNIQUE] = "unique key",
    [GEN_KEY_INDEX] = "index",
    [GEN_KEY_FOREIGN] = "foreign key",
};

static void
add_key_record(struct gen_model *m, const struct gen_key *k, size_t number,
               const struct record *const *columns, struct list *to)
{
    struct arena *a = &m->s->arena;
    struct record *r = list_record(to);
    struct list *all = record_list(r, "columns");
    struct list *fixed = record_list(r, "fixed");
    struct text names;

    text_init(&names, a);
    VEC_EACH (i, &k->columns) {
        size_t at = k->columns.items[i];

        list_share(all, columns[at]);
        if (i + 1 < k->columns.count)
            list_share(fixed, columns[at]);
        text_addz(&names, i == 0 ? "" : ", ");
        text_add(&names, record_find(columns[at], SLICE("name"))->u.text);
    }
    record_share(r, "last", columns[k->columns.items[k->columns.count - 1]]);
    record_text(r, "column_names", text_slice(&names));
    record_text(r, "name", k->name);
    record_number(r, "number", (int64_t)number);
    record_number(r, "column_count", (int64_t)k->columns.count);
    record_text(r, "macro", k->macro);
    record_textz(r, "kind", kind_macros[k->kind]);
    record_textz(r, "kind_words", kind_words[k->kind]);
    record_text(r, "refers_to", k->kind == GEN_KEY_FOREIGN ? k->refers_to : SLICE(""));
    record_bool(r, "is_primary", k->kind == GEN_KEY_PRIMARY);
    record_text(r, "by", slice_is_none(k->by) ? SLICE("") : k->by);
    record_bool(r, "has_find", k->has_find);
    record_bool(r, "has_upsert", k->has_upsert);
    record_bool(r, "has_cursor", k->has_cursor);
    record_bool(r, "has_range", k->has_range);
    record_bool(r, "has_list", k->has_list);
    add_key_facts(m, k, r);
}

/* ---- tables ---- */

static void
add_columns(struct gen_model *m, const struct gen_table *t, struct record *r)
{
    struct arena *a = &m->s->arena;
    const struct record **made = ARENA_ARRAY(a, const struct record *, t->columns.count);
    struct list *columns = record_list(r, "columns");
    struct list *required = record_list(r, "required");
    struct list *keys = record_list(r, "keys");
    size_t width = comment_column(a, t);

    VEC_EACH (i, &t->columns) {
        made[i] = column_record(m, t, i, width);
        list_share(columns, made[i]);
        if (t->view == NULL && column_must_be_given(t->columns.items[i]))
            list_share(required, made[i]);
    }
    VEC_EACH (i, &t->keys)
        add_key_record(m, t->keys.items[i], i, made, keys);
    if (t->has_primary)
        record_share(r, "primary", keys->items.items[0].u.record);
    else
        record_text(r, "primary", SLICE(""));
}

static bool
has_scales(const struct gen_table *t)
{
    VEC_EACH (i, &t->columns)
        if (column_has_scale(t->columns.items[i]))
            return true;
    return false;
}

static bool
has_arrays(const struct gen_table *t)
{
    VEC_EACH (i, &t->columns)
        if (t->columns.items[i]->codec == CODEC_ARRAY)
            return true;
    return false;
}

/* In its columns, or in arrays. */
static bool
has_codec(const struct gen_table *t, enum codec first, enum codec last)
{
    VEC_EACH (i, &t->columns) {
        const struct gen_column *c = t->columns.items[i];
        enum codec codec = c->codec == CODEC_ARRAY ? c->element : c->codec;

        if (codec >= first && codec <= last)
            return true;
    }
    return false;
}

static bool
is_read_again(const struct gen_table *t)
{
    VEC_EACH (i, &t->columns)
        if (t->columns.items[i]->after_insert || t->columns.items[i]->after_update)
            return true;
    return false;
}

static bool
has_comments(const struct gen_table *t)
{
    VEC_EACH (i, &t->columns)
        if (!slice_is_none(t->columns.items[i]->comment)
            && t->columns.items[i]->comment.len > 0)
            return true;
    return false;
}

static void
add_table_record(struct gen_model *m, const struct gen_table *t, struct list *to)
{
    struct record *r = list_record(to);
    struct list *enums;
    bool can_change = t->has_primary && !t->is_append_only;

    record_text(r, "name", t->name);
    record_text(r, "schema_name", slice_is_none(t->schema) ? SLICE("") : t->schema);
    record_text(r, "flat_name", slice_is_none(t->flat_name) ? SLICE("") : t->flat_name);
    add_comment(r, t->comment);
    record_text(r, "c", t->c);
    record_text(r, "upper", t->upper);
    record_text(r, "file", t->file);
    record_bool(r, "is_view", t->view != NULL);
    record_bool(r, "is_append_only", t->is_append_only);
    record_bool(r, "can_insert", t->view == NULL);
    record_bool(r, "can_change", can_change);
    record_bool(r, "has_primary", t->has_primary);
    record_textz(r, "row_name", t->row_name == NULL ? "" : t->row_name);
    record_bool(r, "uses_enum_types", t->uses_enum_types);
    record_bool(r, "has_scales", has_scales(t));
    record_bool(r, "has_arrays", has_arrays(t));
    record_bool(r, "has_moments", has_codec(t, CODEC_DATE, CODEC_TIMESTAMP));
    record_bool(r, "has_uuids", has_codec(t, CODEC_UUID, CODEC_UUID));
    record_bool(r, "has_labels", has_codec(t, CODEC_ENUM, CODEC_ENUM));
    record_bool(r, "is_read_again", is_read_again(t));
    record_bool(r, "has_comments", has_comments(t));
    record_number(r, "column_count", (int64_t)t->columns.count);
    record_number(r, "key_count", (int64_t)t->keys.count);
    add_mask(m, t, r);
    add_columns(m, t, r);
    enums = record_list(r, "enums");
    VEC_EACH (i, &t->enums)
        add_enum(m, t->enums.items[i], enums);
    add_table_facts(m, t, r);
    add_initial(m, t, r);
}

static void
add_schema(struct gen_model *m, struct record *root)
{
    const struct gen_chain *chain = m->request->chains[0];
    const struct gen_version *newest = &chain->versions.items[chain->versions.count - 1];
    struct record *r = record_record(root, "schema");

    record_text(r, "name", m->name);
    record_text(r, "c", m->prefix);
    record_text(r, "upper", m->upper);
    record_text(r, "version", newest->version);
    record_text(r, "fingerprint", newest->fingerprint);
    record_bool(r, "has_enums", m->enums.count > 0);
}

/* Their fingerprints are of what is declared, and the same for every engine. */
static void
add_version_list(struct gen_model *m, struct record *root)
{
    struct list *versions = record_list(root, "versions");

    VEC_EACH (i, &m->request->chains[0]->versions) {
        const struct gen_version *v = &m->request->chains[0]->versions.items[i];
        struct record *r = list_record(versions);

        record_text(r, "version", v->version);
        record_text(r, "fingerprint", v->fingerprint);
    }
}

const struct record *
model_records(struct gen_model *m)
{
    struct record *root = record_new(&m->s->arena);
    struct list *tables;
    struct list *enums;

    add_schema(m, root);
    add_version_list(m, root);
    enums = record_list(root, "enums");
    VEC_EACH (i, &m->enums)
        add_enum(m, m->enums.items[i], enums);
    tables = record_list(root, "tables");
    VEC_EACH (i, &m->tables)
        add_table_record(m, m->tables.items[i], tables);
    add_engines(m, root);
    return root;
}

const struct record *
view_build(struct session *s, const struct gen_request *request)
{
    struct gen_model m;

    if (!model_build(s, request, &m))
        return NULL;
    model_claim_names(&m);
    return model_records(&m);
}
