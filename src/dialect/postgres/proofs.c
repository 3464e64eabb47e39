/*
 * What proves that a step was done: its statements are told apart by how they begin
 * (statement_forms.def), and each form says what the server's catalogs hold afterwards.
 *
 * Names are looked up as the statement itself looks them up (to_regclass and its like),
 * so that the search path means the same to both.
 */
#include "dialect/postgres/postgres.h"

#include "base/sqltext.h"

#define NAMES_MAX 3

struct statement_form {
    const char *name;
    const char *lock; /* NULL: none; KEPT */
    const char *pattern;
    const char *subject;
    const char *condition;
};

#define KEPT ""
#define NONE NULL
#define REMARK "SHARE UPDATE EXCLUSIVE, unless it is new"
#define ROWS "ROW EXCLUSIVE"
#define UPDATE_EXCLUSIVE "SHARE UPDATE EXCLUSIVE"
#define ROW_EXCLUSIVE_SHARE "SHARE ROW EXCLUSIVE"
#define ALL "ACCESS EXCLUSIVE"

#define HAS_COLUMN(name)                                                                 \
    "EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = "                      \
    "pg_catalog.to_regclass($1) AND attname = " name " AND NOT attisdropped)"
#define COLUMN_IS(what)                                                                  \
    "EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = "                      \
    "pg_catalog.to_regclass($1) AND attname = #2 AND NOT attisdropped AND " what ")"
#define HAS_CONSTRAINT(name, what)                                                       \
    "EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = "                     \
    "pg_catalog.to_regclass($1) AND conname = " name what ")"
#define TABLE_IS(what)                                                                   \
    "EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1) "    \
    "AND " what ")"
#define TRIGGER_IS(letter)                                                               \
    "EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = "                         \
    "pg_catalog.to_regclass($1) AND tgname = #2 AND tgenabled = '" letter "')"
#define RULE_IS(letter)                                                                  \
    "EXISTS (SELECT FROM pg_catalog.pg_rewrite WHERE ev_class = "                        \
    "pg_catalog.to_regclass($1) AND rulename = #2 AND ev_enabled = '" letter "')"
#define HAS_OPTIONS(column) column " @> CAST(ARRAY[<options>] AS text[])"
#define HAS_NONE(column)                                                                 \
    "NOT EXISTS (SELECT FROM pg_catalog.unnest(" column ") AS o (said) "                 \
    "WHERE pg_catalog.split_part(said, '=', 1) IN (<names>))"
/* How many of the rights the role has; PUBLIC is none of the roles. */
#define RIGHTS(catalog, acl, owner, letter, lookup, from)                                \
    "(SELECT pg_catalog.count(DISTINCT g.privilege_type) FROM pg_catalog." catalog       \
    " AS o CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(o." acl                     \
    ", pg_catalog.acldefault('" letter "', o." owner "))) AS g WHERE o.oid = "           \
    "pg_catalog." lookup "($1)" from " AND g.grantee = coalesce("                        \
    "(SELECT r.oid FROM pg_catalog.pg_roles AS r WHERE r.rolname = #2), 0) "             \
    "AND g.privilege_type IN (<rights>))"
#define FROM_OWNER(owner) " AND g.grantor = o." owner
#define IS_CHILD(child, parent)                                                          \
    "EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = "                       \
    "pg_catalog.to_regclass(" child ") AND inhparent = pg_catalog.to_regclass(" parent   \
    "))"

static const struct statement_form forms[] = {
#define FORM(name, lock, pattern, subject, condition)                                    \
    { name, lock, pattern, subject, condition },
#define CLAUSE(name, lock, pattern, subject, condition)
#include "dialect/postgres/statement_forms.def"
#undef FORM
#undef CLAUSE
};

static const struct statement_form clauses[] = {
#define FORM(name, lock, pattern, subject, condition)
#define CLAUSE(name, lock, pattern, subject, condition)                                  \
    { name, lock, pattern, subject, condition },
#include "dialect/postgres/statement_forms.def"
#undef FORM
#undef CLAUSE
};

/* ---- reading a statement ---- */

