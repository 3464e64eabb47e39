/*
 * inet, cidr and macaddr as text in the server's own spelling, so that equal addresses
 * are equal texts: 10.0.0.1, 10.0.0.0/24, 2001:db8::1, ::ffff:10.0.0.1,
 * 08:00:2b:01:02:03.  Other spellings that the server would take and rewrite are
 * refused.
 *
 * GLOB has no alternatives and no counts, so octets and their mask are read as a JSON
 * array of numbers, which have no leading zeros, and the groups of IPv6 are counted by
 * their colons.
 * The spelling is that of inet_net_ntop() in PostgreSQL's src/port: lower case, a run of
 * two zero groups or more is `::`, IPv4 in IPv6 is dotted, no mask where it is all bits.
 */
#include "dialect/sqlite/lower_network.h"

enum network_kind
lite_network_kind(const struct type *t)
{
    static const struct {
        const char *name;
        enum network_kind kind;
    } kinds[] = {
        { "inet", NETWORK_INET }, { "cidr", NETWORK_CIDR }, { "macaddr", NETWORK_MAC },
    };

    if (t->kind != TYPE_NAMED || t->dimensions > 0
        || !(slice_is_none(t->schema) || slice_is(t->schema, "pg_catalog")))
        return NETWORK_NONE;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (slice_is(t->name, kinds[i].name))
            return kinds[i].kind;
    return NETWORK_NONE;
}

/* ---- words ---- */

struct network {
    struct arena *a;
    const struct expr *c;
    bool is_cidr;
};

struct patterns {
    const char *const *all;
    size_t count;
};

#define PATTERNS(list) ((struct patterns){ list, ARRAY_LEN(list) })

static const struct expr *
number(const struct network *n, int64_t value)
{
    return lite_number(n->a, value);
}

static const struct expr *
compare(const struct network *n, const struct expr *x, const char *operator,
        int64_t value)
{
    return lite_binary(n->a, operator, x, number(n, value));
}

static const struct expr *
joined(const struct network *n, const char *before, const struct expr *x,
       const char *after)
{
    const struct expr *e = lite_binary(n->a, "||", lite_stringz(n->a, before), x);

    return lite_binary(n->a, "||", e, lite_stringz(n->a, after));
}

static const struct expr *
replaced(const struct network *n, const struct expr *x, const char *from, const char *to)
{
    return lite_call_3(n->a, "replace", x, lite_stringz(n->a, from),
                       lite_stringz(n->a, to));
}

static const struct expr *
matches(const struct network *n, const struct expr *x, const char *pattern)
{
    return lite_glob(n->a, x, slice_from(pattern), false);
}

static const struct expr *
lacks(const struct network *n, const struct expr *x, const char *pattern)
{
    return lite_glob(n->a, x, slice_from(pattern), true);
}

static const struct expr *
lacks_all(const struct network *n, const struct expr *x, struct patterns patterns)
{
    const struct expr *e = lacks(n, x, patterns.all[0]);

    for (size_t i = 1; i < patterns.count; i++)
        e = lite_and(n->a, e, lacks(n, x, patterns.all[i]));
    return e;
}

/* ---- IPv4, also as the end of an IPv6 address ---- */

/* 10.0.0.1/24 without what stands before it in an IPv6 address */
static const struct expr *
dotted(const struct network *n)
{
    return replaced(n, replaced(n, n->c, "::ffff:", ""), "::", "");
}

/* [10,0,0,1,24] */
static const struct expr *
as_array(const struct network *n)
{
    return joined(n, "[", replaced(n, replaced(n, dotted(n), ".", ","), "/", ","), "]");
}

static const struct expr *
element(const struct network *n, int at)
{
    return lite_call_2(n->a, "json_extract", as_array(n),
                       lite_string(n->a, slice_format(n->a, "$[%d]", at)));
}

/* Four octets, and a mask behind them where there is a slash. */
static const struct expr *
has_numbers(const struct network *n)
{
    const struct expr *count = lite_call_1(n->a, "json_array_length", as_array(n));
    const struct expr *wanted =
        n->is_cidr ? number(n, 5)
                   : lite_binary(n->a, "+", number(n, 4), matches(n, n->c, "*/*"));
    const struct expr *e = lite_call_1(n->a, "json_valid", as_array(n));

    e = lite_and(n->a, e, lite_binary(n->a, "=", count, wanted));
    for (int i = 0; i < 4; i++)
        e = lite_and(n->a, e, compare(n, element(n, i), "<=", 255));
    return e;
}

/* All bits are no mask of an inet, which is printed without it then. */
static const struct expr *
ipv4_mask(const struct network *n)
{
    int64_t spare = n->is_cidr ? 0 : 1;
    const struct expr *mask =
        n->is_cidr ? element(n, 4)
                   : lite_call_2(n->a, "ifnull", element(n, 4), number(n, 0));
    const struct expr *mapped =
        lite_and(n->a, matches(n, n->c, ":*"), compare(n, mask, "<=", 128 - spare));

    return lite_or(n->a, compare(n, mask, "<=", 32 - spare), mapped);
}

