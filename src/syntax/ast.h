/*
 * The syntax tree: what one source says, statement by statement, in the order written.
 *
 * The parser accepts loosely (all spellings of all dialects); `resolve` rejects
 * precisely.  Names that were not quoted are folded to lower case.  Nodes are
 * immutable once the parser has returned.
 */
#ifndef SCHEMAC_SYNTAX_AST_H
#define SCHEMAC_SYNTAX_AST_H

#include "diag/session.h"
#include "expr/expr.h"
#include "expr/kinds.h"

/* schema.name; schema is none when not written. */
struct ast_name {
    struct slice schema;
    struct slice name;
    struct span span;
};

struct ast_names {
    VEC(struct ast_name) all;
};

/* ---- annotations ---- */

enum annotation_kind {
#define ANNOTATION(kind, word, where, argument) kind,
#include "syntax/annotations.def"
#undef ANNOTATION
    ANNOTATION_KIND_COUNT
};

struct annotation {
    enum annotation_kind kind;
    struct span span;      /* the words from '@' to the end of the argument */
    struct slice argument; /* trimmed text after the word; none when there is none */
    struct slice dialect;  /* @type D: …, @migrate D, @only D; else none */
    /* @was: the old name; @c name=ID: "name"; @map: the old value; @lint: the rule */
    struct slice first;
    struct slice second;     /* @c name=ID: ID; @map: new value; @lint: the reason */
    const struct expr *expr; /* @from, @back */
    const struct type *type; /* @type */
};

struct annotations {
    VEC(const struct annotation *) all;
};

/* ---- columns and constraints ---- */

/* One member of an index, a key or an EXCLUDE. */
struct ast_key {
    struct slice column;                       /* none for an expression */
    const struct expr *expr;                   /* NULL for a plain column */
    struct slice collation;                    /* none: the column's */
    struct ast_name opclass;                   /* name none: default */
    const struct ast_options *opclass_options; /* NULL: none */
    bool descending;
    enum nulls_order nulls;
    struct slice operator; /* EXCLUDE … WITH op; else none */
    struct slice prefix;   /* MySQL's name(10): "10"; else none */
    struct span span;
};

struct ast_keys {
    VEC(struct ast_key) all;
};

/* WITH (fillfactor = 70), ENGINE=InnoDB, … kept in the order written. */
struct ast_option {
    struct slice name;
    struct slice value;
    struct span span;
    const struct type *type; /* that the value names, STYPE = integer; NULL: none */
    struct span type_span;
};

struct ast_options {
    VEC(struct ast_option) all;
};

struct ast_constraint {
    enum constraint_kind kind;
    struct slice name; /* none: not named */
    /* PRIMARY KEY, UNIQUE, EXCLUDE, FOREIGN KEY (columns only); empty when written on a
     * column */
    struct ast_keys keys;
    const struct expr *check;     /* CHECK; EXCLUDE: its WHERE, may be NULL */
    struct ast_name ref_table;    /* FOREIGN KEY */
    struct ast_names ref_columns; /* FOREIGN KEY; empty: the primary key */
    enum fk_match match;
    enum fk_action on_delete;
    enum fk_action on_update;
    struct ast_names set_columns; /* ON DELETE SET NULL (a, b) */
    enum deferral deferral;
    bool nulls_not_distinct;
    bool not_valid;
    bool no_inherit;
    struct ast_names include;
    struct slice method;      /* EXCLUDE USING gist; none: default */
    struct slice using_index; /* ADD CONSTRAINT … UNIQUE USING INDEX i */
    struct slice on_conflict; /* SQLite: rollback abort fail ignore replace; none */
    struct ast_options options;
    struct slice tablespace; /* USING INDEX TABLESPACE; none */
    struct annotations annotations;
    struct span span; /* from CONSTRAINT or the first word to the last */
};

/* What few columns say. */
struct ast_column_rare {
    struct slice not_null_name; /* CONSTRAINT n NOT NULL; none */
    struct slice storage;       /* STORAGE; none */
    struct slice compression;   /* COMPRESSION; none */
    struct slice not_null_on_conflict;
    struct ast_options identity_options; /* start, increment, … */
    struct slice collation;
    struct slice comment; /* MySQL's COMMENT 'x'; none */
    struct slice charset; /* MySQL's CHARACTER SET; none */
};

