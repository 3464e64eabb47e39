/*
 * Foreign keys that lead from a table back to itself over others.
 *
 * What no key leaves, and what no key enters, cannot be on a circle: both are peeled off
 * until nothing changes.  Then each table that is left leads to another that is left, so
 * following them must come back.
 */
#include "lint/rule.h"

struct node {
    const struct table *table;
    size_t out; /* keys that leave it to what is left */
    size_t in;
    bool gone;
    size_t walk;                  /* that has been here, from 1; 0: none */
    VEC(struct edge *) edges;     /* of its foreign keys */
    VEC(struct node *) referrers; /* once for each key */
};

struct edge {
    struct node *to;
    const struct constraint *key;
};

struct graph {
    struct lint *l;
    struct map nodes; /* catalog_key → struct node * */
    VEC(struct node *) bare;
};

static struct node *
find_node(struct graph *g, struct slice schema, struct slice name)
{
    return map_get(&g->nodes, catalog_key(g->l->a, schema, name));
}

static void
add_edges(struct graph *g, struct node *from)
{
    VEC_EACH (i, &from->table->constraints) {
        const struct constraint *k = from->table->constraints.items[i];
        struct edge *edge;
        struct node *to;

        if (k->kind != CONSTRAINT_FOREIGN_KEY)
            continue;
        to = find_node(g, k->ref_schema, k->ref_table);
        if (to == NULL || to == from)
            continue;
        edge = ARENA_NEW(g->l->a, struct edge);
        *edge = (struct edge){ to, k };
        VEC_PUSH(g->l->a, &from->edges, edge);
        VEC_PUSH(g->l->a, &to->referrers, from);
        from->out++;
        to->in++;
    }
}

static void
look_at(struct graph *g, struct node *n)
{
    if (!n->gone && (n->in == 0 || n->out == 0)) {
        n->gone = true;
        VEC_PUSH(g->l->a, &g->bare, n);
    }
}

static void
peel(struct graph *g)
{
    for (size_t i = 0; i < g->nodes.count; i++)
        look_at(g, g->nodes.entries[i].value);
    VEC_EACH (i, &g->bare) {
        struct node *n = g->bare.items[i];

        VEC_EACH (k, &n->edges) {
            n->edges.items[k]->to->in--;
            look_at(g, n->edges.items[k]->to);
        }
        VEC_EACH (k, &n->referrers) {
            n->referrers.items[k]->out--;
            look_at(g, n->referrers.items[k]);
        }
    }
}

static const struct edge *
edge_that_is_left(const struct node *n)
{
    VEC_EACH (i, &n->edges)
        if (!n->edges.items[i]->to->gone)
            return n->edges.items[i];
    return NULL;
}

/* From `first` round to itself. */
static void
report_cycle(struct lint *l, const struct node *first)
{
    const struct edge *e = edge_that_is_left(first);
    struct text path;
    struct diag *d;

    text_init(&path, l->a);
    text_addf(&path, "%.*s", SLICE_ARG(first->table->name));
    for (const struct edge *at = e; at != NULL; at = edge_that_is_left(at->to)) {
        text_addf(&path, ", %.*s", SLICE_ARG(at->to->table->name));
        if (at->to == first)
            break;
    }
    d = lint_found(l, e->key->span, "foreign keys in a circle: %.*s",
                   SLICE_ARG(text_slice(&path)));
    for (const struct edge *at = e; at->to != first;) {
        at = edge_that_is_left(at->to);
        lint_note(l, d, at->key->span, "this one goes on to \"%.*s\"",
                  SLICE_ARG(at->to->table->name));
    }
    lint_hint(l, d,
              "one of them DEFERRABLE INITIALLY DEFERRED, or a column that may be "
              "NULL until the other row is there");
}

void
rule_foreign_key_cycle(struct lint *l)
{
    struct graph g = { .l = l };

    map_init(&g.nodes, l->a);
    VEC_EACH (i, &l->catalog->tables) {
        const struct table *t = l->catalog->tables.items[i];
        struct node *n = ARENA_NEW(l->a, struct node);

        n->table = t;
        map_put(&g.nodes, catalog_key(l->a, t->schema, t->name), n);
    }
    for (size_t i = 0; i < g.nodes.count; i++)
        add_edges(&g, g.nodes.entries[i].value);
    peel(&g);
    for (size_t i = 0; i < g.nodes.count; i++) {
        struct node *n = g.nodes.entries[i].value;

        while (!n->gone && n->walk == 0) {
            n->walk = i + 1;
            n = edge_that_is_left(n)->to;
        }
        if (!n->gone && n->walk == i + 1)
            report_cycle(l, n);
    }
}
