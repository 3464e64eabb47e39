/*
 * CREATE ROLE that may find the role there: all databases of a server share its roles,
 * and the way down leaves them.  Then ALTER ROLE says what differs, which is what `diff`
 * would have said beside the server.
 *
 *     DO $schemac$
 *     BEGIN
 *         IF there is none: CREATE ROLE app LOGIN
 *         ask for what differs of LOGIN and the others: ALTER ROLE app NOCREATEDB
 *     END
 *     $schemac$ LANGUAGE plpgsql
 *
 * Two sessions may be at it at once: the second one waits for the first in CREATE ROLE,
 * is told that the role is there, and goes on with what differs.  The reader knows this
 * block again (syntax/guarded_role.c).
 */
#include "dialect/postgres/postgres.h"

#include <assert.h>
#include <string.h>

static const char *const power_columns[] = { "rolsuper", "rolcreatedb", "rolcreaterole",
                                             "rolinherit", "rolcanlogin",
                                             "rolreplication", "rolbypassrls" };

static_assert(ARRAY_LEN(power_columns) == POWER_COUNT, "every power has a column");

static struct slice
string_of(struct session *s, struct slice text)
{
    struct postgres_statement st;

    postgres_begin(s, &st);
    sqlw_string(&st.w, text);
    return postgres_end(&st);
}

static struct slice
limit_of(const struct role *r)
{
    return slice_is_none(r->limit) ? SLICE("-1") : r->limit;
}

/* ---- what differs ---- */

/* One line for each attribute: the words that mend it, or NULL. */
static void
add_powers(const struct role *r, struct text *out)
{
    for (unsigned i = 0; i < POWER_COUNT; i++) {
        bool given = (r->powers & (1U << i)) != 0;

        text_addf(out, "        CASE WHEN %s%s THEN '%s%s' END,\n", given ? "NOT " : "",
                  power_columns[i], given ? "" : "NO", role_power_word(i));
    }
}

static void
add_until(struct session *s, const struct role *r, struct text *out)
{
    struct slice moment;
    struct slice words;

    if (slice_is_none(r->valid_until))
        return;
    moment = string_of(s, r->valid_until);
    words = slice_format(&s->arena, "VALID UNTIL %.*s", SLICE_ARG(moment));
    text_addf(out,
              ",\n        CASE WHEN coalesce(rolvaliduntil, 'infinity') <> "
              "CAST(%.*s AS timestamptz)\n            THEN %.*s END",
              SLICE_ARG(moment), SLICE_ARG(string_of(s, words)));
}

static void
add_differences(struct session *s, const struct definition *d, struct text *out)
{
    const struct role *r = d->u.role;
    struct slice limit = limit_of(r);

    text_addz(out, "    SELECT pg_catalog.concat_ws(' ',\n");
    add_powers(r, out);
    text_addf(out,
              "        CASE WHEN rolconnlimit <> %.*s THEN 'CONNECTION LIMIT %.*s' END",
              SLICE_ARG(limit), SLICE_ARG(limit));
    add_until(s, r, out);
    text_addf(out,
              ")\n    INTO schemac_words FROM pg_catalog.pg_roles "
              "WHERE rolname = %.*s;\n",
              SLICE_ARG(string_of(s, d->name)));
}

/* ---- the block ---- */

static struct slice
create_text(struct session *s, const struct definition *d)
{
    struct postgres_statement st;

    postgres_begin(s, &st);
    (void)role_write_head(&st.w, d);
    return postgres_end(&st);
}

static struct slice
alter_head(struct session *s, const struct definition *d)
{
    struct postgres_statement st;

    postgres_begin(s, &st);
    sqlw_kw(&st.w, "ALTER ROLE");
    sqlw_ident(&st.w, d->name);
    return string_of(
        s, slice_format(&s->arena, "%.*s ", SLICE_ARG(postgres_end(&st))));
}

struct slice
postgres_create_role(struct session *s, const struct definition *d)
{
    struct slice head = alter_head(s, d);
    struct slice name = string_of(s, d->name);
    struct slice create = create_text(s, d);
    struct text out;

    text_init(&out, &s->arena);
    text_addf(&out,
              "DECLARE\n"
              "    schemac_words text;\n"
              "BEGIN\n"
              "    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = %.*s) "
              "THEN\n"
              "        BEGIN\n"
              "            %.*s;\n"
              "        EXCEPTION WHEN duplicate_object OR unique_violation THEN\n"
              "            NULL; -- made by another session meanwhile\n"
              "        END;\n"
              "    END IF;\n",
              SLICE_ARG(name), SLICE_ARG(create));
    add_differences(s, d, &out);
    text_addf(&out,
              "    IF schemac_words <> '' THEN\n"
              "        EXECUTE %.*s || schemac_words;\n"
              "    END IF;\n"
              "END\n",
              SLICE_ARG(head));
    return slice_format(&s->arena, "DO %.*s LANGUAGE plpgsql",
                        SLICE_ARG(postgres_code(s, text_slice(&out))));
}

/* ---- the proof ---- */

struct slice
postgres_role_proof(struct session *s, const struct definition *d)
{
    const struct role *r = d->u.role;
    struct slice comment = string_of(s, d->comment);
    struct text out;

    text_init(&out, &s->arena);
    text_addf(&out, "SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = %.*s",
              SLICE_ARG(string_of(s, d->name)));
    for (unsigned i = 0; i < POWER_COUNT; i++)
        text_addf(&out, " AND %s%s", (r->powers & (1U << i)) != 0 ? "" : "NOT ",
                  power_columns[i]);
    text_addf(&out, " AND rolconnlimit = %.*s", SLICE_ARG(limit_of(r)));
    if (!slice_is_none(r->valid_until))
        text_addf(&out,
                  " AND coalesce(rolvaliduntil, 'infinity') = CAST(%.*s AS timestamptz)",
                  SLICE_ARG(string_of(s, r->valid_until)));
    if (d->comment.len > 0)
        text_addf(&out, " AND pg_catalog.shobj_description(oid, 'pg_authid') = %.*s",
                  SLICE_ARG(comment));
    text_addc(&out, ')');
    return text_slice(&out);
}
