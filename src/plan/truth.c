/*
 * What a @verify query asks, without a grammar: sections are kept as text.
 */
#include "plan/internal.h"

#include "base/sqltext.h"

static int
depth_change(struct sqltext_token token)
{
    if (token.kind != SQLTEXT_OTHER)
        return 0;
    return slice_is(token.text, "(") ? 1 : slice_is(token.text, ")") ? -1 : 0;
}

/* Past WITH … to the SELECT of the query itself; false where there is none. */
static bool
find_select(struct sqltext *t)
{
    struct sqltext_token token;
    int depth = 0;

    while ((token = sqltext_next_code(t)).kind != SQLTEXT_END) {
        depth += depth_change(token);
        if (depth == 0 && sqltext_is_word(token, "select"))
            return true;
    }
    return false;
}

/* Is the target more than the name of a column?  `true` is a value. */
static bool
is_value(struct sqltext_token token)
{
    if (token.kind == SQLTEXT_QUOTED)
        return false;
    if (token.kind != SQLTEXT_WORD)
        return !slice_is(token.text, ".") && !slice_is(token.text, "*");
    return sqltext_is_word(token, "true") || sqltext_is_word(token, "false");
}

bool
query_asks_for_truth(struct slice sql)
{
    struct sqltext t = { .rest = sql };
    struct sqltext_token token;
    bool value = false;
    int depth = 0;

    if (!find_select(&t))
        return false;
    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END) {
        depth += depth_change(token);
        if (depth == 0 && sqltext_is_word(token, "from"))
            break;
        if (depth == 0 && slice_is(token.text, ","))
            return false;
        value = value || is_value(token);
    }
    return value;
}
