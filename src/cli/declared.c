#include "cli/declared.h"

#include <string.h>

struct search {
    struct arena *a;
    struct describe_declared *out;
};

static void
add(const struct search *s, struct name_list *to, struct slice name)
{
    VEC_PUSH(s->a, &to->all, name);
}

static void
add_word(struct text *out, const char *word)
{
    if (out->len > 0)
        text_addc(out, ',');
    text_addz(out, word);
}

/* Of one that is made here all is said, but for when its password ends. */
static struct slice
words_of(const struct search *s, const struct role *r)
{
    struct text out;

    text_init(&out, s->a);
    for (unsigned i = 0; i < POWER_COUNT; i++)
        if ((r->said & (1U << i)) != 0)
            add_word(&out, role_power_word(i));
    if (!r->is_open || !slice_is_none(r->limit))
        add_word(&out, "CONNECTION LIMIT");
    return text_slice(&out);
}

static void
find_role(const struct search *s, const struct definition *d)
{
    const struct role *r = d->u.role;
    struct slice words = words_of(s, r);

    if (!r->is_open || words.len > 0 || !slice_is_none(r->valid_until)) {
        add(s, &s->out->roles, d->name);
        add(s, &s->out->role_words, words);
        add(s, &s->out->role_untils, r->valid_until);
        add(s, &s->out->role_made, r->is_open ? SLICE("f") : SLICE("t"));
    }
    VEC_EACH (i, &r->settings) {
        add(s, &s->out->setting_roles, d->name);
        add(s, &s->out->setting_databases, r->settings.items[i].database);
        add(s, &s->out->settings, r->settings.items[i].name);
    }
    if (d->comment.len > 0)
        add(s, &s->out->commented_roles, d->name);
}

static void
find_members(const struct search *s, const struct grant *g, const struct privileges *p)
{
    VEC_EACH (i, &p->all) {
        add(s, &s->out->granted_roles, p->all.items[i].name);
        add(s, &s->out->members, g->grantee);
    }
}

/* COMMENT ON ROLE r, where r is the server's. */
static void
find_comment(const struct search *s, const struct object_comment *c)
{
    struct slice head = SLICE("role ");
    struct slice name;

    if (slice_is_none(c->on) || !slice_is_fold(slice_sub(c->on, 0, head.len), head.ptr))
        return;
    name = slice_trim(slice_sub(c->on, head.len, c->on.len));
    if (name.len > 2 && name.ptr[0] == '"')
        name = slice_sub(name, 1, name.len - 1);
    add(s, &s->out->commented_roles, name);
}

static void
find_in(const struct search *s, const struct definition *d)
{
    if (!slice_is_none(d->only) && !slice_is(d->only, "postgres"))
        return;
    if (d->detail == DETAIL_EXTENSION && !slice_is_none(d->u.extension->version))
        add(s, &s->out->versions, d->name);
    else if (d->detail == DETAIL_ROLE)
        find_role(s, d);
    else if (d->detail == DETAIL_COMMENT)
        find_comment(s, d->u.object_comment);
    else if (d->detail == DETAIL_GRANT && slice_is(d->u.grant->object_kind, "role")) {
        find_members(s, d->u.grant, &d->u.grant->granted);
        find_members(s, d->u.grant, &d->u.grant->revoked);
    }
}

void
declared_find(struct arena *a, const struct catalog *beside,
              struct describe_declared *out)
{
    const struct search s = { a, out };

    *out = (struct describe_declared){ .has_all_versions = beside == NULL };
    for (size_t i = 0; beside != NULL && i < beside->definitions.count; i++)
        find_in(&s, beside->definitions.items[i]);
}