struct said_name {
    struct slice text;  /* as it is written: public."T" */
    struct slice owner; /* without its last part: public; empty */
    struct slice last;  /* that part without quotes */
};

struct reading {
    struct session *s;
    struct slice sql; /* all of it */
    bool is_unknown;  /* a list in it is none that the catalogs tell */
    struct said_name names[NAMES_MAX];
    size_t name_count;
    struct sqltext rest;
};

static bool
is_name(struct sqltext_token t)
{
    return t.kind == SQLTEXT_WORD || t.kind == SQLTEXT_QUOTED;
}

/* Takes a name off the front; false where none is. */
static bool
read_name(struct reading *r)
{
    struct said_name *to = &r->names[r->name_count];
    struct sqltext_token token = sqltext_next_code(&r->rest);
    struct slice begin = token.text;

    if (!is_name(token) || r->name_count == NAMES_MAX)
        return false;
    to->owner = SLICE("");
    for (;;) {
        struct sqltext ahead = r->rest;
        struct sqltext_token dot = sqltext_next_code(&ahead);
        struct sqltext_token part = sqltext_next_code(&ahead);

        to->text = (struct slice){ begin.ptr, (size_t)(token.text.ptr + token.text.len
                                                       - begin.ptr) };
        to->last = sqltext_name(&r->s->arena, token);
        if (!slice_is(dot.text, ".") || !is_name(part))
            break;
        to->owner = to->text;
        token = part;
        r->rest = ahead;
    }
    r->name_count++;
    return true;
}

static bool
token_is(struct sqltext_token token, struct slice word)
{
    return token.kind == SQLTEXT_WORD && slice_equal_fold(token.text, word);
}

static bool
read_word(struct reading *r, struct slice word)
{
    struct sqltext ahead = r->rest;

    if (!token_is(sqltext_next_code(&ahead), word))
        return false;
    r->rest = ahead;
    return true;
}

/* Up to the word; what stands in strings and quotes is none. */
static bool
skip_to_word(struct reading *r, struct slice word)
{
    while (!read_word(r, word))
        if (sqltext_next_code(&r->rest).kind == SQLTEXT_END)
            return false;
    return true;
}

/* The next word of a pattern. */
static bool
next_of_pattern(struct slice *pattern, struct slice *word)
{
    size_t n = 0;

    while (n < pattern->len && pattern->ptr[n] != ' ')
        n++;
    *word = slice_sub(*pattern, 0, n);
    *pattern = slice_sub(*pattern, n < pattern->len ? n + 1 : n, pattern->len);
    return word->len > 0;
}

static bool
matches(struct reading *r, const char *pattern)
{
    struct slice left = slice_from(pattern);
    struct slice word;
    bool good = true;

    while (good && next_of_pattern(&left, &word)) {
        if (slice_is(word, "@"))
            good = read_name(r);
        else if (slice_is(word, "*"))
            good = next_of_pattern(&left, &word) && skip_to_word(r, word);
        else if (word.ptr[0] == '?')
            (void)read_word(r, slice_sub(word, 1, word.len));
        else
            good = read_word(r, word);
    }
    return good;
}

/* The first form that it begins like; `r` is behind what was matched.  NULL: none. */
static const struct statement_form *
find_form(struct reading *r, const struct statement_form *all, size_t count)
{
    const struct reading begin = *r;

    for (size_t i = 0; i < count; i++) {
        *r = begin;
        if (matches(r, all[i].pattern))
            return &all[i];
    }
    *r = begin;
    return NULL;
}

/* ---- pieces of what is left ---- */

/* +1 and -1 for what opens and closes; else 0. */
static int
depth_change(struct sqltext_token t)
{
    if (slice_is(t.text, "(") || slice_is(t.text, "["))
        return 1;
    return slice_is(t.text, ")") || slice_is(t.text, "]") ? -1 : 0;
}

