/*
 * Building, asking and printing view records.
 */
#include "gen/value.h"

#include <inttypes.h>
#include <string.h>

struct record *
record_new(struct arena *a)
{
    struct record *r = ARENA_NEW(a, struct record);

    r->arena = a;
    return r;
}

/* A line of SQL has two fields, and there are most of those; a step has a dozen, a column
 * over thirty. */
#define FIRST_FIELDS 2
#define MORE_FIELDS 8

static void
add_run(struct record *r)
{
    uint32_t capacity = r->last == NULL ? FIRST_FIELDS : MORE_FIELDS;
    struct field_run *run = ARENA_NEW(r->arena, struct field_run);

    run->items = ARENA_ARRAY(r->arena, struct field, capacity);
    run->capacity = capacity;
    if (r->last == NULL)
        r->first = run;
    else
        r->last->next = run;
    r->last = run;
}

static void
set(struct record *r, const char *name, struct value value)
{
    struct field field = { slice_from(name), value };

    if (r->last == NULL || r->last->count == r->last->capacity)
        add_run(r);
    r->last->items[r->last->count++] = field;
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

static const struct value *
find_in_run(const struct field_run *run, struct slice name)
{
    char last = name.len == 0 ? '\0' : name.ptr[name.len - 1];

    for (uint32_t i = 0; i < run->count; i++) {
        struct slice other = run->items[i].name;

        /* Most names of one length end differently. */
        if (other.len == name.len && name.len > 0 && other.ptr[name.len - 1] == last
            && slice_equal(name, other))
            return &run->items[i].value;
    }
    return NULL;
}

const struct value *
record_find(const struct record *r, struct slice name)
{
    const struct value *found = NULL;

    for (const struct field_run *run = r->first; run != NULL && found == NULL;
         run = run->next)
        found = find_in_run(run, name);
    return found;
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
print_field(const struct field *field, size_t indent, struct text *out)
{
    print_newline(indent, out);
    text_add_json_string(out, field->name);
    text_addz(out, ": ");
    print_value(&field->value, indent, out);
}

static void
print_record(const struct record *r, size_t indent, struct text *out)
{
    text_addc(out, '{');
    for (const struct field_run *run = r->first; run != NULL; run = run->next)
        for (uint32_t i = 0; i < run->count; i++) {
            text_addz(out, run == r->first && i == 0 ? "" : ",");
            print_field(&run->items[i], indent + 2, out);
        }
    if (r->first != NULL)
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