struct ast_column {
    struct slice name;
    const struct type *type; /* NULL: none was written (SQLite) */
    struct span name_span;
    struct span type_span;
    struct span span;
    enum identity_kind identity;
    bool autoincrement_written;
    bool not_null;
    bool null_written;     /* an explicit NULL, for fmt and for clashes with NOT NULL */
    bool generated_stored; /* else virtual */
    bool touch;            /* MySQL's ON UPDATE CURRENT_TIMESTAMP */
    const struct expr *default_value;         /* NULL: none */
    const struct expr *generated;             /* GENERATED ALWAYS AS (…); NULL: none */
    const struct ast_column_rare *rare;       /* NULL: says nothing of it */
    VEC(struct ast_constraint *) constraints; /* written on the column */
    struct annotations annotations;
};

/* Never NULL. */
static inline const struct ast_column_rare *
ast_column_rare(const struct ast_column *c)
{
    static const struct ast_column_rare nothing;

    return c->rare == NULL ? &nothing : c->rare;
}

/* ---- tables made of tables ---- */

/* The values are expressions; MINVALUE and MAXVALUE are names, as to the server. */
struct ast_bound {
    enum bound_kind kind;
    VEC(const struct expr *) from; /* RANGE; LIST: all values */
    VEC(const struct expr *) to;   /* RANGE */
    struct ast_options options;    /* HASH */
    struct span span;
};

struct ast_partition_by {
    struct slice strategy; /* as written: range, list, hash */
    struct ast_keys keys;
    struct span span;
};

/* What LIKE copies, one bit each, in the order of the manual. */
enum like_part {
    LIKE_COMMENTS = 1 << 0,
    LIKE_COMPRESSION = 1 << 1,
    LIKE_CONSTRAINTS = 1 << 2,
    LIKE_DEFAULTS = 1 << 3,
    LIKE_GENERATED = 1 << 4,
    LIKE_IDENTITY = 1 << 5,
    LIKE_INDEXES = 1 << 6,
    LIKE_STATISTICS = 1 << 7,
    LIKE_STORAGE = 1 << 8,
    LIKE_ALL = (1 << 9) - 1,
};

struct ast_like {
    struct ast_name source;
    unsigned parts;        /* of enum like_part */
    size_t columns_before; /* of the columns that are written in front of it */
    struct span span;
};

/* ---- statements ---- */

struct ast_create_table {
    struct ast_name name;
    bool if_not_exists;
    bool temporary;
    bool unlogged;
    VEC(struct ast_column *) columns;
    VEC(struct ast_constraint *) constraints;      /* table level, in the order written */
    VEC(struct ast_create_index *) inline_indexes; /* MySQL's KEY (…) */
    VEC(struct ast_like *) likes;
    struct ast_names parents;                    /* INHERITS; PARTITION OF: one */
    const struct ast_bound *bound;               /* PARTITION OF; NULL */
    const struct ast_partition_by *partition_by; /* NULL: not partitioned */
    struct ast_name of_type;                     /* OF t; name none */
    const struct expr *query;                    /* AS; NULL */
    bool with_no_data;
    bool strict;
    bool without_rowid;
    struct slice comment;
    struct slice tablespace;    /* none */
    struct slice method;        /* USING; none */
    struct ast_options options; /* WITH (…), ENGINE=… */
};

struct ast_create_index {
    bool name_is_local; /* MySQL's USING before ON: other tables may use the name too */
    struct slice name;  /* none: PostgreSQL invents one */
    struct span name_span;
    struct ast_name table;
    bool only; /* not for its partitions */
    bool if_not_exists;
    bool unique;
    bool concurrently;
    struct slice method; /* none: btree */
    struct ast_keys keys;
    struct ast_names include;
    bool nulls_not_distinct;
    const struct expr *where; /* NULL: not partial */
    struct ast_options options;
    struct slice tablespace;
    struct slice comment; /* MySQL's COMMENT 'x'; none */
};

struct ast_create_view {
    struct ast_name name;
    bool or_replace;
    bool if_not_exists;
    bool temporary;
    bool materialized;
    bool with_no_data;
    struct ast_names columns; /* empty: named by the query */
    const struct expr *query;
    struct span query_span;
    struct ast_options options;
};

struct ast_enum_value {
    struct slice label;
    struct annotations annotations; /* @was, @map */
    struct span span;
};

struct ast_create_enum {
    struct ast_name name;
    VEC(struct ast_enum_value) values;
};

