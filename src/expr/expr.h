/*
 * Expressions and queries as one uniform tree.
 *
 * The parser builds it unbound (EXPR_NAME); `resolve` builds a new, bound tree
 * (EXPR_COLUMN).  One shape for every kind keeps walking, copying, comparing, hashing and
 * lowering in one place each; expr.def says what the fields of each kind mean.  Nodes are
 * immutable once built.
 */
#ifndef SCHEMAC_EXPR_EXPR_H
#define SCHEMAC_EXPR_EXPR_H

#include "diag/source.h"
#include "expr/type.h"

enum expr_kind {
#define EXPR(kind, tag) kind,
#include "expr/expr.def"
#undef EXPR
    EXPR_KIND_COUNT
};

enum expr_flag {
    EXPR_NEGATED = 1 << 0,
    EXPR_DISTINCT = 1 << 1,
    EXPR_ALL = 1 << 2,
    EXPR_SYMMETRIC = 1 << 3,
    EXPR_VARIADIC = 1 << 4,
    EXPR_CALL_STAR = 1 << 5,
    EXPR_SPECIAL = 1 << 6,
    EXPR_NAME_ONLY = 1 << 7,
    EXPR_ONLY = 1 << 8,
    EXPR_LATERAL = 1 << 9,
    EXPR_ORDINALITY = 1 << 10,
    EXPR_NATURAL = 1 << 11,
    EXPR_DESC = 1 << 12,
    EXPR_NULLS_FIRST = 1 << 13,
    EXPR_NULLS_LAST = 1 << 14,
    EXPR_MATERIALIZED = 1 << 15,
    EXPR_NOT_MATERIALIZED = 1 << 16,
    EXPR_DO_NOTHING = 1 << 17,
    EXPR_RECURSIVE = 1 << 18, /* WITH RECURSIVE, on the query that has the WITH */
    EXPR_QUOTED =
        1 << 19, /* a name written in double quotes: SQLite may read it as a string */
    EXPR_WITHIN_GROUP = 1 << 20, /* call: CALL_ORDER stands in WITHIN GROUP (…) */
    EXPR_WITH_TIES = 1 << 21,    /* query: its limit is FETCH FIRST … WITH TIES */
    EXPR_OWN_TABLE = 1 << 22,    /* column of a check or index: its table was before it */
};

/*
 * The bits above count the parentheses that the writer put around a node and that are
 * none of the syntax.  They say nothing, so nothing compares them: only a style that
 * keeps_parens prints them.  Those before a node and those behind it are counted apart,
 * because AND and OR are flat: (a AND b) AND c has one before a and one behind b.
 */
#define EXPR_PARENS_MAX 15 /* what four bits hold; more are forgotten */
#define EXPR_OPEN_SHIFT 23
#define EXPR_CLOSE_SHIFT 27
#define EXPR_PARENS_BITS                                                                 \
    ((uint32_t)EXPR_PARENS_MAX << EXPR_OPEN_SHIFT                                        \
     | (uint32_t)EXPR_PARENS_MAX << EXPR_CLOSE_SHIFT)
/* A column of a domain, whose result is the type below that. */
#define EXPR_OF_DOMAIN ((uint32_t)1 << 31)
/* How something was written or is declared, which is no part of what it says. */
#define EXPR_WRITTEN_BITS                                                                \
    (EXPR_PARENS_BITS | EXPR_QUOTED | EXPR_OWN_TABLE | EXPR_OF_DOMAIN)

/* args of an EXPR_CALL; the arguments proper begin at CALL_ARGS. */
enum call_slot { CALL_QUALIFIER, CALL_ORDER, CALL_FILTER, CALL_OVER, CALL_ARGS };

/* All slots may be NULL except SELECT_TARGETS (an EXPR_LIST of QUERY_TARGET). */
enum select_slot {
    SELECT_WITH,        /* LIST of QUERY_CTE */
    SELECT_DISTINCT_ON, /* LIST */
    SELECT_TARGETS,
    SELECT_FROM, /* LIST of from items */
    SELECT_WHERE,
    SELECT_GROUP, /* LIST; flags: DISTINCT for GROUP BY DISTINCT */
    SELECT_HAVING,
    SELECT_WINDOWS, /* LIST of EXPR_WINDOW */
    SELECT_ORDER,   /* LIST of QUERY_ORDER */
    SELECT_LIMIT,
    SELECT_OFFSET,
    SELECT_LOCKING,
    SELECT_SLOT_COUNT
};

enum ordered_slot {
    ORDERED_WITH,
    ORDERED_QUERY,
    ORDERED_ORDER,
    ORDERED_LIMIT,
    ORDERED_OFFSET,
    ORDERED_SLOT_COUNT
};

enum insert_slot {
    INSERT_WITH,
    INSERT_TABLE,
    INSERT_COLUMNS /* LIST of EXPR_PART? */,
    INSERT_QUERY /* NULL: DEFAULT VALUES */,
    INSERT_CONFLICT,
    INSERT_RETURNING,
    INSERT_SLOT_COUNT /* text of QUERY_INSERT: "replace", "ignore", … of INSERT OR …, or
                         none */
};

