/*
 * What the files that print trees share; everybody else uses sqlw_expr.
 */
#ifndef SCHEMAC_EXPR_PRINT_H
#define SCHEMAC_EXPR_PRINT_H

#include "expr/sqlw.h"

/* "(" without a blank before it, as in a call. */
void print_open_tight(struct sqlw *w);
/* Words given in lower case, written in upper case. */
void print_upper(struct sqlw *w, struct slice words);
/* A new line, indented by `indent` more blanks, where the query is laid out in lines. */
void print_line_break(struct sqlw *w, size_t indent);
/* The arguments from `first` on, with commas. */
void print_args(struct sqlw *w, const struct expr *e, size_t first);
/* An EXPR_LIST as (a, b). */
void print_list_in_parens(struct sqlw *w, const struct expr *list);
/* The parts of a dotted name, each with its dot behind it. */
void print_qualifiers(struct sqlw *w, const struct expr *e, size_t first);
/* OVER (…) and WINDOW w AS (…): what stands in the parentheses. */
void print_window_body(struct sqlw *w, const struct expr *window, bool with_base);
/* EXPR_CALL and the kinds that belong to it. */
void print_call(struct sqlw *w, const struct expr *e);
void print_call_keyword(struct sqlw *w, const struct expr *e);
void print_named_argument(struct sqlw *w, const struct expr *e);
void print_window(struct sqlw *w, const struct expr *e);
void print_form(struct sqlw *w, const struct expr *e);
void print_words(struct sqlw *w, const struct expr *e);
void print_frame(struct sqlw *w, const struct expr *e);
/* A node of the QUERY_ kinds. */
void print_query(struct sqlw *w, const struct expr *e);

/* Would `child` be read differently, as this argument of `parent`, without parentheses?
 */
bool precedence_needs_parens(const struct expr *parent, size_t arg,
                             const struct expr *child);

/* No operator: it needs parentheses nowhere. */
bool precedence_is_primary(const struct expr *e);
/* Weaker than any operator of its own, or no b_expr: IN and FROM inside the parentheses
 * of position(), substring() and their kin would end it. */
bool precedence_is_weak(const struct expr *e);

#endif