struct ast_create_extension {
    struct slice name;
    bool if_not_exists;
    struct slice schema;
    struct slice version;
};

struct ast_create_schema {
    struct slice name;
    struct slice owner; /* AUTHORIZATION; none */
    bool if_not_exists;
    VEC(struct stmt *) elements; /* made at once with it; all say its name */
    struct span head;            /* what stands before the first of them */
};

/* ---- routines, triggers, rules, policies ---- */

struct ast_argument {
    enum argument_mode mode;
    bool is_set;                      /* SETOF: of an old-style argument */
    struct slice name;                /* none */
    const struct type *type;
    const struct expr *default_value; /* NULL: none */
    struct span span;
    uint32_t type_begin, type_end; /* of its source */
};

static inline struct span
argument_type_span(const struct ast_argument *a)
{
    return (struct span){ a->span.source, a->type_begin, a->type_end };
}

struct ast_arguments {
    VEC(struct ast_argument) all;
    bool has_order_by; /* aggregate: the ORDER BY arguments begin at … */
    size_t order_by;
};

/* What a routine is found by: f(integer, b text), or f alone. */
struct ast_signature {
    struct ast_name name;
    bool has_arguments;
    struct ast_arguments arguments;
};

struct ast_signatures {
    VEC(struct ast_signature) all;
};

enum ast_routine_option_kind {
    ROUTINE_OPTION_FLAG,      /* name: "immutable", "called on null input", … */
    ROUTINE_OPTION_VALUE,     /* name: language, cost, rows, support, parallel; value */
    ROUTINE_OPTION_SET,       /* name, value: "'a', 'b'"; none: FROM CURRENT */
    ROUTINE_OPTION_RESET,     /* name; none: ALL */
    ROUTINE_OPTION_TRANSFORM, /* value: the name of a type */
    ROUTINE_OPTION_RETURNS,   /* RETURNS type, TABLE (…): only where it was made */
    ROUTINE_OPTION_BODY,      /* AS …, RETURN …, BEGIN ATOMIC …: likewise */
};

struct ast_routine_option {
    enum ast_routine_option_kind kind;
    struct slice name;
    struct slice value;
    struct span span;
};

struct ast_create_routine {
    enum routine_kind kind;
    struct ast_signature signature; /* RETURNS TABLE's columns are its last arguments */
    bool or_replace;
    bool returns_set;
    const struct type *result; /* NULL: none was written */
    struct span result_span;
    VEC(struct ast_routine_option) options;
    struct ast_options aggregate; /* sfunc = f, … */
    enum body_kind body_kind;
    struct slice body;
    struct slice body2; /* BODY_LINK; none */
    /* BODY_ATOMIC: its queries, an expression for RETURN; BODY_RETURN: the expression. */
    VEC(const struct expr *) statements;
};

enum alter_routine_kind {
    ALTER_ROUTINE_OPTIONS, /* options */
    ALTER_ROUTINE_RENAME,  /* new_name */
    ALTER_ROUTINE_SCHEMA,  /* new_name */
    ALTER_ROUTINE_OWNER,
};

struct ast_alter_routine {
    enum routine_kind kind;
    struct ast_signature signature;
    enum alter_routine_kind change;
    struct slice new_name;
    struct span new_span;
    VEC(struct ast_routine_option) options;
};

struct ast_drop_routine {
    enum routine_kind kind;
    struct ast_signatures signatures;
    bool if_exists;
    bool cascade;
};

struct ast_create_trigger {
    struct ast_name name;
    struct ast_name table;
    bool is_whole; /* MySQL's: nothing below is known */
    bool or_replace;
    bool if_not_exists;
    bool temporary;
    bool is_constraint;
    enum trigger_timing timing;
    bool timing_written;
    unsigned events;          /* of enum trigger_event */
    struct ast_names columns; /* UPDATE OF */
    bool for_each_row;
    struct ast_name from_table; /* constraint triggers; name none */
    enum deferral deferral;
    struct slice old_table, new_table; /* REFERENCING; none */
    const struct expr *when;           /* NULL */
    struct ast_name function;          /* name none: SQLite's */
    struct ast_names arguments;        /* names hold what the quotes mean */
    VEC(const struct expr *) body;     /* SQLite's */
};

