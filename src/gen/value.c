/*
 * Building, asking and printing view records.
 */
#include "gen/value.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

struct record *
record_new(struct arena *a)
{
    struct record *r = ARENA_NEW(a, struct record);

    r->arena = a;
    return r;
}

/* A line of SQL has two fields, a step a dozen, a column over thirty: few sizes, because
 * what a record leaves behind when it grows is lost. */
static size_t
next_capacity(size_t capacity)
{
    return capacity == 0 ? 2 : capacity == 2 ? 8 : capacity == 8 ? 36 : capacity * 2;
}

static void
set(struct record *r, const char *name, struct value value)
{
    struct field field = { slice_from(name), value };
    size_t count = r->fields.count;

    assert(record_find(r, field.name) == NULL);
    if (count == r->fields.capacity) {
        r->fields.capacity = next_capacity(count);
        r->fields.items =
            arena_extend(r->arena, r->fields.items, count * sizeof field,
                         r->fields.capacity * sizeof field);
    }
    r->fields.items[r->fields.count++] = field;
}

void
record_text(struct record *r, const char *name, struct slice text)
{
    set(r, name, (struct value){ VALUE_TEXT, { .text = text } });
}

void
record_textz(struct record *r, const char *name, const char *text)
{
    record_text(r, name, slice_from(text));
}

void
record_textf(struct record *r, const char *name, const char *format, ...)
{
    struct text t;
    va_list args;

    text_init(&t, r->arena);
    va_start(args, format);
    text_vaddf(&t, format, args);
    va_end(args);
    record_text(r, name, text_slice(&t));
}

void
record_number(struct record *r, const char *name, int64_t number)
{
    set(r, name, (struct value){ VALUE_NUMBER, { .number = number } });
}

void
record_bool(struct record *r, const char *name, bool boolean)
{
    set(r, name, (struct value){ VALUE_BOOL, { .boolean = boolean } });
}

void
record_share(struct record *r, const char *name, const struct record *shared)
{
    set(r, name, (struct value){ VALUE_RECORD, { .record = shared } });
}

struct record *
record_record(struct record *r, const char *name)
{
    struct record *made = record_new(r->arena);

    record_share(r, name, made);
    return made;
}

struct list *
record_list(struct record *r, const char *name)
{
    struct list *made = ARENA_NEW(r->arena, struct list);

    made->arena = r->arena;
    set(r, name, (struct value){ VALUE_LIST, { .list = made } });
    return made;
}

struct record *
list_record(struct list *l)
{
    struct record *made = record_new(l->arena);
    struct value value = { VALUE_RECORD, { .record = made } };

    VEC_PUSH(l->arena, &l->items, value);
    return made;
}

void
list_text(struct list *l, struct slice text)
{
    struct value value = { VALUE_TEXT, { .text = text } };

    VEC_PUSH(l->arena, &l->items, value);
}

const struct value *
record_find(const struct record *r, struct slice name)
{
    VEC_EACH (i, &r->fields)
        if (slice_equal(name, r->fields.items[i].name))
            return &r->fields.items[i].value;
    return NULL;
}

bool
value_is_true(const struct value *v)
{
    switch (v->kind) {
    case VALUE_TEXT:
        return v->u.text.len > 0;
    case VALUE_NUMBER:
        return v->u.number != 0;
    case VALUE_BOOL:
        return v->u.boolean;
    case VALUE_LIST:
        return v->u.list->items.count > 0;
    case VALUE_RECORD:
        return true;
    }
    return false;
}

/* ---- JSON ---- */

void
text_add_json_string(struct text *out, struct slice s)
{
    text_addc(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c == '"' || c == '\\')
            text_addf(out, "\\%c", c);
        else if (c == '\n')
            text_addz(out, "\\n");
        else if (c < 0x20)
            text_addf(out, "\\u%04x", c);
        else
            text_addc(out, (char)c);
    }
    text_addc(out, '"');
}

static void print_value(const struct value *v, size_t indent, struct text *out);

static void
print_newline(size_t indent, struct text *out)
{
    text_addc(out, '\n');
    text_repeat(out, ' ', indent);
}

static void
print_record(const struct record *r, size_t indent, struct text *out)
{
    text_addc(out, '{');
    VEC_EACH (i, &r->fields) {
        text_addz(out, i == 0 ? "" : ",");
        print_newline(indent + 2, out);
        text_add_json_string(out, r->fields.items[i].name);
        text_addz(out, ": ");
        print_value(&r->fields.items[i].value, indent + 2, out);
    }
    if (r->fields.count > 0)
        print_newline(indent, out);
    text_addc(out, '}');
}

static void
print_list(const struct list *l, size_t indent, struct text *out)
{
    text_addc(out, '[');
    VEC_EACH (i, &l->items) {
        text_addz(out, i == 0 ? "" : ",");
        print_newline(indent + 2, out);
        print_value(&l->items.items[i], indent + 2, out);
    }
    if (l->items.count > 0)
        print_newline(indent, out);
    text_addc(out, ']');
}

/* Records nest as deep as view.c builds them, which is a handful of levels. */
static void
print_value(const struct value *v, size_t indent, struct text *out)
{
    switch (v->kind) {
    case VALUE_TEXT:
        text_add_json_string(out, v->u.text);
        break;
    case VALUE_NUMBER:
        text_addf(out, "%" PRId64, v->u.number);
        break;
    case VALUE_BOOL:
        text_addz(out, v->u.boolean ? "true" : "false");
        break;
    case VALUE_LIST:
        print_list(v->u.list, indent, out);
        break;
    case VALUE_RECORD:
        print_record(v->u.record, indent, out);
        break;
    }
}

void
record_print_json(const struct record *r, struct text *out)
{
    print_record(r, 0, out);
    text_addc(out, '\n');
}