/* Takes the next clause off the front; what stands between two is a comma. */
static bool
next_clause(struct sqltext *from, struct slice *clause)
{
    const char *begin = from->rest.ptr;
    const char *end = begin;
    struct sqltext_token token;
    int depth = 0;

    while ((token = sqltext_next_code(from)).kind != SQLTEXT_END) {
        if (depth == 0 && slice_is(token.text, ","))
            break;
        depth += depth_change(token);
        end = token.text.ptr + token.text.len;
    }
    *clause = slice_trim((struct slice){ begin, (size_t)(end - begin) });
    return clause->len > 0;
}

/* ('a', 'b') without its parentheses. */
static struct slice
inside_parentheses(struct slice s)
{
    s = slice_trim(s);
    return s.len >= 2 ? slice_sub(s, 1, s.len - 1) : s;
}

static struct slice
first_string(struct sqltext t)
{
    struct sqltext_token token;

    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END)
        if (token.kind == SQLTEXT_STRING)
            return token.text;
    return SLICE("''");
}

static bool
is_not_valid(struct sqltext t)
{
    struct sqltext_token before = { SQLTEXT_END, SLICE("") };
    struct sqltext_token last = before;
    struct sqltext_token token;

    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END) {
        before = last;
        last = token;
    }
    return sqltext_is_word(before, "not") && sqltext_is_word(last, "valid");
}

/* ---- the type that a column gets ---- */

struct new_type {
    struct slice text;  /* numeric(12, 2) */
    struct slice words; /* numeric */
    size_t arg_count;
    int32_t args[2];
    bool is_signed;         /* numeric(5, -2) */
    struct slice collation; /* as it is written; none */
};

#define ARGUMENT_MAX 10000000 /* more than any length */

static void
read_argument(struct new_type *out, struct sqltext_token token)
{
    int32_t n = 0;

    for (size_t i = 0; i < token.text.len && n < ARGUMENT_MAX; i++)
        n = n * 10 + (token.text.ptr[i] - '0');
    if (out->arg_count < ARRAY_LEN(out->args))
        out->args[out->arg_count++] = n;
}

/* `r` is behind TYPE. */
static struct new_type
read_type(const struct reading *r)
{
    struct reading left = *r;
    const char *begin = left.rest.rest.ptr;
    const char *end = begin;
    struct new_type out = { .collation = SLICE_NONE };
    struct sqltext_token token;

    left.name_count = 0;
    while ((token = sqltext_next_code(&left.rest)).kind != SQLTEXT_END) {
        if (sqltext_is_word(token, "collate") && read_name(&left))
            out.collation = left.names[0].text;
        if (sqltext_is_word(token, "collate") || sqltext_is_word(token, "using"))
            break;
        if (slice_is(token.text, "(") && slice_is_none(out.words))
            out.words = slice_trim((struct slice){ begin, (size_t)(end - begin) });
        if (token.kind == SQLTEXT_NUMBER)
            read_argument(&out, token);
        out.is_signed |= slice_is(token.text, "-");
        end = token.text.ptr + token.text.len;
    }
    out.text = slice_trim((struct slice){ begin, (size_t)(end - begin) });
    if (slice_is_none(out.words))
        out.words = out.text;
    return out;
}

/*
 * How the server keeps a length (varchartypmodin, numerictypmodin, anytime_typmodin,
 * anybit_typmodin, intervaltypmodin): its digits, and what is added to them.
 */
static const struct {
    const char *words;
    int32_t added;
} lengths[] = {
    { "varchar", 4 },
    { "char", 4 },
    { "bit", 0 },
    { "varbit", 0 },
    { "time", 0 },
    { "timetz", 0 },
    { "timestamp", 0 },
    { "timestamptz", 0 },
    { "interval", 0x7FFF << 16 }, /* all of its fields */
};

/* What the server says where no length is said; `char` has one all the same. */
static const char *const unbound[] = {
    "varchar",   "numeric", "varbit",      "time",
    "timestamp", "timetz",  "timestamptz", "interval"
};