struct ast_create_rule {
    struct ast_name name;
    struct ast_name table;
    bool or_replace;
    enum trigger_event event; /* TRIGGER_TRUNCATE stands for SELECT */
    bool instead;
    const struct expr *where; /* NULL */
    VEC(const struct expr *) actions;
};

/* CREATE POLICY, and ALTER POLICY … TO, USING, WITH CHECK. */
struct ast_policy {
    struct ast_name name;
    struct ast_name table;
    bool restrictive;
    struct slice command;   /* "all", …; none: not written */
    struct ast_names roles; /* empty: not written */
    const struct expr *using_expr;
    const struct expr *with_check;
};

/* ALTER TRIGGER, RULE, POLICY n ON t RENAME TO m */
struct ast_rename_on {
    const char *kind; /* "trigger", "rule", "policy" */
    struct ast_name name;
    struct ast_name table;
    bool if_exists;
    struct slice new_name;
};

/* What DROP, COMMENT ON and ALTER … RENAME name. */
enum object_kind {
    OBJECT_TABLE,
    OBJECT_COLUMN,     /* COMMENT ON COLUMN: name = table, part = column */
    OBJECT_CONSTRAINT, /* COMMENT ON CONSTRAINT: name = table, part = constraint */
    OBJECT_INDEX,
    OBJECT_VIEW,
    OBJECT_MATERIALIZED_VIEW,
    OBJECT_TYPE,
    OBJECT_DOMAIN,
    OBJECT_SCHEMA,
    OBJECT_EXTENSION,
    OBJECT_SEQUENCE,
    OBJECT_FUNCTION,
    OBJECT_TRIGGER,
    OBJECT_POLICY,
    OBJECT_RULE,
    OBJECT_OTHER,
};

/* ---- domains, composite and range types, sequences ---- */

struct ast_create_domain {
    struct ast_name name;
    const struct type *base;
    struct span base_span;
    struct slice collation;           /* none */
    const struct expr *default_value; /* NULL: none */
    bool not_null;
    VEC(struct ast_constraint *) checks;
    struct slice next_name; /* CONSTRAINT n, waiting for what it names */
};

struct ast_attribute {
    struct slice name;
    const struct type *type;
    struct slice collation; /* none */
    struct annotations annotations;
    struct span span;
};

struct ast_create_composite {
    struct ast_name name;
    VEC(struct ast_attribute) attributes;
};

/* SUBTYPE = float8, CANONICAL = s.f: every value is read as a type, which any name is. */
struct ast_type_option {
    struct slice name;
    const struct type *value;
    struct span span;
};

struct ast_create_range {
    struct ast_name name;
    VEC(struct ast_type_option) options;
};

/* What CREATE SEQUENCE and ALTER SEQUENCE say; absent is not written. */
struct ast_sequence {
    const struct type *type; /* AS; NULL */
    struct span type_span;
    struct ast_options options; /* "start", "cycle", …; value "no": NO MINVALUE */
    bool owner_written;         /* OWNED BY */
    struct ast_name owner;      /* the table; name none: NONE */
    struct slice owner_column;
    bool restart; /* RESTART: about the moment */
};

struct ast_create_sequence {
    struct ast_name name;
    bool if_not_exists;
    bool temporary;
    bool unlogged;
    struct ast_sequence *settings;
};

