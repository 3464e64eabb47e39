/*
 * Grants: as few statements as say what one grantee may do with one object.
 */
#include <assert.h>

#include "model/define.h"
#include "model/privileges.h"

static bool
is_role(const struct grant *g)
{
    return slice_is(g->object_kind, "role");
}

static void
write_object(struct sqlw *w, const struct definition *d)
{
    const struct grant *g = d->u.grant;

    sqlw_kw(w, "ON");
    sqlw_upper(w, g->object_kind);
    sqlw_qualified(w, d->schema, d->name);
    if (slice_is_none(g->arguments))
        return;
    w->need_blank = false;
    sqlw_open(w);
    sqlw_raw(w, g->arguments);
    sqlw_close(w);
}

static void
write_role(struct sqlw *w, struct slice role)
{
    if (slice_is(role, "public"))
        sqlw_kw(w, "PUBLIC");
    else if (slice_is(role, "current_user") || slice_is(role, "current_role")
             || slice_is(role, "session_user"))
        sqlw_upper(w, role);
    else
        sqlw_ident(w, role);
}

/* Every privilege that ALL stands for, on the whole object, and no other: what only newer
 * servers have is said by name. */
static bool
is_everything(const struct grant *g, const struct privileges *p, bool grantable)
{
    size_t n = 0;

    VEC_EACH (i, &p->all) {
        const struct privilege *x = &p->all.items[i];

        if (x->columns.all.count > 0 || x->grantable != grantable)
            continue;
        if (!privilege_is_in_all(g->object_kind, x->name))
            return false;
        n++;
    }
    return n > 1 && n == privilege_count(g->object_kind);
}

static void
write_names(struct sqlw *w, const struct grant *g, const struct privileges *p,
            bool grantable)
{
    bool everything = is_everything(g, p, grantable);
    bool first = true;

    if (everything)
        sqlw_kw(w, "ALL");
    first = !everything;
    VEC_EACH (i, &p->all) {
        const struct privilege *x = &p->all.items[i];

        if (x->grantable != grantable || (everything && x->columns.all.count == 0))
            continue;
        if (!first)
            sqlw_comma(w);
        first = false;
        if (is_role(g))
            sqlw_ident(w, x->name);
        else
            sqlw_upper(w, x->name);
        if (x->columns.all.count > 0)
            sqlw_idents(w, x->columns.all.items, x->columns.all.count);
    }
}

void
grant_write(struct sqlw *w, const struct definition *d, const struct privileges *p,
            enum grant_words words, bool grantable)
{
    const struct grant *g = d->u.grant;
    bool give = words == GRANT_GIVE;

    sqlw_kw(w, give ? "GRANT" : "REVOKE");
    if (words == GRANT_TAKE_OPTION)
        sqlw_kw(w, is_role(g) ? "ADMIN OPTION FOR" : "GRANT OPTION FOR");
    write_names(w, g, p, grantable);
    if (!is_role(g))
        write_object(w, d);
    sqlw_kw(w, give ? "TO" : "FROM");
    write_role(w, g->grantee);
    if (give && grantable)
        sqlw_kw(w, is_role(g) ? "WITH ADMIN OPTION" : "WITH GRANT OPTION");
}

bool
privileges_have(const struct privileges *p, bool grantable)
{
    VEC_EACH (i, &p->all)
        if (p->all.items[i].grantable == grantable)
            return true;
    return false;
}

void
write_grant(struct sqlw *w, const struct definition *d)
{
    const struct grant *g = d->u.grant;
    bool begun = false;

    if (g->revoked.all.count > 0) {
        grant_write(w, d, &g->revoked, GRANT_TAKE, false);
        begun = true;
    }
    for (int grantable = 0; grantable <= 1; grantable++) {
        if (!privileges_have(&g->granted, grantable != 0))
            continue;
        if (begun) {
            w->need_blank = false;
            sqlw_raw(w, SLICE(";\n"));
            w->need_blank = false;
        }
        grant_write(w, d, &g->granted, GRANT_GIVE, grantable != 0);
        begun = true;
    }
}