static void
add_length(struct text *out, const struct new_type *t)
{
    int32_t scale = t->arg_count == 2 ? t->args[1] : 0;

    for (size_t i = 0; t->arg_count == 1 && i < ARRAY_LEN(lengths); i++)
        if (slice_is(t->words, lengths[i].words))
            text_addf(out, " AND atttypmod = %d", (int)(t->args[0] + lengths[i].added));
    if (t->arg_count > 0 && slice_is(t->words, "numeric") && !t->is_signed)
        text_addf(out, " AND atttypmod = %d", (int)(((t->args[0] << 16) | scale) + 4));
    for (size_t i = 0; t->arg_count == 0 && i < ARRAY_LEN(unbound); i++)
        if (slice_is(t->text, unbound[i]))
            text_addz(out, " AND atttypmod = -1");
}

/* ---- conditions ---- */

static void
add_text(struct session *s, struct text *out, struct slice what)
{
    struct postgres_statement st;

    postgres_begin(s, &st);
    sqlw_string(&st.w, what);
    text_add(out, postgres_end(&st));
}

static void
add_type(const struct reading *r, struct text *out)
{
    struct new_type t = read_type(r);

    text_addz(out, "atttypid = pg_catalog.to_regtype(");
    add_text(r->s, out, t.text);
    text_addc(out, ')');
    add_length(out, &t);
    if (slice_is_none(t.collation))
        return;
    text_addz(out, " AND attcollation = pg_catalog.to_regcollation(");
    add_text(r->s, out, t.collation);
    text_addc(out, ')');
}

/* The second name in the schema of the first. */
static void
add_beside(const struct reading *r, struct text *out, size_t owner, size_t name)
{
    const struct said_name *beside = &r->names[owner];
    struct slice text = r->names[name].text;

    if (beside->owner.len > 0)
        text = slice_format(&r->s->arena, "%.*s.%.*s", SLICE_ARG(beside->owner),
                            SLICE_ARG(text));
    add_text(r->s, out, text);
}

/* ---- lists ---- */

/* INSERT, SELECT between GRANT and ON; how many there are. */
static size_t
add_rights(struct reading *r, struct text *out)
{
    struct sqltext t = { .rest = r->sql };
    struct sqltext_token token;
    size_t n = 0;

    (void)sqltext_next_code(&t);
    while (!sqltext_is_word(token = sqltext_next_code(&t), "on")) {
        if (slice_is(token.text, ","))
            continue;
        if (token.kind != SQLTEXT_WORD) {
            r->is_unknown = true; /* columns */
            return 0;
        }
        text_addz(out, n++ > 0 ? ", " : "");
        add_text(r->s, out, token.text);
    }
    return n;
}

static void
add_count(struct reading *r, struct text *out)
{
    struct text unused;

    text_init(&unused, &r->s->arena);
    text_addf(out, "%zu", add_rights(r, &unused));
}

static struct slice
option_value(struct sqltext_token token)
{
    return token.kind == SQLTEXT_STRING ? sqltext_inside(token) : token.text;
}

/* (fillfactor = 70, user_catalog_table) as 'fillfactor=70', 'user_catalog_table=true', or
 * the names alone.  A negative number and the options of a TOAST table are not read. */
static void
add_options(struct reading *r, struct text *out, bool with_values)
{
    struct sqltext t = r->rest;
    bool more = slice_is(sqltext_next_code(&t).text, "(");

    r->is_unknown |= !more;
    for (size_t n = 0; more; n++) {
        struct sqltext_token name = sqltext_next_code(&t);
        struct sqltext_token behind = sqltext_next_code(&t);
        struct slice value = SLICE("true");

        if (slice_is(behind.text, "=")) {
            value = option_value(sqltext_next_code(&t));
            behind = sqltext_next_code(&t);
        }
        more = slice_is(behind.text, ",");
        r->is_unknown |= name.kind != SQLTEXT_WORD;
        r->is_unknown |= !more && !slice_is(behind.text, ")");
        more = more && !r->is_unknown;
        text_addz(out, n > 0 ? ", " : "");
        add_text(r->s, out,
                 with_values ? slice_format(&r->s->arena, "%.*s=%.*s",
                                            SLICE_ARG(name.text), SLICE_ARG(value))
                             : name.text);
    }
}

