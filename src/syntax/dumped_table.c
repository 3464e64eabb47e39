/*
 * How sqlite3's .dump says that there is a virtual table: by a row of the schema table,
 *
 *     INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)
 *         VALUES('table','f','f',0,'CREATE VIRTUAL TABLE f USING fts5(x)');
 *
 * since running the statement would make the module's own tables a second time.  The
 * statement inside of the string is read in place of the INSERT; places in it are counted
 * from its own beginning, for doubled quotes have gone.
 * [https://www.sqlite.org/cli.html, .dump]
 */
#include "syntax/scan.h"

#include <string.h>

static bool
is_schema_table(const struct scan *c, size_t at)
{
    return word_at(c, at, "sqlite_schema") || word_at(c, at, "sqlite_master");
}

/* The statement in the string that ends the row; none: this is no such INSERT. */
static struct slice
dumped_statement(const struct scan *c)
{
    size_t begin = c->piece.begin;
    size_t end = c->piece.end;
    struct slice text;

    if (!word_at(c, begin, "insert") || !word_at(c, begin + 1, "into")
        || !is_schema_table(c, begin + 2) || end < begin + 5 || kind_at(c, end - 1) != ')'
        || kind_at(c, end - 2) != T_SCONST)
        return SLICE_NONE;
    text = token_string(c->s, c->t, token_at(c, end - 2));
    return slice_equal_fold(slice_sub(text, 0, strlen("create virtual table ")),
                            SLICE("create virtual table "))
               ? text
               : SLICE_NONE;
}

bool
scan_dumped_table(const struct scan *c, struct scan *out, struct slice *text)
{
    struct sources *sources = &c->s->sources;
    struct slice file = source_get(sources, c->t->source)->name;
    struct tokens *tokens;
    uint32_t source;

    *text = dumped_statement(c);
    if (slice_is_none(*text))
        return false;
    source = source_add(&c->s->arena, sources,
                        slice_format(&c->s->arena, "%.*s, a row of sqlite_schema",
                                     SLICE_ARG(file)),
                        *text);
    tokens = ARENA_NEW(&c->s->scratch, struct tokens);
    lex_span(c->s, &c->s->scratch, (struct span){ source, 0, (uint32_t)text->len },
             tokens);
    *out = (struct scan){ c->s, tokens, { .end = tokens->all.count - 1 } };
    return true;
}
