/*
 * Renames in place.  SQLite follows them through foreign keys, checks and indexes; views
 * and triggers that name what moves were taken down before and come back with the text
 * of the new catalog.
 *
 * A name that is still taken waits for its holder to move on.  Where all wait for each
 * other (a swap), or only the letter case changes (which SQLite refuses for tables), one
 * steps aside first, under a name of ours.
 */
#include "dialect/sqlite/alter.h"

#include "model/naming.h"

struct move {
    struct slice from;
    struct slice to;
    const struct change *cause;
    bool done;
};

struct moves {
    VEC(struct move) all;
    struct map holders; /* folded current name → struct move *, of those still to move */
    struct arena *a;
};

typedef void emit_fn(struct lite_alter *x, const struct lite_work *w,
                     const struct move *m, struct slice from, struct slice to);

static void
emit_table(struct lite_alter *x, const struct lite_work *w, const struct move *m,
           struct slice from, struct slice to)
{
    struct arena *arena = &x->s->arena;
    struct action *a =
        lite_action(x->s, x->out, PHASE_GROW, to, "rename table %.*s to %.*s",
                    SLICE_ARG(from), SLICE_ARG(to));

    (void)w;
    lite_sql(x->s, a, "ALTER TABLE %.*s RENAME TO %.*s",
             SLICE_ARG(lite_quoted(arena, from)), SLICE_ARG(lite_quoted(arena, to)));
    a->postcondition = lite_exists_query(arena, "table", to, true);
    action_refuses(arena, a, &lite_rebuilding);
    VEC_PUSH(arena, &a->causes, *m->cause);
}

#define ALIASES_FIXED_SINCE 3054

bool
lite_refuses_name(const struct lite_alter *x, const struct table *t, struct slice column)
{
    int linked = x->s->sqlite_linked;

    return lite_hides_rowid(t, column) && (linked == 0 || linked >= ALIASES_FIXED_SINCE);
}

/* Nothing else could be done but to write all tables anew that refer to the column. */
static void
need_older(struct lite_alter *x, const struct table *t, struct action *a,
           struct slice from, struct slice to)
{
    struct arena *arena = &x->s->arena;

    if (!lite_refuses_name(x, t, from) && !lite_refuses_name(x, t, to))
        return;
    VEC_PUSH(arena, &a->preconditions,
             SLICE("SELECT sqlite_version() WHERE "
                   "CAST(substr(sqlite_version(), 3) AS INTEGER) >= 54"));
    VEC_PUSH(arena, &a->precondition_titles,
             slice_format(arena,
                          "this SQLite is 3.54 or newer, which renames no column from or "
                          "to %.*s: add a column with @from, and drop this one",
                          SLICE_ARG(lite_refuses_name(x, t, to) ? to : from)));
}

static void
emit_column(struct lite_alter *x, const struct lite_work *w, const struct move *m,
            struct slice from, struct slice to)
{
    struct arena *arena = &x->s->arena;
    struct slice table = w->new->name;
    struct action *a =
        lite_action(x->s, x->out, PHASE_GROW, table, "rename column %.*s.%.*s to %.*s",
                    SLICE_ARG(table), SLICE_ARG(from), SLICE_ARG(to));

    need_older(x, w->old, a, from, to);
    lite_sql(x->s, a, "ALTER TABLE %.*s RENAME COLUMN %.*s TO %.*s",
             SLICE_ARG(lite_quoted(arena, table)), SLICE_ARG(lite_quoted(arena, from)),
             SLICE_ARG(lite_quoted(arena, to)));
    a->postcondition = slice_format(
        arena, "SELECT count(*) = 1 FROM pragma_table_xinfo(%.*s) WHERE name = %.*s",
        SLICE_ARG(lite_expr_text(arena, lite_string(arena, table))),
        SLICE_ARG(lite_expr_text(arena, lite_string(arena, to))));
    action_refuses(arena, a, &lite_rebuilding);
    VEC_PUSH(arena, &a->causes, *m->cause);
}

static void
add_move(struct moves *moves, struct slice from, struct slice to,
         const struct change *cause)
{
    VEC_PUSH(moves->a, &moves->all, ((struct move){ from, to, cause, false }));
}

/* Positions plus one, because 0 is NULL. */
static struct move *
holder_of(struct moves *moves, struct slice name)
{
    size_t at = (size_t)(uintptr_t)map_get(&moves->holders, slice_lower(moves->a, name));

    return at == 0 || moves->all.items[at - 1].done ? NULL : &moves->all.items[at - 1];
}

static void
index_holders(struct moves *moves)
{
    map_init(&moves->holders, moves->a);
    VEC_EACH (i, &moves->all)
        map_put(&moves->holders, slice_lower(moves->a, moves->all.items[i].from),
                (void *)(uintptr_t)(i + 1));
}

/*
 * Move what is at `i` after whoever holds its new name.  The chain of holders ends, or
 * comes back to where it began: then the first steps aside.
 */
static void
move_chain(struct lite_alter *x, const struct lite_work *w, struct moves *moves,
           struct move *first, emit_fn *emit)
{
    VEC(struct move *) chain = { 0 };
    struct move *m = first;
    struct slice aside = SLICE_NONE;

    while (m != NULL && (chain.count == 0 || m != first)) {
        VEC_PUSH(moves->a, &chain, m);
        m = holder_of(moves, m->to);
    }
    if (m == first) {
        aside = slice_format(moves->a, NAME_SET_ASIDE "%.*s", SLICE_ARG(first->from));
        emit(x, w, first, first->from, aside);
    }
    for (size_t i = chain.count; i-- > 0;) {
        bool from_aside = i == 0 && !slice_is_none(aside);

        emit(x, w, chain.items[i], from_aside ? aside : chain.items[i]->from,
             chain.items[i]->to);
        chain.items[i]->done = true;
    }
}

static void
make_moves(struct lite_alter *x, const struct lite_work *w, struct moves *moves,
           emit_fn *emit)
{
    index_holders(moves);
    VEC_EACH (i, &moves->all)
        if (!moves->all.items[i].done)
            move_chain(x, w, moves, &moves->all.items[i], emit);
}

void
lite_rename_tables(struct lite_alter *x)
{
    struct moves moves = { .a = &x->s->arena };

    VEC_EACH (i, &x->r->changes->all) {
        const struct change *c = &x->r->changes->all.items[i];

        if (c->kind == CHANGE_RENAME_TABLE)
            add_move(&moves, c->old.table->name, c->new.table->name, c);
        else if (c->kind == CHANGE_RENAME_DEFINITION) /* a virtual table */
            add_move(&moves, c->old.definition->name, c->new.definition->name, c);
    }
    make_moves(x, NULL, &moves, emit_table);
}

void
lite_rename_columns(struct lite_alter *x, const struct lite_work *w)
{
    struct moves moves = { .a = &x->s->arena };

    VEC_EACH (i, &w->changes) {
        const struct change *c = &w->changes.items[i];

        if (c->kind == CHANGE_RENAME_COLUMN)
            add_move(&moves, c->old.column->name, c->new.column->name, c);
    }
    make_moves(x, w, &moves, emit_column);
}
