/*
 * Text in, syntax tree out.
 *
 * A source is cut into statements first (strings, comments, dollar quotes, BEGIN … END of
 * SQLite trigger bodies respected), each statement is classified by its first words
 * (syntax/statements.def) and, where modelled, parsed by the bison grammar on its own. So
 * a mistake in one statement costs one diagnostic, and the next is read as if nothing had
 * happened.
 */
#ifndef SCHEMAC_SYNTAX_PARSE_H
#define SCHEMAC_SYNTAX_PARSE_H

#include "syntax/ast.h"

/*
 * Parse source number `source` of s->sources.  *out is always set; true when this source
 * added no error to s->diags.
 */
bool parse_source(struct session *s, uint32_t source, struct ast **out);

/* A lone expression, as in `@from EXPR`; NULL after reporting an error. */
const struct expr *parse_expr(struct session *s, struct span span);

/* "numeric(10,2)[]": NULL after reporting an error. */
const struct type *parse_type(struct session *s, struct span span);

/*
 * The declaration file laid out canonically, comments and annotations kept where they
 * were; false when the source has errors.  Formatting what this returns gives the same
 * text again.
 */
bool format_source(struct session *s, uint32_t source, struct slice *out);

#endif
