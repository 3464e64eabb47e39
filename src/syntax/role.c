/*
 * CREATE, ALTER and DROP of a ROLE, USER or GROUP.
 *
 *     CREATE USER app WITH LOGIN IN ROLE readers CONNECTION LIMIT 20
 *     ALTER ROLE app IN DATABASE shop SET search_path TO shop, public
 *
 * Nearly all of their words are names anywhere else, so they are read here and not by
 * the grammar.  What is not understood (ALTER ROLE ALL, RENAME TO, users of MySQL) is
 * kept whole.  [https://www.postgresql.org/docs/current/sql-createrole.html]
 */
#include "syntax/scan.h"

struct role_reading {
    const struct scan *c;
    size_t at;
    struct ast_role *role;
};

static bool
at_end(const struct role_reading *r)
{
    return r->at >= r->c->piece.end;
}

static bool
take_word(struct role_reading *r, const char *word)
{
    if (!word_at(r->c, r->at, word))
        return false;
    r->at++;
    return true;
}

static bool
take_words(struct role_reading *r, const char *first, const char *second)
{
    if (!word_at(r->c, r->at, first) || !word_at(r->c, r->at + 1, second))
        return false;
    r->at += 2;
    return true;
}

/* A name without a schema; MySQL's may be strings, or go on with @host. */
static bool
take_name(struct role_reading *r, struct ast_names *out)
{
    size_t next;
    struct ast_name name = scan_read_name(r->c, r->at, &next);

    if (slice_is_none(name.name) || !slice_is_none(name.schema) || next != r->at + 1)
        return false;
    r->at = next;
    VEC_PUSH(&r->c->s->arena, &out->all, name);
    return true;
}

static bool
take_names(struct role_reading *r, struct ast_names *out)
{
    do {
        if (!take_name(r, out))
            return false;
    } while (take_word(r, ","));
    return true;
}

/* ---- options ---- */

/* LOGIN or NOLOGIN; one that is said twice is a mistake of the server's to tell. */
static bool
take_power(struct role_reading *r)
{
    struct slice word = token_text(r->c->t, token_at(r->c, r->at));

    for (unsigned i = 0; !at_end(r) && i < POWER_COUNT; i++) {
        bool given = slice_is_fold(word, role_power_word(i));
        bool taken = word.len > 2 && slice_is_fold(slice_sub(word, 0, 2), "no")
                     && slice_is_fold(slice_sub(word, 2, word.len), role_power_word(i));
        unsigned bit = 1U << i;

        if ((!given && !taken) || (r->role->said & bit) != 0)
            continue;
        r->role->said |= bit;
        r->role->powers = given ? r->role->powers | bit : r->role->powers & ~bit;
        r->at++;
        return true;
    }
    return false;
}

static bool
take_string(struct role_reading *r, struct slice *out)
{
    if (kind_at(r->c, r->at) != T_SCONST || !slice_is_none(*out))
        return false;
    *out = token_string(r->c->s, r->c->t, token_at(r->c, r->at++));
    return true;
}

static bool
take_limit(struct role_reading *r)
{
    bool is_minus = take_word(r, "-");
    struct slice digits = token_text(r->c->t, token_at(r->c, r->at));

    if (at_end(r) || digits.len == 0 || digits.len > 9 || !slice_is_none(r->role->limit))
        return false;
    for (size_t i = 0; i < digits.len; i++)
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return false;
    r->role->limit = is_minus ? SLICE("-1") : digits;
    r->at++;
    return true;
}

/* PASSWORD NULL is an empty one, which is what the server makes of that as well. */
static bool
take_password(struct role_reading *r)
{
    if (!slice_is_none(r->role->password) || kind_at(r->c, r->at) != T_NULL)
        return take_string(r, &r->role->password);
    r->role->password = SLICE("");
    r->at++;
    return true;
}

static bool
take_option(struct role_reading *r)
{
    static const char *const kept_out[] = { "encrypted", "unencrypted" };
    for (size_t i = 0; i < ARRAY_LEN(kept_out); i++)
        if (take_word(r, kept_out[i]))
            return take_word(r, "password") && take_string(r, &r->role->password);
    if (take_word(r, "password"))
        return take_password(r);
    if (take_words(r, "connection", "limit"))
        return take_limit(r);
    if (take_words(r, "valid", "until"))
        return take_string(r, &r->role->valid_until);
    if (take_words(r, "in", "role") || take_words(r, "in", "group"))
        return take_names(r, &r->role->in_roles);
    if (take_word(r, "role") || take_word(r, "user"))
        return take_names(r, &r->role->members);
    if (take_word(r, "admin"))
        return take_names(r, &r->role->admins);
    if (take_word(r, "sysid")) /* "noise word", says the manual */
        return !at_end(r) && r->at++ > 0;
    return take_power(r);
}

static bool
take_options(struct role_reading *r)
{
    take_word(r, "with");
    while (!at_end(r))
        if (!take_option(r))
            return false;
    return true;
}

/* ---- settings ---- */

