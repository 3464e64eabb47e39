/*
 * Views, triggers and indexes around a change.
 *
 * ALTER TABLE RENAME and DROP COLUMN fail while any view or trigger names what is moving,
 * a rebuild takes triggers and indexes away with the old table, and some forms pass and
 * leave a trigger that breaks later.  So whatever names a table that loses its shape is
 * taken down first and comes back last, with the text of the new catalog.
 */
#include "dialect/sqlite/alter.h"
#include "dialect/sqlite/comments.h"

static bool
is_marked(const struct lite_alter *x, const struct map *marks, struct slice name)
{
    return map_has(marks, slice_lower(&x->s->arena, name));
}

static const struct change_list *
changes_of(const struct lite_alter *x, const struct map *marks, struct slice name)
{
    return map_get(marks, slice_lower(&x->s->arena, name));
}

/* As what it stands on is marked, and for the same changes. */
static void
mark_like(struct lite_alter *x, struct map *marks, struct slice name,
          const struct change_list *changes)
{
    change_list_add_all(&x->s->arena, marks, slice_lower(&x->s->arena, name), changes);
}

/* ---- what a text names ---- */

static bool
is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static char
closing_quote(char c)
{
    if (c == '[')
        return ']';
    return c == '"' || c == '`' ? c : '\0';
}

/* The next word or quoted name from *at on; none at the end.  A string may be read as
 * words: a trigger that is taken down without need comes back unchanged. */
static struct slice
next_name(struct slice text, size_t *at)
{
    size_t begin;
    char close;

    while (*at < text.len && !is_word_char(text.ptr[*at])
           && closing_quote(text.ptr[*at]) == '\0')
        ++*at;
    if (*at == text.len)
        return SLICE_NONE;
    close = closing_quote(text.ptr[*at]);
    begin = *at + (close == '\0' ? 0 : 1);
    *at = begin;
    while (*at < text.len
           && (close == '\0' ? is_word_char(text.ptr[*at]) : text.ptr[*at] != close))
        ++*at;
    if (close == '\0' || *at == text.len)
        return slice_sub(text, begin, *at);
    return slice_sub(text, begin, (*at)++);
}

/* ---- views ---- */

/* Takes it down with what it reads. */
static void
mark_view(struct lite_alter *x, const struct view *v)
{
    VEC_EACH (i, &v->depends.all) {
        struct slice name = v->depends.all.items[i];

        if (is_marked(x, &x->parted, name))
            mark_like(x, &x->views_down, v->name, changes_of(x, &x->parted, name));
        if (is_marked(x, &x->views_down, name))
            mark_like(x, &x->views_down, v->name, changes_of(x, &x->views_down, name));
    }
}

static void
mark_changed_views(struct lite_alter *x)
{
    VEC_EACH (i, &x->r->changes->all) {
        const struct change *c = &x->r->changes->all.items[i];

        if (c->old.view != NULL && !lite_is_about_comment(c))
            lite_mark(x, &x->views_down, c->old.view->name, c);
    }
}

static const struct view **
sorted_views(const struct lite_alter *x, const struct catalog *c)
{
    const struct view **sorted =
        ARENA_ARRAY(&x->s->arena, const struct view *, c->views.count + 1);

    lite_sort_views(&x->s->arena, c, sorted);
    return sorted;
}

/* In the order of what they read, so that one pass finds the views on views. */
static void
find_views_down(struct lite_alter *x)
{
    const struct view **sorted = sorted_views(x, x->r->from);

    map_init(&x->views_down, &x->s->arena);
    mark_changed_views(x);
    VEC_EACH (i, &x->r->from->views)
        mark_view(x, sorted[i]);
}

static struct slice
cause_key(const struct lite_alter *x, const char *kind, struct slice name)
{
    return slice_format(&x->s->arena, "%s %.*s", kind, SLICE_ARG(name));
}

static void
find_causes(struct lite_alter *x)
{
    map_init(&x->causes, &x->s->arena);
    VEC_EACH (i, &x->r->changes->all) {
        struct change *c = &x->r->changes->all.items[i];
        const struct view *v = c->new.view != NULL ? c->new.view : c->old.view;
        const struct definition *r =
            c->new.definition != NULL ? c->new.definition : c->old.definition;

        if (lite_is_about_comment(c))
            continue;
        if (v != NULL)
            map_put(&x->causes, cause_key(x, "view", v->name), c);
        if (r != NULL && lite_is_trigger(r))
            map_put(&x->causes, cause_key(x, "trigger", r->name), c);
    }
}

