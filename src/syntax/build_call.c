/*
 * Calls, their special forms, windows.
 */
#include <string.h>

#include "syntax/build.h"

static struct expr *
new_call(struct reader *rd, struct span span, struct slice name, const struct exprs *args)
{
    size_t count = args == NULL ? 0 : args->all.count;
    struct expr *e = expr_new(rd->arena, EXPR_CALL, span, name, CALL_ARGS + count);

    if (count > 0)
        memcpy(e->args + CALL_ARGS, args->all.items, count * sizeof *e->args);
    return e;
}

const struct expr *
build_plain_call(struct reader *rd, struct span span, struct slice name,
                 const struct exprs *args)
{
    return new_call(rd, span, name, args);
}

const struct expr *
build_call(struct reader *rd, struct span span, struct span name_span,
           struct ast_name name, uint32_t flags, const struct exprs *args,
           const struct exprs *order)
{
    struct expr *e = new_call(rd, span, name.name, args);

    e->flags = flags;
    if (!slice_is_none(name.schema))
        e->args[CALL_QUALIFIER] = expr_leaf(rd->arena, EXPR_PART, name_span, name.schema);
    e->args[CALL_ORDER] = exprs_list(rd, span, order);
    return e;
}

const struct expr *
build_call_tail(struct reader *rd, struct span span, const struct expr *call,
                const struct exprs *within, const struct expr *filter,
                const struct expr *over)
{
    struct expr *e = (struct expr *)call; /* of build_call, and nobody else's yet */

    e->span = span;
    if (within != NULL) {
        e->flags |= EXPR_WITHIN_GROUP;
        e->args[CALL_ORDER] = exprs_list(rd, span, within);
    }
    e->args[CALL_FILTER] = filter;
    e->args[CALL_OVER] = over;
    return e;
}

const struct expr *
build_special(struct reader *rd, struct span span, const char *name, const struct expr *a,
              const struct expr *b, const struct expr *c, const struct expr *d)
{
    const struct expr *const all[] = { a, b, c, d };
    struct exprs *args = exprs_none(rd);
    struct expr *e;

    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (all[i] != NULL)
            exprs_add(rd, args, all[i]);
    e = new_call(rd, span, slice_from(name), args);
    e->flags = EXPR_SPECIAL;
    return e;
}

const struct expr *
build_trim(struct reader *rd, struct span span, struct slice side,
           const struct expr *characters, const struct exprs *from)
{
    struct exprs *args = exprs_none(rd);
    struct expr *e;

    VEC_EACH (i, &from->all)
        exprs_add(rd, args, from->all.items[i]);
    if (characters != NULL)
        exprs_add(rd, args, characters);
    e = new_call(rd, span, side, args);
    e->flags = EXPR_SPECIAL;
    return e;
}

/* (a, b) OVERLAPS (c, d) is the call of the function that it is in pg_proc; the server
 * remembers how it was spelt. */
const struct expr *
build_overlaps(struct reader *rd, struct span span, const struct expr *a,
               const struct expr *b)
{
    struct exprs *args = exprs_none(rd);
    struct expr *e;

    for (size_t i = 0; i < a->arg_count; i++)
        exprs_add(rd, args, a->args[i]);
    for (size_t i = 0; i < b->arg_count; i++)
        exprs_add(rd, args, b->args[i]);
    e = new_call(rd, span, SLICE("overlaps"), args);
    e->flags = EXPR_SPECIAL;
    return e;
}

/* ---- windows ---- */

const struct expr *
build_window_name(struct reader *rd, struct span span, struct slice name)
{
    struct expr *e = expr_new(rd->arena, EXPR_WINDOW, span, name, 3);

    e->flags = EXPR_NAME_ONLY;
    return e;
}

const struct expr *
build_window(struct reader *rd, struct span span, struct slice base,
             const struct exprs *partition, const struct exprs *order,
             const struct expr *frame)
{
    struct expr *e = expr_new(rd->arena, EXPR_WINDOW, span, base, 3);

    e->args[0] = exprs_list(rd, span, partition);
    e->args[1] = exprs_list(rd, span, order);
    e->args[2] = frame;
    return e;
}

/* WINDOW w AS (base …) */
const struct expr *
build_named_window(struct reader *rd, struct span span, struct slice name,
                   const struct expr *window)
{
    struct expr *e = (struct expr *)window;

    if (!slice_is_none(e->text)) {
        struct expr *based =
            expr_new(rd->arena, EXPR_WINDOW, span, name, WINDOW_BASE + 1);

        memcpy(based->args, e->args, WINDOW_BASE * sizeof *e->args);
        based->args[WINDOW_BASE] = expr_leaf(rd->arena, EXPR_PART, e->span, e->text);
        return based;
    }
    e->text = name;
    e->span = span;
    return e;
}

/* "rows between preceding and current row", with the offsets as arguments. */
const struct expr *
build_frame(struct reader *rd, struct span span, struct slice unit,
            struct frame_bound start, struct frame_bound end, struct slice exclusion)
{
    bool between = !slice_is_none(end.words);
    struct slice words = slice_format(
        rd->arena, "%.*s %s%.*s%s%.*s%s%.*s", SLICE_ARG(unit), between ? "between " : "",
        SLICE_ARG(start.words), between ? " and " : "", (int)end.words.len,
        between ? end.words.ptr : "", exclusion.len > 0 ? " " : "", (int)exclusion.len,
        exclusion.len > 0 ? exclusion.ptr : "");

    return expr_2(rd->arena, EXPR_FRAME, span, words, start.offset, end.offset);
}
