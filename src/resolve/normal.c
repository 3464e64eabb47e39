/*
 * The normal text of what is kept whole: comments are left out and white space becomes
 * one blank, but not inside quotes.  "a  -- x\n + 'b  c'" becomes "a + 'b  c'".
 */
#include "resolve/build.h"

#include "base/sqltext.h"

static bool
is_space(struct sqltext_token token)
{
    return token.kind == SQLTEXT_BLANK || token.kind == SQLTEXT_LINE_COMMENT
           || token.kind == SQLTEXT_BLOCK_COMMENT;
}

struct slice
definition_normal(struct arena *a, struct slice text)
{
    struct sqltext t = { .rest = text };
    struct sqltext_token token;
    bool after_space = false;
    struct text out;

    text_init(&out, a);
    while ((token = sqltext_next(&t)).kind != SQLTEXT_END) {
        if (!is_space(token)) {
            if (after_space && out.len > 0)
                text_addc(&out, ' ');
            text_add(&out, token.text);
        }
        after_space = is_space(token);
    }
    return text_slice(&out);
}
