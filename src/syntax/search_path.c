/*
 * SET search_path and its like, from the text of the statement: the grammar skips them.
 */
#include "syntax/search_path.h"

#include "grammar/parser.h"
#include "syntax/token.h"

static void
add_name(struct arena *a, struct ast_names *out, struct slice name)
{
    VEC_PUSH(a, &out->all, ((struct ast_name){ .name = name, .span = SPAN_NONE }));
}

/* set_config takes the whole list as one text: 'a, "B"'. */
static void
split_text(struct arena *a, struct slice text, struct ast_names *out)
{
    size_t i = 0;

    while (i < text.len) {
        bool quoted = text.ptr[i] == '"';
        size_t begin = i + quoted;
        size_t end = begin;
        struct slice name;

        while (end < text.len && text.ptr[end] != (quoted ? '"' : ','))
            end++;
        name = slice_trim(slice_sub(text, begin, end));
        if (name.len > 0)
            add_name(a, out, quoted ? name : slice_lower(a, name));
        i = end + 1;
        while (i < text.len && (text.ptr[i] == ' ' || text.ptr[i] == ','))
            i++;
    }
}

static bool
read_set_config(struct arena *a, const struct expr *query, struct ast_names *out)
{
    const struct expr *targets, *call;

    if (query->kind != QUERY_SELECT || (targets = query->args[SELECT_TARGETS]) == NULL
        || targets->arg_count != 1 || targets->args[0]->kind != QUERY_TARGET
        || targets->args[0]->arg_count == 0)
        return false;
    call = targets->args[0]->args[0];
    if (call == NULL || call->kind != EXPR_CALL || !slice_is(call->text, "set_config")
        || call->arg_count < CALL_ARGS + 2 || call->args[CALL_ARGS]->kind != EXPR_STRING
        || !slice_is_fold(call->args[CALL_ARGS]->text, "search_path")
        || call->args[CALL_ARGS + 1]->kind != EXPR_STRING)
        return false;
    split_text(a, call->args[CALL_ARGS + 1]->text, out);
    return true;
}

/* The list behind TO: names and strings; the word DEFAULT is nothing. */
static void
read_list(struct session *s, struct arena *a, const struct tokens *t, size_t i,
          struct ast_names *out)
{
    for (; i < t->all.count && t->all.items[i].kind != T_END; i++) {
        const struct token *token = &t->all.items[i];

        if (token->kind == ',' || token->kind == '=' || token->kind == ';'
            || token_is_word(t, token, "to") || token_is_word(t, token, "default"))
            continue;
        if (token->kind == T_SCONST)
            add_name(a, out, token_string(s, t, token));
        else
            add_name(a, out, token_name(s, t, token));
    }
}

static bool
read_set(struct session *s, struct arena *a, const struct stmt *stmt,
         struct ast_names *out)
{
    struct tokens t = { .source = 0 };
    size_t i = 1;

    lex_span(s, a, stmt->span, &t);
    if (t.all.count < 3)
        return false;
    if (token_is_word(&t, &t.all.items[0], "reset"))
        return token_is_word(&t, &t.all.items[1], "search_path");
    if (!token_is_word(&t, &t.all.items[0], "set"))
        return false;
    if (token_is_word(&t, &t.all.items[1], "session")
        || token_is_word(&t, &t.all.items[1], "local"))
        i++;
    if (!token_is_word(&t, &t.all.items[i], "search_path")
        && !token_is_word(&t, &t.all.items[i], "schema"))
        return false;
    read_list(s, a, &t, i + 1, out);
    return true;
}

static bool
contains_fold(struct slice text, const char *word, size_t len)
{
    for (size_t i = 0; i + len <= text.len; i++)
        if (slice_is_fold(slice_sub(text, i, i + len), word))
            return true;
    return false;
}

/* Dumps have many statements that are skipped, COPY with its rows among them: a look at
 * the text first. */
static bool
may_set_path(struct slice text)
{
    if (text.len < 8
        || (!slice_is_fold(slice_sub(text, 0, 3), "set")
            && !slice_is_fold(slice_sub(text, 0, 5), "reset")))
        return false;
    return contains_fold(text, "search_path", 11) || contains_fold(text, "schema", 6);
}

bool
search_path_read(struct session *s, struct arena *a, const struct stmt *stmt,
                 struct ast_names *out)
{
    *out = (struct ast_names){ .all = { .count = 0 } };
    if (stmt->kind == STMT_QUERY)
        return read_set_config(a, stmt->u.query->query, out);
    return stmt->kind == STMT_SKIPPED && may_set_path(stmt->text)
           && read_set(s, a, stmt, out);
}
