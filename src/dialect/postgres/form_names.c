/*
 * The names that the server gives the items of FROM (ruleutils.c, set_rtable_names): an
 * item that is called like another one of its query, or of a query around it, gets a
 * number.
 *
 *   SELECT u.id FROM users u WHERE EXISTS (SELECT 1 FROM users u WHERE u.id = 7)
 *   →                              EXISTS (SELECT 1 FROM users u_1 WHERE u_1.id = 7)
 *
 * A query in FROM or WITH stands inside of the query that it is written in, though it
 * does not see the items there: their names are taken all the same.
 */
#include <assert.h>
#include <stdio.h>

#include "dialect/postgres/form.h"
#include "model/naming.h"

#define NUMBER_BYTES_MAX 16

struct form_name {
    struct slice name;
    unsigned used; /* numbers that were tried behind it */
};

static bool
is_taken(const struct form_level *level, struct slice name)
{
    for (; level != NULL; level = level->above)
        if (map_has(&level->taken, name))
            return true;
    return false;
}

static struct form_name *
take(const struct form *f, struct form_level *level, struct slice name)
{
    struct form_name *n = map_get(&level->taken, name);

    if (n == NULL) {
        n = ARENA_NEW(f->a, struct form_name);
        *n = (struct form_name){ .name = name };
        map_put(&level->taken, name, n);
    }
    return n;
}

/* u → u_2, in 63 bytes; no letter is cut in two. */
static struct slice
numbered(const struct form *f, struct slice name, unsigned number)
{
    char digits[NUMBER_BYTES_MAX];
    int len = snprintf(digits, sizeof digits, "_%u", number);

    name = naming_clip(name, IDENTIFIER_BYTES_MAX - (size_t)len);
    return slice_format(f->a, "%.*s%s", SLICE_ARG(name), digits);
}

static void
add_name(const struct form *f, struct form_level *level, struct slice name)
{
    struct slice own = name;

    if (!slice_is_none(name)) {
        bool taken = is_taken(level, name);
        struct form_name *n = take(f, level, name);

        while (taken) {
            own = numbered(f, name, ++n->used);
            taken = is_taken(level, own);
        }
        take(f, level, own);
    }
    VEC_PUSH(f->a, &level->names, own);
}

static struct slice
alias_or(const struct expr *alias, struct slice name)
{
    return alias == NULL ? name : alias->text;
}

static void
add_names(const struct form *f, struct form_level *level, const struct expr *from)
{
    switch ((int)from->kind) {
    case QUERY_TABLE:
        add_name(f, level, alias_or(from->args[0], from->text));
        break;
    case QUERY_FROM_QUERY:
        if (from->args[0]->kind == QUERY_JOIN) /* (a JOIN b ON …) AS c: c comes last */
            add_names(f, level, from->args[0]);
        add_name(f, level, alias_or(from->args[1], SLICE_NONE));
        break;
    case QUERY_FROM_CALL:
        add_name(f, level, alias_or(from->args[1], from->args[0]->text));
        break;
    case QUERY_JOIN:
        add_names(f, level, from->args[0]);
        add_names(f, level, from->args[1]);
        break;
    case QUERY_SAMPLE:
        add_names(f, level, from->args[0]);
        break;
    case EXPR_LIST:
        for (size_t i = 0; i < from->arg_count; i++)
            add_names(f, level, from->args[i]);
        break;
    default:
        add_name(f, level, SLICE_NONE);
        break;
    }
}

void
form_names_open(const struct form *f, struct form_level *level,
                const struct form_level *above, const struct expr *from)
{
    *level = (struct form_level){ .above = above };
    map_init(&level->taken, f->a);
    if (from != NULL)
        add_names(f, level, from);
}

void
form_names_reserve(const struct form *f, struct form_level *level, struct slice name)
{
    take(f, level, name);
}

struct slice
form_names_next(struct form_level *level)
{
    assert(level->next < level->names.count);
    return level->names.items[level->next++];
}
