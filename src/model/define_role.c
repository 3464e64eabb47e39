/*
 * Roles: what is said of them, as few words as CREATE ROLE needs.
 */
#include "model/define.h"

static void
write_power(struct sqlw *w, unsigned number, bool given)
{
    if (given) {
        sqlw_kw(w, role_power_word(number));
        return;
    }
    sqlw_kw(w, "NO");
    w->need_blank = false;
    sqlw_kw(w, role_power_word(number));
}

/* Of a role that is made here, what differs from what CREATE ROLE gives. */
static void
write_powers(struct sqlw *w, const struct role *r)
{
    for (unsigned i = 0; i < POWER_COUNT; i++) {
        unsigned bit = 1U << i;
        bool given = (r->powers & bit) != 0;

        if ((r->said & bit) != 0 && (r->is_open || given != ((POWER_USUAL & bit) != 0)))
            write_power(w, i, given);
    }
}

static bool
says_options(const struct role *r)
{
    return r->said != 0 || !slice_is_none(r->limit) || !slice_is_none(r->valid_until)
           || !slice_is_none(r->password);
}

void
role_write_options(struct sqlw *w, const struct role *r)
{
    write_powers(w, r);
    if (!slice_is_none(r->limit)) {
        sqlw_kw(w, "CONNECTION LIMIT");
        sqlw_raw(w, r->limit);
    }
    if (!slice_is_none(r->password)) {
        sqlw_kw(w, "PASSWORD");
        if (r->password.len > 0)
            sqlw_string(w, r->password);
        else
            sqlw_kw(w, "NULL");
    }
    if (!slice_is_none(r->valid_until)) {
        sqlw_kw(w, "VALID UNTIL");
        sqlw_string(w, r->valid_until);
    }
}

bool
role_write_head(struct sqlw *w, const struct definition *d)
{
    const struct role *r = d->u.role;

    if (r->is_open && !says_options(r))
        return false;
    sqlw_kw(w, r->is_open ? "ALTER ROLE" : "CREATE ROLE");
    sqlw_ident(w, d->name);
    role_write_options(w, r);
    return true;
}

void
role_write_setting(struct sqlw *w, const struct definition *d,
                   const struct role_setting *s)
{
    sqlw_kw(w, "ALTER ROLE");
    sqlw_ident(w, d->name);
    if (!slice_is_none(s->database)) {
        sqlw_kw(w, "IN DATABASE");
        sqlw_ident(w, s->database);
    }
    sqlw_kw(w, slice_is_none(s->value) ? "RESET" : "SET");
    write_setting_name(w, s->name);
    if (slice_is_none(s->value))
        return;
    sqlw_kw(w, "TO");
    sqlw_raw(w, s->value);
}

static void
write_next(struct sqlw *w)
{
    w->need_blank = false;
    sqlw_raw(w, SLICE(";\n"));
    w->need_blank = false;
}

void
definition_write_role(struct sqlw *w, const struct definition *d)
{
    bool begun = role_write_head(w, d);

    VEC_EACH (i, &d->u.role->settings) {
        if (begun)
            write_next(w);
        role_write_setting(w, d, &d->u.role->settings.items[i]);
        begun = true;
    }
}