static bool
take_setting_name(struct role_reading *r)
{
    size_t next;
    struct ast_name name = scan_read_name(r->c, r->at, &next);

    if (slice_is_none(name.name))
        return false;
    r->at = next;
    r->role->setting =
        slice_is_none(name.schema)
            ? name.name
            : slice_format(&r->c->s->arena, "%.*s.%.*s", SLICE_ARG(name.schema),
                           SLICE_ARG(name.name));
    return true;
}

static void
add_value(struct text *out, struct slice value)
{
    text_addz(out, out->len == 0 ? "'" : ", '");
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '\'')
            text_addc(out, '\'');
        text_addc(out, value.ptr[i]);
    }
    text_addc(out, '\'');
}

/* A word, a number with its sign, or a string: one token, but for the sign. */
static bool
take_value(struct role_reading *r, struct text *out)
{
    const struct token *t = token_at(r->c, r->at);
    struct slice text = token_text(r->c->t, t);

    if (at_end(r) || t->kind == T_BROKEN || t->kind == ',')
        return false;
    if (t->kind == '-' || t->kind == '+') {
        r->at++;
        text = slice_format(&r->c->s->arena, "%s%.*s", t->kind == '-' ? "-" : "",
                            SLICE_ARG(token_text(r->c->t, token_at(r->c, r->at))));
    } else if (t->kind == T_SCONST) {
        text = token_string(r->c->s, r->c->t, t);
    } else if (t->kind == T_IDENT) {
        text = token_name(r->c->s, r->c->t, t);
    } else {
        text = slice_lower(&r->c->s->arena, text);
    }
    r->at++;
    add_value(out, text);
    return true;
}

/* SET x TO DEFAULT is RESET x.  FROM CURRENT is whatever a session has. */
static bool
take_values(struct role_reading *r)
{
    struct text out;

    if (!take_word(r, "to") && !take_word(r, "="))
        return false;
    if (take_word(r, "default"))
        return at_end(r);
    text_init(&out, &r->c->s->arena);
    do {
        if (!take_value(r, &out))
            return false;
    } while (take_word(r, ","));
    r->role->setting_value = text_slice(&out);
    return at_end(r);
}

static bool
take_database(struct role_reading *r)
{
    struct ast_names names = { 0 };

    if (!take_name(r, &names))
        return false;
    r->role->database = names.all.items[0].name;
    return true;
}

static bool
take_change(struct role_reading *r)
{
    if (take_words(r, "in", "database") && !take_database(r))
        return false;
    r->role->sets = true;
    if (take_word(r, "set"))
        return take_setting_name(r) && take_values(r);
    if (take_word(r, "reset"))
        return (take_word(r, "all") || take_setting_name(r)) && at_end(r);
    r->role->sets = false;
    return slice_is_none(r->role->database) && take_options(r);
}

/* ---- statements ---- */

/* Those of everybody, and of whoever runs the statement, are no role's. */
static bool
is_nobody(const struct ast_names *names)
{
    static const char *const words[] = { "all", "public", "current_user", "current_role",
                                         "session_user", "none" };

    VEC_EACH (i, &names->all)
        for (size_t k = 0; k < ARRAY_LEN(words); k++)
            if (slice_is(names->all.items[i].name, words[k]))
                return true;
    return false;
}

static bool
is_about_role(const struct classified *how)
{
    return how->is_object && how->verb != ON_COMMENT
           && (how->about == ABOUT_ROLE || how->about == ABOUT_USER
               || how->about == ABOUT_GROUP);
}

static bool
take_role(struct role_reading *r, const struct classified *how)
{
    switch (how->verb) {
    case ON_CREATE:
        r->role->action = ROLE_CREATE;
        r->role->powers =
            how->about == ABOUT_USER ? POWER_USUAL | POWER_LOGIN : POWER_USUAL;
        return take_name(r, &r->role->names) && take_options(r);
    case ON_ALTER:
        r->role->action = ROLE_ALTER;
        return how->about != ABOUT_GROUP && take_name(r, &r->role->names)
               && take_change(r);
    case ON_DROP:
        r->role->action = ROLE_DROP;
        r->at = scan_skip_if_exists(r->c, r->at);
        return take_names(r, &r->role->names) && at_end(r);
    case ON_COMMENT:
        break;
    }
    return false;
}

bool
scan_role(const struct scan *c, const struct classified *how, struct stmt *stmt)
{
    struct role_reading r = { c, how->name, NULL };

    if (!is_about_role(how))
        return false;
    r.role = ARENA_NEW(&c->s->arena, struct ast_role);
    r.role->span = token_span(c->t, token_at(c, how->name));
    r.role->limit = r.role->password = r.role->valid_until = SLICE_NONE;
    r.role->database = r.role->setting = r.role->setting_value = SLICE_NONE;
    if (!take_role(&r, how) || is_nobody(&r.role->names))
        return false;
    stmt->kind = STMT_ROLE;
    stmt->u.role = r.role;
    return true;
}