enum alter_kind {
    ALTER_ADD_COLUMN,          /* column; if_exists means IF NOT EXISTS */
    ALTER_DROP_COLUMN,         /* name */
    ALTER_RENAME_COLUMN,       /* name, new_name */
    ALTER_RENAME_TABLE,        /* new_name */
    ALTER_RENAME_CONSTRAINT,   /* name, new_name */
    ALTER_SET_SCHEMA,          /* new_name */
    ALTER_ADD_CONSTRAINT,      /* constraint */
    ALTER_DROP_CONSTRAINT,     /* name */
    ALTER_VALIDATE_CONSTRAINT, /* name */
    ALTER_COLUMN_TYPE,         /* name, column->type, using, column->collation */
    ALTER_SET_DEFAULT,         /* name, expr */
    ALTER_DROP_DEFAULT,        /* name */
    ALTER_SET_NOT_NULL,        /* name */
    ALTER_DROP_NOT_NULL,       /* name */
    ALTER_ADD_IDENTITY,        /* name, column->identity, its options */
    ALTER_SET_IDENTITY, /* name, options: "generated", "start", …, "restart" */
    ALTER_DROP_IDENTITY,       /* name */
    ALTER_DROP_EXPRESSION,     /* name */
    ALTER_ENABLE, /* text: "enable always trigger", …; name; "all", "user": is_keyword */
    ALTER_COLUMN_STORAGE,     /* name, new_name */
    ALTER_COLUMN_COMPRESSION, /* name, new_name; none: the default */
    ALTER_COLUMN_STATISTICS,  /* name (of an index: number), value */
    ALTER_COLUMN_SET,         /* name, options */
    ALTER_COLUMN_RESET,       /* name, options */
    ALTER_CONSTRAINT,         /* name, constraint->deferral */
    ALTER_SET_OPTIONS,        /* options */
    ALTER_RESET_OPTIONS,      /* options */
    ALTER_SET_TABLESPACE,     /* new_name */
    ALTER_SET_METHOD,         /* new_name */
    ALTER_SET_LOGGED,
    ALTER_SET_UNLOGGED,
    ALTER_CLUSTER_ON, /* name */
    ALTER_WITHOUT_CLUSTER,
    ALTER_WITHOUT_OIDS,     /* nothing: no table has any */
    ALTER_REPLICA_IDENTITY, /* new_name: full, nothing, default, index; name */
    ALTER_ROW_SECURITY,     /* new_name: enable, disable, force, no force */
    ALTER_ATTACH_PARTITION, /* table, bound; of an index: without one */
    ALTER_DETACH_PARTITION, /* table */
    ALTER_INHERIT,          /* table */
    ALTER_NO_INHERIT,       /* table */
    ALTER_OF,               /* table: the type */
    ALTER_NOT_OF,
    /* MySQL's: */
    ALTER_CHANGE_COLUMN,    /* name, column: all of it, perhaps by another name */
    ALTER_ADD_INDEX,        /* index */
    ALTER_DROP_INDEX,       /* name: of an index or a UNIQUE constraint */
    ALTER_RENAME_INDEX,     /* name, new_name */
    ALTER_DROP_PRIMARY_KEY, /* nothing more */
    ALTER_COMMENT,          /* text */
    ALTER_OTHER,            /* text: OWNER TO, ENABLE TRIGGER t, …: kept whole */
};

struct ast_alter {
    enum alter_kind kind;
    struct slice name;
    struct span name_span;
    struct slice new_name;
    bool if_exists;
    bool cascade;
    bool is_keyword; /* ALTER_ENABLE: the name stands for all */
    struct ast_column *column;
    struct ast_constraint *constraint;
    struct ast_create_index *index;
    const struct expr *expr;       /* SET DEFAULT; USING */
    struct ast_name table;         /* the other one */
    const struct ast_bound *bound; /* ATTACH PARTITION; NULL */
    struct ast_options options;
    int64_t value;
    struct slice text;
    struct annotations annotations;
    struct span span;
};

/* Also ALTER INDEX, VIEW and MATERIALIZED VIEW, which have some of its actions. */
struct ast_alter_table {
    enum object_kind object;
    struct ast_name name;
    bool if_exists;
    bool only;
    VEC(struct ast_alter *) actions;
};

struct ast_create_statistics {
    struct ast_name name; /* name none: the server finds one */
    bool if_not_exists;
    struct ast_names kinds;       /* empty: all */
    VEC(const struct expr *) keys;
    struct ast_name table;
};

enum alter_object_kind {
    ALTER_OBJECT_ACTION,   /* action, of the kinds of ALTER TABLE */
    ALTER_OBJECT_SEQUENCE, /* sequence */
    ALTER_OBJECT_UPDATE,   /* version; none: the newest */
    ALTER_OBJECT_TARGET,   /* version: the number of SET STATISTICS */
};

/* ALTER DOMAIN, SEQUENCE, SCHEMA, EXTENSION, STATISTICS. */
struct ast_alter_object {
    struct slice object; /* "domain", "sequence", … */
    struct ast_name name;
    bool if_exists;
    enum alter_object_kind kind;
    struct ast_alter *action;
    struct ast_sequence *sequence;
    struct slice version;
};

enum alter_type_kind {
    ALTER_TYPE_ADD_VALUE,    /* label, neighbour, before */
    ALTER_TYPE_RENAME_VALUE, /* label, new_name */
    ALTER_TYPE_RENAME,       /* new_name */
    ALTER_TYPE_SET_SCHEMA,   /* new_name */
    ALTER_TYPE_ATTRIBUTES,   /* actions */
    ALTER_TYPE_OTHER,        /* text */
};

