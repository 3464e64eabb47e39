/*
 * Definitions: everything a schema declares that is not a table, an index, a view or an
 * enum.  All of them have a kind, an identity and a text; most have a detail, too, which
 * says what the text means.
 *
 * The detail is the truth where there is one: `text` and `normal` are then written from
 * it (definition_spell), so that two spellings of one thing are one thing.  Without a
 * detail a definition is kept whole and compared by its text.
 *
 * Details are immutable like the rest of the catalog; resolve builds a new one to apply
 * an ALTER.  Fields follow the PostgreSQL manual, "SQL Commands".
 */
#ifndef SCHEMAC_MODEL_DEFINITION_H
#define SCHEMAC_MODEL_DEFINITION_H

#include "diag/session.h"
#include "expr/expr.h"
#include "expr/kinds.h"

struct slices {
    VEC(struct slice) all;
};

bool slices_have(const struct slices *names, struct slice name);

struct table;

struct extension {
    struct slice in_schema; /* none: the default one */
    struct slice version;   /* none: the server's choice */
};

struct domain_check {
    struct slice name;
    bool name_is_derived;     /* domain_check, domain_check1, … */
    const struct expr *check; /* over the column VALUE */
    bool not_valid;
    struct slice comment; /* none */
};

struct domain {
    struct type base;
    struct span base_span;
    struct slice collation;           /* none */
    const struct expr *default_value; /* NULL: none */
    bool default_varies;              /* as of a column */
    bool not_null;
    VEC(struct domain_check) checks;
};

struct attribute {
    struct slice name;
    struct type type;
    struct slice collation; /* none */
    struct slice comment;   /* none */
    struct slice was;       /* its name in the version that is extended; none */
};

struct composite {
    VEC(struct attribute) attributes;
};

/* A named option of a command whose meaning we do not need: SUBTYPE_DIFF = f. */
struct setting {
    struct slice name;
    struct slice value; /* none: stands alone */
};

struct settings {
    VEC(struct setting) all;
};

struct range {
    struct type subtype;
    struct settings options; /* the others, sorted by name */
};

/* Absent values are the defaults of its type and direction, never written. */
struct sequence {
    struct type type; /* bigint where none is written */
    int64_t increment;
    bool has_min, has_max, has_start;
    int64_t min, max, start;
    int64_t cache; /* 1 */
    bool cycle;
    bool unlogged;
    struct slice owner_schema, owner_table, owner_column; /* OWNED BY; none */
    /* Of an identity, when it is not TABLE_COLUMN_seq: made so, and not compared, as it
     * stays behind when the table is renamed; none. */
    struct slice own_name;
};

struct argument {
    enum argument_mode mode;
    struct slice name; /* none */
    struct type type;
    struct span span; /* of the type */
    const struct expr *default_value; /* NULL: none */
};

struct arguments {
    VEC(struct argument) all;
};

enum volatility {
    VOLATILITY_VOLATILE,
    VOLATILITY_STABLE,
    VOLATILITY_IMMUTABLE,
};

/* What an option of an aggregate names: STYPE = integer. */
struct option_type {
    struct type type;
    struct span span;
};

/*
 * Types have no arguments (varchar(20) is varchar): PostgreSQL keeps none of a routine's.
 */
struct routine {
    enum routine_kind kind;
    struct arguments arguments; /* TABLE columns come last */
    bool has_order_by;          /* aggregate: the ORDER BY arguments begin at … */
    size_t order_by;
    bool returns_set;
    bool has_result;       /* RETURNS was written (or TABLE columns stand in) */
    struct type result;    /* "trigger" and "void" are types by name */
    struct span result_span;
    struct slice language; /* folded; "sql" for RETURN and ATOMIC */
    enum volatility volatility;
    bool strict;
    bool leakproof;
    bool security_definer;
    bool window;
    struct slice parallel; /* "safe", "restricted"; none: unsafe */
    struct slice cost;     /* none: the default */
    struct slice rows;
    struct slice support;     /* as it is written: "schema.f" */
    struct slices transforms; /* names of types, as they are written */
    struct settings
        settings; /* SET name TO value, sorted by name; no value: FROM CURRENT */
    struct settings options; /* aggregates: sfunc, stype, … sorted by name */
    VEC(struct option_type) option_types;
    enum body_kind body_kind;
    struct slice body;  /* what the quotes mean, byte for byte */
    struct slice body2; /* BODY_LINK: the symbol; none */
    /* What the server reads at once, to be compared.  BODY_ATOMIC: queries, and an
     * expression for RETURN; BODY_RETURN: the expression. */
    VEC(const struct expr *) statements;
};