static void
add_call(const struct reading *r, struct text *out)
{
    struct slice rest = slice_trim(r->rest.rest);

    add_text(r->s, out,
             slice_format(&r->s->arena, "%.*s%.*s", SLICE_ARG(r->names[0].text),
                          SLICE_ARG(rest)));
}

/* Those of them that are lists; 0: `at` begins none. */
static size_t
add_list(struct reading *r, const char *at, struct text *out)
{
    if (strncmp(at, "<rights>", 8) == 0)
        (void)add_rights(r, out);
    else if (strncmp(at, "<count>", 7) == 0)
        add_count(r, out);
    else if (strncmp(at, "<options>", 9) == 0)
        add_options(r, out, true);
    else if (strncmp(at, "<names>", 7) == 0)
        add_options(r, out, false);
    else if (strncmp(at, "<call>", 6) == 0)
        add_call(r, out);
    else
        return 0;
    return (size_t)(strchr(at, '>') - at) + 1;
}

/* The words in a condition that stand for something; see statement_forms.def. */
static size_t
add_placeholder(const struct reading *r, const char *at, struct text *out)
{
    size_t name =
        at[0] != '\0' && at[1] >= '1' && at[1] <= '3' ? (size_t)(at[1] - '1') : 0;

    if (at[0] == '$' || at[0] == '#' || at[0] == '^') {
        add_text(r->s, out,
                 at[0] == '$'   ? r->names[name].text
                 : at[0] == '#' ? r->names[name].last
                                : r->names[name].owner);
        return 2;
    }
    if (strncmp(at, "<1.2>", 5) == 0 || strncmp(at, "<2.1>", 5) == 0) {
        add_beside(r, out, name, (size_t)(at[3] - '1'));
        return 5;
    }
    if (strncmp(at, "<type>", 6) == 0) {
        add_type(r, out);
        return 6;
    }
    if (strncmp(at, "<string>", 8) == 0) {
        text_add(out, first_string(r->rest));
        return 8;
    }
    if (strncmp(at, "<validated>", 11) == 0) {
        text_addz(out, is_not_valid(r->rest) ? "" : " AND convalidated");
        return 11;
    }
    if (strncmp(at, "[...]", 5) == 0) {
        text_add(out, inside_parentheses(r->rest.rest));
        return 5;
    }
    if (strncmp(at, "...", 3) == 0) {
        text_add(out, slice_trim(r->rest.rest));
        return 3;
    }
    return 0;
}

static struct slice
filled_in(const struct reading *from, const char *words)
{
    struct reading own = *from;
    struct reading *r = &own;
    struct text out;

    text_init(&out, &r->s->arena);
    for (const char *at = words; *at != '\0';) {
        size_t taken = add_list(r, at, &out);

        if (taken == 0)
            taken = add_placeholder(r, at, &out);

        if (taken == 0)
            text_addc(&out, *at++);
        at += taken;
    }
    return r->is_unknown ? SLICE("") : text_slice(&out);
}

/* "column 1 2" with the names that the numbers stand for. */
static struct slice
subject_of(const struct reading *r, const char *words)
{
    struct text out;

    text_init(&out, &r->s->arena);
    for (const char *at = words; *at != '\0'; at++)
        if (*at >= '1' && *at <= '3')
            text_add(&out, r->names[*at - '1'].text);
        else
            text_addc(&out, *at);
    return text_slice(&out);
}

/* ---- a step ---- */

struct proof {
    struct slice subject; /* empty: nothing else is about it */
    struct slice condition;
};

struct proofs {
    VEC(struct proof) all;
    const char *lock; /* the strongest of the forms so far */
    bool keeps_lock;  /* not every form tells its lock */
};

static size_t
strength(const char *lock)
{
    static const char *const all[] = { ROWS,        UPDATE_EXCLUSIVE,
                                       "SHARE",     ROW_EXCLUSIVE_SHARE,
                                       "EXCLUSIVE", ALL };

    for (size_t i = 0; lock != NULL && i < ARRAY_LEN(all); i++)
        if (strcmp(lock, all[i]) == 0)
            return i + 1;
    return 0;
}

