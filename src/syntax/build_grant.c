/*
 * GRANT and REVOKE.
 */
#include "syntax/build.h"

struct ast_privilege
build_privilege(struct reader *rd, struct span span, struct slice name,
                const struct ast_names *columns)
{
    struct ast_privilege p = { .name = name, .span = span };

    (void)rd;
    if (columns != NULL)
        p.columns = *columns;
    return p;
}

struct ast_privilege
build_all_privileges(struct reader *rd, struct span span, struct span second_span,
                     struct slice name, struct slice second,
                     const struct ast_names *columns)
{
    if (!slice_is(name, "all") || !slice_is(second, "privileges"))
        reader_error(rd, D_SYNTAX, second_span, "unexpected \"%.*s\"", SLICE_ARG(second));
    return build_privilege(rd, span, name, columns);
}

struct ast_grant *
build_privileges(struct reader *rd, struct ast_grant *to, struct ast_privilege privilege)
{
    if (to == NULL) {
        to = ARENA_NEW(rd->arena, struct ast_grant);
        to->span = privilege.span;
        rd->stmt->kind = STMT_GRANT;
        rd->stmt->u.grant = to;
    }
    VEC_PUSH(rd->arena, &to->privileges, privilege);
    return to;
}

/* GRANT a, b TO c: each role is an object of its own, and to be a member its privilege.
 */
struct ast_grant *
build_grant_role(struct reader *rd, struct ast_grant *g)
{
    const struct ast_name members = { .name = SLICE("roles"), .span = g->span };
    struct ast_signature all = { .name = members };

    g->kind = SLICE("role");
    VEC_PUSH(rd->arena, &g->objects.all, all);
    return g;
}

void
build_grant_on(struct reader *rd, struct slice kind, const struct ast_signatures *objects)
{
    rd->stmt->u.grant->kind = kind;
    rd->stmt->u.grant->objects = *objects;
}

void
build_grant_on_word(struct reader *rd, struct span span, struct slice word,
                    const struct ast_signatures *objects)
{
    static const struct slice words[] = {
        { "procedure", 9 }, { "routine", 7 },     { "database", 8 },
        { "language", 8 },  { "tablespace", 10 },
    };
    struct slice near;
    struct diag *d;

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (slice_equal(word, words[i])) {
            build_grant_on(rd, slice_is(word, "routine") ? SLICE("function") : word,
                           objects);
            return;
        }
    d = reader_error(rd, D_SYNTAX, span, "nothing is granted on a kind \"%.*s\"",
                     SLICE_ARG(word));
    near = diag_nearest(word, words, ARRAY_LEN(words));
    if (!slice_is_none(near))
        diag_hint(&rd->s->diags, d, "did you mean %.*s?", SLICE_ARG(near));
}

void
build_grant_in_schema(struct reader *rd, struct span span, struct slice word,
                      const struct ast_signatures *schemas)
{
    struct slice kind = slice_is(word, "tables")       ? SLICE("table")
                        : slice_is(word, "sequences")  ? SLICE("sequence")
                        : slice_is(word, "functions")  ? SLICE("function")
                        : slice_is(word, "procedures") ? SLICE("procedure")
                        : slice_is(word, "routines")   ? SLICE("routine")
                                                       : SLICE_NONE;

    if (slice_is_none(kind))
        reader_error(rd, D_SYNTAX, span,
                     "ALL is followed by TABLES, SEQUENCES, FUNCTIONS, PROCEDURES or "
                     "ROUTINES");
    build_grant_on(rd, kind, schemas);
    rd->stmt->u.grant->in_schema = true;
}

void
build_grantee(struct reader *rd, struct span span, struct slice role)
{
    build_names(rd, &rd->stmt->u.grant->grantees, build_word_name(rd, span, role));
}

void
build_grant_option(struct reader *rd, struct span span, struct slice word)
{
    if (!slice_is(word, "grant") && !slice_is(word, "admin"))
        reader_error(rd, D_SYNTAX, span,
                     "WITH is followed by GRANT OPTION or ADMIN OPTION");
    rd->stmt->u.grant->option = true;
}

/* Who grants is an affair of the server. */
void
build_granted_by(struct reader *rd, struct span span, struct slice word)
{
    if (!slice_is(word, "granted"))
        reader_error(rd, D_SYNTAX, span, "unexpected \"%.*s\"", SLICE_ARG(word));
}
