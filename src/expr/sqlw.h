/*
 * Writing SQL by typed calls: blanks and quotes cannot be forgotten.  One writer serves
 * the canonical printer and every dialect; what differs is a const struct sql_style.
 */
#ifndef SCHEMAC_EXPR_SQLW_H
#define SCHEMAC_EXPR_SQLW_H

#include "expr/expr.h"

struct sqlw;

struct sql_style {
    const char *name; /* "canonical", "postgres", "sqlite" */
    bool (*is_reserved)(
        struct slice name); /* must be quoted although its letters are plain */
    void (*write_type)(struct sqlw *w, const struct type *t);
    /* Writes the node its own way and returns true, or returns false for the common way.
     */
    bool (*write_expr)(struct sqlw *w, const struct expr *e); /* may be NULL */
    bool keeps_parens; /* also those that say nothing, where the writer put them */
};

struct sqlw {
    struct text *out;
    const struct sql_style *style;
    bool need_blank;    /* a blank goes before the next word */
    size_t indent;      /* of the next line, in blanks */
    size_t depth;       /* parentheses that are open */
    bool clause_lines;  /* sqlw_query: each clause begins a line … */
    size_t query_depth; /* … in the query that stands at this depth */
    /* As it is written, goes before columns with EXPR_OWN_TABLE; none: nothing does. */
    struct slice own_table;
};

void sqlw_init(struct sqlw *w, const struct sql_style *style, struct text *out);
void sqlw_kw(struct sqlw *w, const char *words);     /* keywords, written as they are */
void sqlw_upper(struct sqlw *w, struct slice words); /* keywords, in capitals */
void sqlw_ident(struct sqlw *w, struct slice name);  /* quoted where the style needs it */
void sqlw_qualified(struct sqlw *w, struct slice schema,
                    struct slice name); /* schema may be none */
void sqlw_idents(struct sqlw *w, const struct slice *names, size_t count); /* (a, b) */
void sqlw_string(struct sqlw *w, struct slice text);                       /* 'it''s' */
void sqlw_number(struct sqlw *w, int64_t n);
void sqlw_open(struct sqlw *w);  /* " (" ; no blank after it */
void sqlw_close(struct sqlw *w); /* ")" */
void sqlw_comma(struct sqlw *w); /* "," */
void sqlw_dot(struct sqlw *w);
void sqlw_newline(struct sqlw *w); /* and the indent */
void sqlw_raw(struct sqlw *w,
              struct slice sql); /* SQL that somebody else wrote; a word apart */
void sqlw_type(struct sqlw *w, const struct type *t);

/*
 * On one line, with the fewest parentheses that keep the tree under the precedence of
 * PostgreSQL and of SQLite both: a || (b + 1) means the same to each.
 */
void sqlw_expr(struct sqlw *w, const struct expr *e);
/* A query with a line for each clause; those inside it stay on one line. */
void sqlw_query(struct sqlw *w, const struct expr *query);
void sqlw_expr_parens(struct sqlw *w, const struct expr *e); /* always in ( … ) */
/* In ( … ), which may be the writer's own where the style keeps them. */
void sqlw_expr_grouped(struct sqlw *w, const struct expr *e);
/* Argument `arg` of an operator, in parentheses where sqlw_expr would put them; for
 * styles that write the operator their own way. */
void sqlw_operand(struct sqlw *w, const struct expr *parent, size_t arg);

extern const struct sql_style sql_style_canonical;

/*
 * The text between dollar quotes that it does not end: $word$, else $word1$, … (section
 * 4.1.2.4 of PostgreSQL's manual).  Without a word $$, else $body$, $body1$, …
 */
struct slice dollar_quoted(struct arena *a, struct slice text, const char *word);

/* Canonical text of an expression, for messages and hashes. */
struct slice expr_text(struct arena *a, const struct expr *e);

#endif