struct ast_alter_type {
    struct ast_name name;
    enum alter_type_kind kind;
    bool if_not_exists;
    struct slice label;
    struct slice neighbour; /* none: at the end */
    bool before;
    struct slice new_name;
    struct slice text;
    /* ALTER_ADD_COLUMN, DROP_COLUMN, COLUMN_TYPE, RENAME_COLUMN: an attribute is like
     * one. */
    VEC(struct ast_alter *) actions;
};

struct ast_drop {
    enum object_kind object;
    struct slice kind; /* OBJECT_OTHER: "statistics", … */
    struct ast_names names;
    bool if_exists;
    bool cascade;
    struct slice on_table; /* DROP TRIGGER t ON table, DROP POLICY; else none */
};

struct ast_comment {
    enum object_kind object;
    struct ast_name name;
    struct slice part; /* column, constraint, trigger, …; else none */
    bool on_domain;    /* OBJECT_CONSTRAINT: name = domain */
    struct slice kind; /* OBJECT_OTHER, OBJECT_FUNCTION: "rule", "procedure", … */
    const struct ast_signature *signature; /* OBJECT_FUNCTION; NULL */
    struct slice on; /* OBJECT_OTHER without a name: what stands behind ON */
    struct slice text;                     /* none: COMMENT … IS NULL */
};

struct ast_privilege {
    struct slice name; /* "select", "all"; the role that is granted */
    struct ast_names columns;
    struct span span;
};

/* GRANT and REVOKE.  A role is granted like a privilege on nothing: kind "role". */
struct ast_grant {
    bool revoke;
    bool option;    /* WITH GRANT OPTION; GRANT OPTION FOR */
    bool in_schema; /* ON ALL … IN SCHEMA objects */
    VEC(struct ast_privilege) privileges;
    struct slice kind; /* "table", "sequence", "type", "function", … */
    struct ast_signatures objects;
    struct ast_names grantees;
    struct span span;
};

/* ALTER INDEX|VIEW|SEQUENCE … RENAME TO */
struct ast_rename {
    enum object_kind object;
    struct ast_name name;
    bool if_exists;
    struct slice new_name;
    struct ast_rename *next; /* RENAME TABLE a TO b, c TO d of MySQL; NULL */
};

/* INSERT, UPDATE, DELETE, SELECT. */
struct ast_query {
    const struct expr *query;
};

/* SQLite's CREATE VIRTUAL TABLE: what an argument means is known to the module alone. */
struct ast_create_virtual {
    struct ast_name name;
    bool if_not_exists;
    struct slice module;
    VEC(struct slice) arguments; /* as they are written, between the commas */
};

enum ast_role_action {
    ROLE_CREATE,
    ROLE_ALTER, /* also of a setting */
    ROLE_DROP,  /* names alone */
};

/* CREATE, ALTER, DROP of a ROLE, USER or GROUP. */
struct ast_role {
    enum ast_role_action action;
    struct ast_names names; /* of CREATE and ALTER one */
    unsigned said;          /* of enum role_power: those that are named */
    unsigned powers;        /* what is given, named or not */
    struct slice limit;     /* of connections: "-1", "10"; none */
    struct slice password;  /* none: none is said; empty: NULL */
    struct slice valid_until; /* none */
    struct ast_names in_roles, members, admins;
    /* ALTER ROLE … SET name TO value, RESET name, RESET ALL */
    bool sets;
    struct slice database;      /* IN DATABASE; none */
    struct slice setting;       /* "search_path"; none: all */
    struct slice setting_value; /* "'app', 'public'"; none: RESET */
    struct span span;
};

/* A statement that is understood well enough to be named, and kept whole. */
struct ast_raw {
    struct slice kind;     /* "trigger", "function", "policy", "do", …: lower case */
    struct ast_name name;  /* name none: has none (DO, GRANT) */
    struct ast_name table; /* what it stands on; name none where it has none */
    struct ast_name function; /* of an event trigger; name none */
    bool is_owner;         /* ALTER … OWNER TO, of whatever kind */
};