/* Its own change is the cause; without one it only makes way for others. */
static void
explain(struct lite_alter *x, struct action *a, const struct change *cause,
        const char *otherwise, const struct change_list *others)
{
    if (cause != NULL) {
        VEC_PUSH(&x->s->arena, &a->causes, *cause);
        return;
    }
    lite_reason(x->s, a, "%s", otherwise);
    action_makes_way_for_all(&x->s->arena, a, others);
}

static const char in_the_way[] =
    "It names what changes its shape, which SQLite refuses or "
    "which would break it; it comes back at the end.";
static const char comes_back[] = "It was taken down for the change.";

/* A view on a view goes before it. */
static void
drop_views(struct lite_alter *x)
{
    const struct view **sorted = sorted_views(x, x->r->from);

    for (size_t i = x->r->from->views.count; i-- > 0;)
        if (is_marked(x, &x->views_down, sorted[i]->name))
            explain(x, lite_drop_view(x->s, x->out, sorted[i]),
                    map_get(&x->causes, cause_key(x, "view", sorted[i]->name)),
                    in_the_way, changes_of(x, &x->views_down, sorted[i]->name));
}

static bool
is_new_view(const struct lite_alter *x, const struct view *v)
{
    return catalog_find_view(x->r->from, SLICE_NONE, v->name) == NULL;
}

static void
restore_views(struct lite_alter *x)
{
    const struct view **sorted = sorted_views(x, x->r->to);

    VEC_EACH (i, &x->r->to->views)
        if (is_new_view(x, sorted[i]) || is_marked(x, &x->views_down, sorted[i]->name))
            explain(x, lite_make_view(x->s, x->out, sorted[i]),
                    map_get(&x->causes, cause_key(x, "view", sorted[i]->name)),
                    comes_back, changes_of(x, &x->views_down, sorted[i]->name));
}

/* ---- triggers ---- */

static void
mark_trigger(struct lite_alter *x, const struct definition *r, struct map *down)
{
    const struct map *const all[] = { &x->parted, &x->views_down };
    size_t at = 0;
    struct slice name;

    if (is_marked(x, &x->filled, r->table))
        mark_like(x, down, r->name, changes_of(x, &x->filled, r->table));
    while (!slice_is_none(name = next_name(r->text, &at)))
        for (size_t i = 0; i < ARRAY_LEN(all); i++)
            if (is_marked(x, all[i], name))
                mark_like(x, down, r->name, changes_of(x, all[i], name));
}

static void
mark_changed_triggers(struct lite_alter *x, struct map *down)
{
    VEC_EACH (i, &x->r->changes->all) {
        const struct change *c = &x->r->changes->all.items[i];

        if (c->old.definition != NULL && !lite_is_about_comment(c)
            && lite_is_trigger(c->old.definition))
            lite_mark(x, down, c->old.definition->name, c);
    }
}

static void
find_triggers_down(struct lite_alter *x, struct map *down)
{
    map_init(down, &x->s->arena);
    mark_changed_triggers(x, down);
    VEC_EACH (i, &x->r->from->definitions) {
        const struct definition *r = x->r->from->definitions.items[i];

        if (lite_is_trigger(r))
            mark_trigger(x, r, down);
    }
}

static void
drop_triggers(struct lite_alter *x)
{
    struct map down;

    find_triggers_down(x, &down);
    VEC_EACH (i, &x->r->from->definitions) {
        const struct definition *r = x->r->from->definitions.items[i];

        if (lite_is_trigger(r) && is_marked(x, &down, r->name))
            explain(x, lite_drop_definition(x->s, x->out, r),
                    map_get(&x->causes, cause_key(x, "trigger", r->name)), in_the_way,
                    changes_of(x, &down, r->name));
    }
}

static bool
is_new_trigger(const struct lite_alter *x, const struct map *old_names,
               const struct definition *r)
{
    return !is_marked(x, old_names, r->name);
}