/* No bit of a network is set behind its mask. */
static const struct expr *
is_network(const struct network *n)
{
    const struct expr *bits = element(n, 3);
    const struct expr *step = lite_binary(
        n->a, "<<", number(n, 1), lite_binary(n->a, "-", number(n, 32), element(n, 4)));

    for (int i = 2; i >= 0; i--)
        bits = lite_binary(n->a, "+", bits,
                           lite_binary(n->a, "*", element(n, i),
                                       number(n, INT64_C(1) << (24 - 8 * i))));
    return lite_or(n->a, matches(n, n->c, ":*"),
                   compare(n, lite_binary(n->a, "%", bits, step), "=", 0));
}

/* 10.0.0.1, ::ffff:10.0.0.1, ::10.0.0.1 */
static const struct expr *
is_ipv4(const struct network *n)
{
    static const char *const anywhere[] = { "?*::*", "::0.0.*", "*/*.*" };
    const struct expr *place =
        lite_or(n->a, lacks(n, n->c, "*:*"), matches(n, n->c, "::[0-9]*"));
    const struct expr *e = matches(n, n->c, "*.*.*.*");

    place = lite_or(n->a, place, matches(n, n->c, "::ffff:[0-9]*"));
    e = lite_and(n->a, e, lacks_all(n, n->c, PATTERNS(anywhere)));
    e = lite_and(n->a, e, place);
    e = lite_and(n->a, e, lacks(n, dotted(n), "*[^0-9./]*"));
    e = lite_and(n->a, lite_and(n->a, e, has_numbers(n)), ipv4_mask(n));
    return n->is_cidr ? lite_and(n->a, e, is_network(n)) : e;
}

/* ---- IPv6 ---- */

static const struct expr *
colons(const struct network *n)
{
    return lite_binary(n->a, "-", lite_call_1(n->a, "length", n->c),
                       lite_call_1(n->a, "length", replaced(n, n->c, ":", "")));
}

/* With a colon on either side of the address. */
static const struct expr *
bounded(const struct network *n)
{
    const struct expr *ended =
        lite_binary(n->a, "||", n->c, lite_stringz(n->a, "/"));

    return lite_binary(n->a, "||", lite_stringz(n->a, ":"),
                       replaced(n, ended, "/", ":/"));
}

/* Eight groups; or at most six and `::` for the others, which may stand at an end. */
static const struct expr *
has_eight_groups(const struct network *n)
{
    const struct expr *full =
        lite_and(n->a, lacks(n, n->c, "*::*"), compare(n, colons(n), "=", 7));
    const struct expr *at_end =
        lite_or(n->a, matches(n, n->c, "::*"), matches(n, n->c, "*::"));
    const struct expr *fewer;

    at_end = lite_or(n->a, at_end, matches(n, n->c, "*::/*"));
    fewer = lite_or(n->a, compare(n, colons(n), "<=", 6),
                    lite_and(n->a, compare(n, colons(n), "=", 7), at_end));
    full = lite_and(n->a, full, lacks(n, bounded(n), "*:0:0:*"));
    return lite_or(n->a, full, lite_and(n->a, matches(n, n->c, "*::*"), fewer));
}

/* A number as it is written, of at most that many bits. */
static const struct expr *
ipv6_mask(const struct network *n)
{
    const struct expr *at =
        lite_call_2(n->a, "instr", n->c, lite_stringz(n->a, "/"));
    const struct expr *text =
        lite_call_2(n->a, "substr", n->c, lite_binary(n->a, "+", at, number(n, 1)));
    const struct expr *value = lite_cast(n->a, TYPE_INT4, text);
    const struct expr *e =
        lite_binary(n->a, "=", text, lite_cast(n->a, TYPE_TEXT, value));

    e = lite_and(n->a, e,
                 lite_between(n->a, value, number(n, 0),
                              number(n, n->is_cidr ? 128 : 127)));
    return n->is_cidr ? e : lite_or(n->a, lacks(n, n->c, "*/*"), e);
}

static const struct expr *
is_ipv6(const struct network *n)
{
    static const char *const anywhere[] = {
        "*[^0-9a-f:/]*", "*:::*", "*::*::*", ":[^:]*", "*[^:]:", "*[^:]:/*", "*/*:*",
    };
    static const char *const groups[] = {
        "*[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]*", "*:0[0-9a-f]*", "*:0::*", "*::0:*",
    };
    const struct expr *is_dotted =
        lite_and(n->a, matches(n, n->c, "::*:*"), compare(n, colons(n), "=", 3));
    const struct expr *is_mapped =
        lite_and(n->a, matches(n, n->c, "::ffff:*:*"), compare(n, colons(n), "=", 4));
    const struct expr *e = lacks_all(n, n->c, PATTERNS(anywhere));

    e = lite_and(n->a, e, lacks_all(n, bounded(n), PATTERNS(groups)));
    e = lite_and(n->a, e, lite_not(n->a, lite_or(n->a, is_dotted, is_mapped)));
    return lite_and(n->a, lite_and(n->a, e, has_eight_groups(n)), ipv6_mask(n));
}

/* ---- the check ---- */

#define HEX "[0-9a-f][0-9a-f]"

const struct expr *
lite_network_check(struct arena *a, enum network_kind kind, const struct expr *c)
{
    struct network n = { a, c, kind == NETWORK_CIDR };

    if (kind == NETWORK_MAC)
        return matches(&n, c, HEX ":" HEX ":" HEX ":" HEX ":" HEX ":" HEX);
    return lite_or(a, is_ipv4(&n), is_ipv6(&n));
}