struct trigger {
    enum trigger_timing timing;
    unsigned events;       /* of enum trigger_event */
    struct slices columns; /* UPDATE OF */
    bool for_each_row;
    bool row_is_implied; /* SQLite: FOR EACH ROW is not written, and meant */
    bool is_constraint;
    enum deferral deferral;
    struct slice from_schema, from_table; /* constraint triggers; none */
    struct slice old_table, new_table;    /* REFERENCING; none */
    const struct expr *when;              /* over NEW and OLD; NULL */
    struct slice function_schema, function;
    struct span function_span;
    struct slices arguments; /* what the quotes mean */
    /* SQLite: the statements between BEGIN and END; then `function` is none. */
    VEC(const struct expr *) body;
    struct slice enabled; /* "disabled", "replica", "always"; none: as usual */
    /* Made by lowering for this constraint: what it refuses, no row may be, also none
     * that is there already.  No part of a comparison; none: it looks at writes only. */
    struct slice keeps;
};

struct rule {
    struct slice event; /* "select", "insert", "update", "delete" */
    bool instead;
    const struct expr *where;         /* NULL: none */
    VEC(const struct expr *) actions; /* none: NOTHING */
    struct slice enabled;             /* as of triggers */
};

struct policy {
    bool restrictive;
    struct slice command;     /* "all", "select", "insert", "update", "delete" */
    struct slices roles;      /* empty: public */
    const struct expr *using; /* NULL: none */
    const struct expr *with_check;
};

struct privilege {
    struct slice name;     /* "select"; of a role: the role that is granted */
    struct slices columns; /* sorted; empty: the whole object */
    bool grantable;        /* WITH GRANT OPTION, WITH ADMIN OPTION */
};

struct privileges {
    VEC(struct privilege) all; /* sorted by name, those on columns last */
};

/*
 * What one grantee may do with one object, after every GRANT and REVOKE.  The object is
 * what definition.schema and .name say; ALL is told as every single one.
 */
struct grant {
    struct slice object_kind; /* "table", "sequence", "function", "schema", "role", … */
    struct slice arguments;   /* of a routine: "integer, text"; else none */
    struct slice grantee;     /* "public" for PUBLIC */
    struct privileges granted;
    struct privileges revoked; /* of what the engine gives by default */
};

enum grant_words {
    GRANT_GIVE,
    GRANT_TAKE,
    GRANT_TAKE_OPTION, /* REVOKE GRANT OPTION FOR */
};

/* ALTER ROLE … [IN DATABASE d] SET name TO value */
struct role_setting {
    struct slice database; /* none: in each */
    struct slice name;
    struct slice value; /* as of routines: "'app', 'public'" */
};

/*
 * A role is the server's, and all databases share it: a schema declares that it is there.
 * The password is written where a role is made, and is never compared.
 */
struct role {
    bool is_open;    /* not made here: only what is said of it is known */
    unsigned said;   /* of enum role_power; all of them unless it is open */
    unsigned powers; /* those of them that it has */
    struct slice limit;       /* of connections; none: not said */
    struct slice valid_until; /* of its password; none: not said */
    struct slice password;    /* none: not said; empty: NULL */
    VEC(struct role_setting) settings; /* sorted by database and name */
};

/* Its columns in the order of the table, then its expressions, as the server has them. */
struct statistics {
    struct slices kinds; /* "ndistinct", "dependencies", "mcv"; empty: all */
    VEC(const struct expr *) keys;
    struct slice table_schema, table;
    int64_t target; /* STATISTICS_TARGET_DEFAULT: as the columns */
};
#define STATISTICS_TARGET_DEFAULT (-1)

struct virtual_table {
    struct slice module;     /* folded, unless it was written in quotes */
    struct slices arguments; /* as they are written, between the commas */
    const struct table *shape; /* the columns, as far as the arguments tell them */
    bool is_opaque;            /* there may be others: only the module knows */
    struct slices hidden; /* columns that `*` does not give: rank, the table's own name */
};

/*
 * A comment on what has no field for one: a column of a view (definition.table), or what
 * is not modelled.  definition.name is the column, or the words behind COMMENT ON.
 */
struct object_comment {
    struct slice on; /* "OPERATOR +(integer, integer)"; none: a column of the view */
    struct slice text;
};

/* What initdb says of the schema public of each server: no part of any schema. */
#define COMMENT_OF_INITDB "standard public schema"