enum update_slot {
    UPDATE_WITH,
    UPDATE_TABLE, /* or LIST of from items: MySQL */
    UPDATE_ASSIGNS,
    UPDATE_FROM,
    UPDATE_WHERE,
    UPDATE_ORDER,
    UPDATE_LIMIT,
    UPDATE_OFFSET,
    UPDATE_RETURNING,
    UPDATE_SLOT_COUNT
};

enum delete_slot {
    DELETE_WITH,
    DELETE_TABLE, /* or LIST of them: MySQL */
    DELETE_USING,
    DELETE_WHERE,
    DELETE_ORDER,
    DELETE_LIMIT,
    DELETE_OFFSET,
    DELETE_RETURNING,
    DELETE_SLOT_COUNT
};

enum window_slot {
    WINDOW_PARTITION,
    WINDOW_ORDER,
    WINDOW_FRAME,
    WINDOW_BASE, /* in the WINDOW clause only, and only where there is one */
};

enum cte_slot {
    CTE_QUERY,
    CTE_COLUMNS,
    CTE_SEARCH, /* these two only where there is one of them */
    CTE_CYCLE,
};

enum merge_slot {
    MERGE_WITH,
    MERGE_TABLE,
    MERGE_SOURCE,
    MERGE_ON,
    MERGE_RETURNING,
    MERGE_WHENS, /* and those behind it: EXPR_FORM */
};

struct expr {
    enum expr_kind kind;
    uint32_t flags;   /* enum expr_flag */
    struct span span; /* SPAN_NONE on nodes that a pass made; ignored by expr_equal */
    uint32_t arg_count;
    struct slice text;
    const struct type
        *type; /* what the text says: target of a cast; NULL where there is none */
    const struct type
        *result; /* what resolve found out; NULL: unknown.  Ignored by expr_equal */
    const struct expr **args;
};

/* Printing and comparing recurse; a deeper tree is refused by the parser (D_TOO_DEEP). */
#define EXPR_DEPTH_MAX 400

const char *expr_tag(enum expr_kind kind);

struct expr *expr_new(struct arena *a, enum expr_kind kind, struct span span,
                      struct slice text,
                      size_t arg_count); /* args are NULL: fill before use */
/* x'1f' as PostgreSQL means it: b'00011111'. */
const struct expr *expr_bits_of_hex(struct arena *a, const struct expr *blob);
struct expr *expr_leaf(struct arena *a, enum expr_kind kind, struct span span,
                       struct slice text);
struct expr *expr_1(struct arena *a, enum expr_kind kind, struct span span,
                    struct slice text, const struct expr *arg);
struct expr *expr_2(struct arena *a, enum expr_kind kind, struct span span,
                    struct slice text, const struct expr *left, const struct expr *right);

/* Parentheses before a node, behind it, and around the node alone. */
uint32_t expr_opened(const struct expr *e);
uint32_t expr_closed(const struct expr *e);
uint32_t expr_parens(const struct expr *e);
/* Count more of them; for a node that is being built. */
void expr_add_parens(struct expr *e, uint32_t opened, uint32_t closed);
/* The node without what the writer put around it or before it; its arguments stay. */
const struct expr *expr_unwrapped(struct arena *a, const struct expr *e);

/* The same tree?  By structure: spans and results do not count.  Both may be NULL. */
bool expr_equal(const struct expr *a, const struct expr *b);
uint64_t expr_hash(const struct expr *e); /* equal trees hash alike; 0 for NULL */

/*
 * A copy in which each node is what `edit` makes of it.  edit gets a node whose arguments
 * were edited already and returns it or another; it never changes it.  NULL stays NULL.
 */
typedef const struct expr *expr_edit_fn(void *context, const struct expr *e);
const struct expr *expr_rewrite(struct arena *a, const struct expr *e, expr_edit_fn *edit,
                                void *context);

/* Call `visit` on each node, parents first; stops and returns false when visit does. */
typedef bool expr_visit_fn(void *context, const struct expr *e);
bool expr_walk(const struct expr *e, expr_visit_fn *visit, void *context);

/* Does it name this column (EXPR_COLUMN or EXPR_NAME, any qualifier)? */
bool expr_mentions_column(const struct expr *e, struct slice column);
/* Of a comparison, the named type of the side that is no text, so that texts beside it
 * are values of that; of a cast its type.  NULL: unknown. */
const struct type *expr_compared_type(const struct expr *e);
/* A number, string, blob, boolean or NULL, perhaps signed or cast: the same for every
 * row. */
bool expr_is_constant(const struct expr *e);
bool expr_is_query(const struct expr *e); /* QUERY_SELECT … QUERY_MERGE */

/* The SELECT that names the columns of a query: the first one of a set operation; NULL
 * for VALUES and statements that change rows. */
const struct expr *query_first_select(const struct expr *query);

#endif