/* What was said of the old name is not asked for: nothing is called so any more. */
static void
forget_renamed(const struct reading *r, struct proofs *out,
               const struct statement_form *form)
{
    struct text old;

    if (strncmp(form->name, "rename-", strlen("rename-")) != 0)
        return;
    text_init(&old, &r->s->arena);
    add_text(r->s, &old, r->name_count > 2 ? r->names[1].last : r->names[0].text);
    VEC_EACH (i, &out->all)
        if (slice_holds(out->all.items[i].condition, text_slice(&old)))
            out->all.items[i].condition = SLICE("");
}

/* What was said of the same thing before holds no more. */
static void
add_proof(const struct reading *r, struct proofs *out, const struct statement_form *form)
{
    struct proof p = { subject_of(r, form->subject), filled_in(r, form->condition) };

    forget_renamed(r, out, form);
    for (size_t i = 0; p.subject.len > 0 && i < out->all.count; i++)
        if (slice_equal(out->all.items[i].subject, p.subject)) {
            out->all.items[i].condition = p.condition;
            return;
        }
    VEC_PUSH(&r->s->arena, &out->all, p);
}

/* Remarks stand behind what is made. */
static void
add_lock(const struct action *to, struct proofs *out, const struct statement_form *form)
{
    const char *lock = form->lock;

    if (lock != NULL && strcmp(lock, REMARK) == 0)
        lock = to->forms.count == 0 || strcmp(to->forms.items[0], form->name) == 0
                   ? UPDATE_EXCLUSIVE
                   : NONE;
    out->keeps_lock |= lock != NULL && strcmp(lock, KEPT) == 0;
    if (strength(lock) > strength(out->lock))
        out->lock = lock;
}

static void
add_form(const struct reading *r, struct action *to, struct proofs *out,
         const struct statement_form *form)
{
    if (form == NULL) {
        out->keeps_lock = true;
        return;
    }
    add_lock(to, out, form);
    add_proof(r, out, form);
    VEC_EACH (i, &to->forms)
        if (strcmp(to->forms.items[i], form->name) == 0)
            return;
    VEC_PUSH(&r->s->arena, &to->forms, form->name);
}

static void
prove_clauses(struct reading *r, struct action *to, struct proofs *out)
{
    struct sqltext left = r->rest;
    struct slice clause;

    while (next_clause(&left, &clause)) {
        struct reading one = *r;

        one.rest.rest = clause;
        add_form(&one, to, out, find_form(&one, clauses, ARRAY_LEN(clauses)));
    }
}

static void
prove_statement(struct session *s, struct action *to, struct slice sql,
                struct proofs *out)
{
    struct reading r = { .s = s, .sql = sql, .rest.rest = sql };
    const struct reading begin = r;

    if (matches(&r, "ALTER ?FOREIGN TABLE ?ONLY @")) {
        prove_clauses(&r, to, out);
        return;
    }
    r = begin;
    add_form(&r, to, out, find_form(&r, forms, ARRAY_LEN(forms)));
}

static void
prove_action(struct session *s, struct action *to, bool sets_lock)
{
    struct proofs proofs = { 0 };
    struct text out;
    bool any = false;

    VEC_EACH (i, &to->sql)
        prove_statement(s, to, to->sql.items[i], &proofs);
    text_init(&out, &s->arena);
    VEC_EACH (i, &proofs.all) {
        if (proofs.all.items[i].condition.len == 0)
            continue;
        text_addf(&out, "%s%.*s", any ? "\nAND " : "SELECT ",
                  SLICE_ARG(proofs.all.items[i].condition));
        any = true;
    }
    if (any && slice_is_none(to->postcondition))
        to->postcondition = text_slice(&out);
    if (sets_lock && !proofs.keeps_lock && to->sql.count > 0)
        to->lock = proofs.lock;
}

void
postgres_prove(struct session *s, struct actions *actions, bool sets_lock)
{
    VEC_EACH (i, &actions->all)
        prove_action(s, actions->all.items[i], sets_lock);
}
