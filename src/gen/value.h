/*
 * View records: a small tree of named values.  gen/view.c builds it, templates read it;
 * it can be printed as JSON for those who make their own templates.
 */
#ifndef SCHEMAC_GEN_VALUE_H
#define SCHEMAC_GEN_VALUE_H

#include "base/text.h"
#include "base/vec.h"

enum value_kind {
    VALUE_TEXT,   /* u.text; none and empty are the same */
    VALUE_NUMBER, /* u.number */
    VALUE_BOOL,   /* u.boolean */
    VALUE_LIST,   /* u.list, never NULL */
    VALUE_RECORD, /* u.record, never NULL */
};

struct value {
    enum value_kind kind;
    union {
        struct slice text;
        int64_t number;
        bool boolean;
        const struct list *list;
        const struct record *record;
    } u;
};

struct list {
    struct arena *arena;
    VEC(struct value) items;
};

struct field {
    struct slice name;
    struct value value;
};

/* Some fields of a record, and those that came behind them. */
struct field_run {
    struct field_run *next;
    struct field *items;
    uint32_t count;
    uint32_t capacity;
};

/* Runs of fields in the order in which they were set; names differ.  A large schema has
 * millions of them: a record that grows leaves nothing behind. */
struct record {
    struct arena *arena;
    struct field_run *first; /* NULL: there are none */
    struct field_run *last;
};

struct record *record_new(struct arena *a);
void record_text(struct record *r, const char *name, struct slice text);
void record_textz(struct record *r, const char *name, const char *text);
void record_textf(struct record *r, const char *name, const char *format, ...)
    PRINTF_LIKE(3, 4);
void record_number(struct record *r, const char *name, int64_t number);
void record_bool(struct record *r, const char *name, bool boolean);
struct record *record_record(struct record *r, const char *name);
/* The same record under another name: a tree may share branches, never be a circle. */
void record_share(struct record *r, const char *name, const struct record *shared);
struct list *record_list(struct record *r, const char *name);
struct record *list_record(struct list *l);
void list_text(struct list *l, struct slice text);

const struct value *record_find(const struct record *r, struct slice name); /* or NULL */
/* false, 0, "", an empty list are false; a record is true. */
bool value_is_true(const struct value *v);

/* Two blanks of indent per level, fields in their order. */
void record_print_json(const struct record *r, struct text *out);
void text_add_json_string(struct text *out, struct slice s); /* with its quotes */

#endif