/* What keeps a constraint that is new or another: the rows that are there, too. */
static void
restore_trigger(struct lite_alter *x, const struct definition *r,
                const struct change_list *others)
{
    struct action *a = lite_make_definition(x->s, x->out, r);
    const struct change *cause = map_get(&x->causes, cause_key(x, "trigger", r->name));
    const struct lite_work *w = map_get(&x->works, r->table);

    explain(x, a, cause, comes_back, others);
    if (w != NULL && cause != NULL)
        lite_add_trigger_check(x, w, r, a);
}

static void
restore_triggers(struct lite_alter *x)
{
    struct map down;
    struct map old_names;

    find_triggers_down(x, &down);
    map_init(&old_names, &x->s->arena);
    VEC_EACH (i, &x->r->from->definitions)
        if (lite_is_trigger(x->r->from->definitions.items[i]))
            lite_mark(x, &old_names, x->r->from->definitions.items[i]->name, NULL);
    VEC_EACH (i, &x->r->to->definitions) {
        const struct definition *r = x->r->to->definitions.items[i];

        if (lite_is_trigger(r)
            && (is_new_trigger(x, &old_names, r) || is_marked(x, &down, r->name)))
            restore_trigger(x, r, changes_of(x, &down, r->name));
    }
}

/* ---- indexes ---- */

static bool
is_index_change(const struct change *c)
{
    return c->kind == CHANGE_CREATE_INDEX || c->kind == CHANGE_DROP_INDEX
           || c->kind == CHANGE_RENAME_INDEX;
}

static void
explain_renamed(struct lite_alter *x, struct action *a)
{
    lite_reason(x->s, a, "SQLite cannot rename an index, so it is built again.");
    action_refuses(&x->s->arena, a,
                   &(struct refusal){ "ALTER INDEX RENAME", "SQLite has no such form" });
}

static void
drop_indexes(struct lite_alter *x)
{
    VEC_EACH (i, &x->r->changes->all) {
        const struct change *c = &x->r->changes->all.items[i];
        struct action *a;

        if (!is_index_change(c) || c->old.index == NULL)
            continue;
        a = lite_drop_index(x->s, x->out, c->old.index);
        VEC_PUSH(&x->s->arena, &a->causes, *c);
        if (c->kind == CHANGE_RENAME_INDEX)
            explain_renamed(x, a);
    }
}

static void
explain_rebuilt(struct lite_alter *x, struct action *a, const struct lite_work *w)
{
    lite_reason(x->s, a, "It went with the old table when %.*s was rebuilt.",
                SLICE_ARG(w->new->name));
    VEC_EACH (i, &w->changes)
        action_makes_way(&x->s->arena, a, &w->changes.items[i]);
}

/* Indexes of a rebuilt table went with the old one. */
static void
restore_index(struct lite_alter *x, const struct index *index, const struct map *made)
{
    const struct lite_work *w = map_get(&x->works, index->table->name);
    const struct change *cause = map_get(made, index->name);
    struct action *a;

    if (cause == NULL && (w == NULL || !lite_is_rebuilt(w)))
        return;
    a = lite_make_index(x->s, x->out, index);
    if (cause != NULL)
        VEC_PUSH(&x->s->arena, &a->causes, *cause);
    else
        explain_rebuilt(x, a, w);
    if (index->unique && w != NULL)
        lite_add_index_check(x, w, index, cause != NULL, a);
}

static void
restore_indexes(struct lite_alter *x)
{
    struct map made;

    map_init(&made, &x->s->arena);
    VEC_EACH (i, &x->r->changes->all) {
        const struct change *c = &x->r->changes->all.items[i];

        if (is_index_change(c) && c->new.index != NULL)
            map_put(&made, c->new.index->name, (void *)(uintptr_t)c);
    }
    VEC_EACH (i, &x->r->to->indexes)
        restore_index(x, x->r->to->indexes.items[i], &made);
}

/* ---- all of them ---- */

void
lite_clear_dependents(struct lite_alter *x)
{
    find_causes(x);
    find_views_down(x); /* before the triggers, which may stand on one of them */
    drop_triggers(x);
    drop_views(x);
    drop_indexes(x);
}

void
lite_restore_dependents(struct lite_alter *x)
{
    restore_indexes(x);
    restore_views(x);
    restore_triggers(x);
}
