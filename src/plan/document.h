/*
 * The plan document as a small tree, and the two forms in which it is written.
 *
 * What it says is decided once (document*.c); a writer only escapes and lays out.  Texts
 * are as people and declarations wrote them, but for control characters: the builder
 * takes those out, so that no writer has to think of them.
 */
#ifndef SCHEMAC_PLAN_DOCUMENT_H
#define SCHEMAC_PLAN_DOCUMENT_H

#include "plan/internal.h"

enum doc_kind {
    DOC_HEADING,   /* text, level, number */
    DOC_PARAGRAPH, /* text */
    DOC_CODE,      /* text: SQL, several lines */
    DOC_LIST,      /* cells: an item each */
    DOC_CHECKLIST, /* cells: an item each, to be ticked off */
    DOC_TABLE,     /* cells, row by row, `columns` to a row; the first row is the head */
};
#define DOC_KIND_COUNT (DOC_TABLE + 1)

#define DOC_LEVEL_MAX 6 /* HTML and markdown have six levels of headings */

struct doc_cell {
    struct slice text; /* one line */
    bool is_code;
};

struct doc_block {
    enum doc_kind kind;
    unsigned level; /* 1: the title */
    size_t number;  /* of headings, from 1: what a link names */
    size_t columns;
    struct slice text;
    VEC(struct doc_cell) cells;
};

struct document {
    struct arena *arena;
    VEC(struct doc_block *) blocks;
    size_t headings;
};

/* A block is open for doc_cell and doc_code until the next one begins. */
void doc_heading(struct document *d, unsigned level, struct slice text);
void doc_paragraph(struct document *d, const char *format, ...) PRINTF_LIKE(2, 3);
void doc_sql(struct document *d, struct slice sql); /* empty: adds nothing */
void doc_list(struct document *d);
void doc_checklist(struct document *d);
void doc_table(struct document *d, const char *const *head, size_t columns);
void doc_cell(struct document *d, struct slice text);
void doc_cellf(struct document *d, const char *format, ...) PRINTF_LIKE(2, 3);
void doc_code(struct document *d, struct slice text);
void doc_number(struct document *d, size_t n);
/* Ends a list or table; one without items or rows becomes a paragraph that says `none`.
 * Needs: the last row is whole. */
void doc_end(struct document *d, const char *none);

#define DOC_TABLE(d, ...)                                                                \
    doc_table((d), (const char *const[]){ __VA_ARGS__ },                                 \
              ARRAY_LEN(((const char *const[]){ __VA_ARGS__ })))

struct doc_writer {
    const char *name; /* what --format calls it */
    void (*begin)(const struct document *d, struct text *out);
    void (*block[DOC_KIND_COUNT])(const struct doc_block *b, struct text *out);
    void (*end)(struct text *out);
};

extern const struct doc_writer doc_writer_markdown;
extern const struct doc_writer doc_writer_html;

/* ---- what the parts of a document are made from ---- */

struct doc_part {
    struct session *s;
    struct document *d;
    const struct plan *plan;
    const struct plan *back;  /* NULL: there is no way back */
    struct slice no_way_back; /* why not */
    uint32_t allowed;
    unsigned level;             /* of its sections' headings */
    struct map steps_of;        /* a change → struct step_numbers * */
    struct map steps_of_column; /* the same of all changes of a column */
};

struct step_numbers {
    VEC(size_t) all; /* from 1, ascending */
};

/* Where a change was declared, "1.1.0.sql:12", or "not declared" (a live database). */
struct slice doc_place(struct doc_part *p, const struct change *c);
/* The numbers of the steps that carry it out, "01, 04"; none: no step does. */
struct slice doc_steps_of(struct doc_part *p, const struct change *c);
struct slice doc_step_number(struct doc_part *p, size_t index);
/* Statements of steps as one text, each step under its name; `wanted` NULL:
 * of all steps. */
struct slice doc_statements(struct doc_part *p, const struct plan *plan,
                            bool (*wanted)(const struct action *a));
/* A query of each step that has one, likewise. */
struct slice doc_queries(struct doc_part *p,
                         struct slice (*query_of)(const struct action *a));

/* document_compare.c */
void doc_add_comparison(struct doc_part *p);
void doc_add_changes(struct doc_part *p);

/* document_impact.c */
enum impact {
    IMPACT_NONE,   /* programs do not notice */
    IMPACT_CHECK,  /* breaks those that rely on what is named */
    IMPACT_BREAKS, /* breaks all that use it */
};
#define IMPACT_COUNT (IMPACT_BREAKS + 1)

struct impact_rule {
    enum change_kind kind;
    bool (*applies)(const struct change *c); /* NULL: to every other change of the kind */
    enum impact readers;
    enum impact writers;
    const char *why;
};

const struct impact_rule *doc_impact_of(const struct change *c);
/* How many changes break all readers or all writers of what they are about. */
size_t doc_count_breaking(const struct plan *p);
void doc_add_impact(struct doc_part *p);

/* document_steps.c */
void doc_add_summary(struct doc_part *p);
void doc_add_statements(struct doc_part *p);
void doc_add_cost(struct doc_part *p);
void doc_add_data_steps(struct doc_part *p);
void doc_add_verification(struct doc_part *p);

/* document_risks.c */
void doc_add_risks(struct doc_part *p);
void doc_add_rollback(struct doc_part *p);
void doc_add_checklists(struct doc_part *p);
void doc_add_traceability(struct doc_part *p);

/* How many transactions it takes; steps outside of one are not counted. */
size_t doc_count_transactions(const struct plan *p);
size_t doc_count_steps(const struct plan *p, bool (*wanted)(const struct action *a));
bool doc_is_data_step(const struct action *a);
bool doc_is_verification(const struct action *a);
bool doc_stops_others(const struct action *a); /* for as long as it reads or writes */
size_t doc_count_preconditions(struct doc_part *p);
size_t doc_count_verifications(const struct plan *p);

#endif