enum definition_detail {
    DETAIL_NONE,          /* kept whole: no member of u */
    DETAIL_EXTENSION,     /* u.extension */
    DETAIL_SCHEMA,        /* its name is all: no member of u */
    DETAIL_DOMAIN,        /* u.domain */
    DETAIL_COMPOSITE,     /* u.composite */
    DETAIL_RANGE,         /* u.range */
    DETAIL_SEQUENCE,      /* u.sequence */
    DETAIL_ROUTINE,       /* u.routine */
    DETAIL_TRIGGER,       /* u.trigger */
    DETAIL_RULE,          /* u.rule */
    DETAIL_POLICY,        /* u.policy */
    DETAIL_GRANT,         /* u.grant */
    DETAIL_STATISTICS,    /* u.statistics */
    DETAIL_VIRTUAL_TABLE, /* u.virtual_table */
    DETAIL_COMMENT,       /* u.object_comment */
    DETAIL_ROLE,          /* u.role */
};
#define DEFINITION_DETAIL_COUNT (DETAIL_ROLE + 1)

struct definition {
    struct slice kind; /* "trigger", "extension", "schema", "function", … */
    struct slice schema;
    struct slice name;      /* none: has none */
    struct slice table;     /* that it stands on; none */
    struct slice signature; /* routines: "integer, text"; grants: the grantee; none */
    struct slice was;       /* @was; none */
    struct slice text;      /* without the ';' */
    struct slice normal;    /* what is compared: comments and white space made one */
    struct slice comment;   /* COMMENT ON; none */
    struct slice only;
    struct span span;
    enum definition_detail detail;
    union {
        const struct extension *extension;
        const struct domain *domain;
        const struct composite *composite;
        const struct range *range;
        const struct sequence *sequence;
        const struct routine *routine;
        const struct trigger *trigger;
        const struct rule *rule;
        const struct policy *policy;
        const struct grant *grant;
        const struct statistics *statistics;
        const struct virtual_table *virtual_table;
        const struct object_comment *object_comment;
        const struct role *role;
    } u;
};

struct sqlw;
struct sql_style;

/* The statement that makes it, without its comment; without a detail: its text. */
void definition_write(struct sqlw *w, const struct definition *d);

/* "SEQUENCE s.q", "FUNCTION f(integer)", "TRIGGER t ON s.u": what ALTER, DROP and COMMENT
 * ON call it. */
void definition_write_name(struct sqlw *w, const struct definition *d);

/* One statement about those privileges that are grantable, or are not. */
void grant_write(struct sqlw *w, const struct definition *d, const struct privileges *p,
                 enum grant_words words, bool grantable);
bool privileges_have(const struct privileges *p, bool grantable);

/* The type of several ranges of a range type, which is in the same schema: as it is said,
 * or as the server calls it.  Needs: DETAIL_RANGE. */
struct slice definition_multirange(struct arena *a, const struct definition *d);

/* The same as text, in the words of one style. */
struct slice definition_text(struct arena *a, const struct definition *d,
                             const struct sql_style *style);

/* Does whoever calls the routine give it? */
bool argument_is_input(enum argument_mode mode);
/* "integer, text": the types of those, by which overloads are told apart. */
struct slice routine_signature(struct arena *a, const struct arguments *arguments);
/* f(integer, text), as DROP and COMMENT ON name it.  Needs: DETAIL_ROUTINE. */
void routine_write_signature(struct sqlw *w, const struct definition *d);

/* The ends that it counts between; of no written one, those of its type. */
int64_t sequence_lowest(const struct sequence *s);
int64_t sequence_highest(const struct sequence *s);

/*
 * How an identity column counts: a sequence without a name, whose type is the column's.
 * NULL stands for one that counts 1, 2, 3.
 */
struct sequence numbering_of(const struct sequence *s);
bool numbering_is_usual(const struct sequence *s);
bool numbering_is_same(const struct sequence *one, const struct sequence *other);
void numbering_write(struct sqlw *w, const struct sequence *s); /* (START WITH 5 …) */

/* ALTER STATISTICS … SET STATISTICS n. */
void statistics_write_target(struct sqlw *w, const struct definition *d);

/* CREATE ROLE r LOGIN …; of one that is open ALTER ROLE r ….  False: nothing is said of
 * it but settings. */
bool role_write_head(struct sqlw *w, const struct definition *d);
/* LOGIN NOCREATEDB CONNECTION LIMIT 5 …: what is said. */
void role_write_options(struct sqlw *w, const struct role *r);
/* ALTER ROLE r SET name TO value; no value: RESET name. */
void role_write_setting(struct sqlw *w, const struct definition *d,
                        const struct role_setting *s);

/* TO …, USING …, WITH CHECK …: of CREATE and of ALTER POLICY. */
void policy_write_clauses(struct sqlw *w, const struct policy *p);

/* text in that style, and normal in the canonical one, again from the detail; nothing is
 * done where there is none. */
void definition_spell(struct arena *a, struct definition *d,
                      const struct sql_style *style);

#endif