enum stmt_kind {
    STMT_CREATE_TABLE,     /* u.create_table */
    STMT_CREATE_INDEX,     /* u.create_index */
    STMT_CREATE_VIEW,      /* u.create_view */
    STMT_CREATE_ENUM,      /* u.create_enum */
    STMT_CREATE_EXTENSION, /* u.create_extension */
    STMT_CREATE_SCHEMA,    /* u.create_schema */
    STMT_CREATE_TRIGGER,   /* u.create_trigger; the whole text is stmt.text */
    STMT_CREATE_DOMAIN,    /* u.create_domain */
    STMT_CREATE_COMPOSITE, /* u.create_composite */
    STMT_CREATE_RANGE,     /* u.create_range */
    STMT_CREATE_SEQUENCE,  /* u.create_sequence */
    STMT_CREATE_STATISTICS, /* u.create_statistics */
    STMT_CREATE_VIRTUAL,   /* u.create_virtual */
    STMT_ROLE,             /* u.role */
    STMT_ALTER_OBJECT,     /* u.alter_object */
    STMT_GRANT,            /* u.grant */
    STMT_CREATE_ROUTINE,   /* u.create_routine */
    STMT_ALTER_ROUTINE,    /* u.alter_routine */
    STMT_DROP_ROUTINE,     /* u.drop_routine */
    STMT_CREATE_RULE,      /* u.create_rule */
    STMT_CREATE_POLICY,    /* u.policy */
    STMT_ALTER_POLICY,     /* u.policy */
    STMT_RENAME_ON,        /* u.rename_on */
    STMT_ALTER_TABLE,      /* u.alter_table */
    STMT_ALTER_TYPE,       /* u.alter_type */
    STMT_RENAME,           /* u.rename */
    STMT_DROP,             /* u.drop */
    STMT_COMMENT,          /* u.comment */
    STMT_QUERY,            /* u.query: INSERT UPDATE DELETE SELECT VALUES */
    STMT_RAW,              /* u.raw */
    STMT_SKIPPED, /* SET, BEGIN, COMMIT, PRAGMA, psql meta-commands: no meaning here */
};

struct stmt {
    enum stmt_kind kind;
    struct span span;  /* without the ';' */
    struct slice text; /* the source text of the span */
    struct annotations
        annotations; /* those of the statement itself, not of its columns */
    union {
        struct ast_create_table *create_table;
        struct ast_create_index *create_index;
        struct ast_create_view *create_view;
        struct ast_create_enum *create_enum;
        struct ast_create_extension *create_extension;
        struct ast_create_schema *create_schema;
        struct ast_create_trigger *create_trigger;
        struct ast_create_domain *create_domain;
        struct ast_create_composite *create_composite;
        struct ast_create_range *create_range;
        struct ast_create_sequence *create_sequence;
        struct ast_create_statistics *create_statistics;
        struct ast_create_virtual *create_virtual;
        struct ast_role *role;
        struct ast_alter_object *alter_object;
        struct ast_grant *grant;
        struct ast_create_routine *create_routine;
        struct ast_alter_routine *alter_routine;
        struct ast_drop_routine *drop_routine;
        struct ast_create_rule *create_rule;
        struct ast_policy *policy;
        struct ast_rename_on *rename_on;
        struct ast_alter_table *alter_table;
        struct ast_alter_type *alter_type;
        struct ast_rename *rename;
        struct ast_drop *drop;
        struct ast_comment *comment;
        struct ast_query *query;
        struct ast_raw *raw;
    } u;
};

/* ---- sections and files ---- */

struct ast_section {
    enum section_kind kind;
    struct slice dialect;          /* none: every dialect */
    struct slice title;            /* @verify "title"; none */
    VEC(struct stmt *) statements; /* each whole in its text */
    struct span span;              /* from @migrate to @end */
};

/* A `@lint off`: it is among the annotations of what it stands at as well. */
struct ast_silencer {
    const struct annotation *annotation;
    struct span target; /* of that column, constraint, …, statement, or the whole file */
};

struct ast {
    uint32_t source;
    struct slice schema;  /* @schema; none */
    struct slice extends; /* @extends; none */
    struct span extends_span;
    struct slice dialect; /* @dialect: in that dialect's own terms; none: neutral */
    VEC(struct stmt *) statements;
    VEC(struct ast_section *) sections;
    size_t statement_count; /* in the text: in sections, and with mistakes, as well */
    VEC(struct ast_silencer) silencers; /* in the order written */
    bool asks_lowering; /* @touch, @append_only, @type: nothing in own terms */
};

#endif
