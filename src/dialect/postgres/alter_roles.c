/*
 * Roles: what is declared of them and differs.  All databases of a server share them, so
 * none is ever dropped, and of one that is open what is not said any more stays.
 */
#include "dialect/postgres/alter.h"

static const struct role_setting *
find_setting(const struct role *r, const struct role_setting *like)
{
    VEC_EACH (i, &r->settings)
        if (slice_equal(r->settings.items[i].database, like->database)
            && slice_equal(r->settings.items[i].name, like->name))
            return &r->settings.items[i];
    return NULL;
}

static void
add_setting(struct alter *a, struct action *to, const struct definition *d,
            const struct role_setting *s)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    role_write_setting(&st.w, d, s);
    alter_sql(a, to, postgres_end(&st));
}

/* Those of `gone` that `stays` does not have. */
static void
reset_settings(struct alter *a, struct action *to, const struct definition *d,
               const struct role *gone, const struct role *stays)
{
    VEC_EACH (i, &gone->settings) {
        struct role_setting s = gone->settings.items[i];

        s.value = SLICE_NONE;
        if (find_setting(stays, &s) == NULL)
            add_setting(a, to, d, &s);
    }
}

static void
set_settings(struct alter *a, struct action *to, const struct definition *d,
             const struct role *old, const struct role *new)
{
    VEC_EACH (i, &new->settings) {
        const struct role_setting *s = &new->settings.items[i];
        const struct role_setting *there = find_setting(old, s);

        if (there == NULL || !slice_equal(there->value, s->value))
            add_setting(a, to, d, s);
    }
}

/* What a role that is made here has when nothing is said. */
static struct slice
said_or(const struct role *r, struct slice said, struct slice usual)
{
    return slice_is_none(said) && !r->is_open ? usual : said;
}

static struct slice
other_value(struct slice old, struct slice new)
{
    return slice_equal(old, new) ? SLICE_NONE : new;
}

/* What `new` says and `old` does not, as an ALTER ROLE. */
static struct role
difference(const struct role *old, const struct role *new)
{
    const struct slice none = SLICE("-1");
    const struct slice never = SLICE("infinity");

    return (struct role){
        .is_open = true,
        .said = new->said & (~old->said | (old->powers ^ new->powers)),
        .powers = new->powers,
        .limit = other_value(said_or(old, old->limit, none),
                             said_or(new, new->limit, none)),
        .valid_until = other_value(said_or(old, old->valid_until, never),
                                   said_or(new, new->valid_until, never)),
        .password = SLICE_NONE,
    };
}

void
alter_role(struct alter *a, const struct change *c)
{
    const struct role *old = c->old.definition->u.role;
    const struct role *new = c->new.definition->u.role;
    struct role delta = difference(old, new);
    struct definition d = *c->new.definition;
    struct action *to = alter_action(
        a, PHASE_GROW, GROW_DEFINITIONS + order_of_definition(&a->new_routines, &d), c);
    struct postgres_statement st;

    d.u.role = &delta;
    to->lock = NULL;
    postgres_begin(a->s, &st);
    if (role_write_head(&st.w, &d))
        alter_sql(a, to, postgres_end(&st));
    reset_settings(a, to, &d, old, new);
    set_settings(a, to, &d, old, new);
}

void
alter_leave_role(struct alter *a, const struct change *c)
{
    const struct definition *d = c->old.definition;
    struct role nothing = { .is_open = true };
    struct diag *report = diag_add(&a->s->diags, D_ROLE_STAYS, d->span,
                                   "role \"%.*s\" stays: other databases share it",
                                   SLICE_ARG(d->name));

    if (d->u.role->settings.count > 0) {
        size_t order = alter_code_order(a, d, false);
        struct action *to = alter_action(a, PHASE_SHRINK, order, c);

        to->lock = NULL;
        reset_settings(a, to, d, d->u.role, &nothing);
    }
    if (!d->u.role->is_open)
        diag_hint(&a->s->diags, report,
                  "where nothing needs it any more: DROP ROLE by hand, or in a @migrate "
                  "section");
}
