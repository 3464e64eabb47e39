/*
 * The syntax tree: what one source says, statement by statement, in the order written.
 *
 * The parser accepts loosely (all spellings of all dialects); `resolve` rejects
 * precisely.  Names are interned; unquoted ones are folded to lower case.  Nodes are
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
    struct slice not_null_name; /* CONSTRAINT n NOT NULL; none */
    struct slice storage;       /* STORAGE; none */
    struct slice compression;   /* COMPRESSION; none */
    struct slice not_null_on_conflict;
    const struct expr *default_value;    /* NULL: none */
    const struct expr *generated;        /* GENERATED ALWAYS AS (…); NULL: none */
    struct ast_options identity_options; /* start, increment, … */
    struct slice collation;
    struct slice comment;                     /* MySQL's COMMENT 'x'; none */
    struct slice charset;                     /* MySQL's CHARACTER SET; none */
    VEC(struct ast_constraint *) constraints; /* written on the column */
    struct annotations annotations;
};

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
};

/* The body is kept whole; SQLite and PostgreSQL forms alike. */
struct ast_create_trigger {
    struct ast_name name;
    struct ast_name table;
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
    OBJECT_OTHER,
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
    ALTER_ADD_IDENTITY,        /* name, column->identity, column->identity_options */
    ALTER_DROP_IDENTITY,       /* name */
    ALTER_DROP_EXPRESSION,     /* name */
    ALTER_COLUMN_STORAGE,      /* name, new_name */
    ALTER_COLUMN_COMPRESSION,  /* name, new_name; none: the default */
    ALTER_COLUMN_STATISTICS,   /* name (of an index: number), value */
    ALTER_COLUMN_SET,          /* name, options */
    ALTER_COLUMN_RESET,        /* name, options */
    ALTER_CONSTRAINT,          /* name, constraint->deferral */
    ALTER_SET_OPTIONS,         /* options */
    ALTER_RESET_OPTIONS,       /* options */
    ALTER_SET_TABLESPACE,      /* new_name */
    ALTER_SET_METHOD,          /* new_name */
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

enum alter_type_kind {
    ALTER_TYPE_ADD_VALUE,    /* label, neighbour, before */
    ALTER_TYPE_RENAME_VALUE, /* label, new_name */
    ALTER_TYPE_RENAME,       /* new_name */
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
};

struct ast_drop {
    enum object_kind object;
    struct ast_names names;
    bool if_exists;
    bool cascade;
    struct slice on_table; /* DROP TRIGGER t ON table, DROP POLICY; else none */
};

struct ast_comment {
    enum object_kind object;
    struct ast_name name;
    struct slice part; /* column, constraint; else none */
    struct slice text; /* none: COMMENT … IS NULL */
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

/* A statement that is understood well enough to be named, and kept whole. */
struct ast_raw {
    struct slice kind;     /* "trigger", "function", "policy", "do", …: lower case */
    struct ast_name name;  /* name none: has none (DO, GRANT) */
    struct ast_name table; /* what it stands on; name none where it has none */
};

enum stmt_kind {
    STMT_CREATE_TABLE,     /* u.create_table */
    STMT_CREATE_INDEX,     /* u.create_index */
    STMT_CREATE_VIEW,      /* u.create_view */
    STMT_CREATE_ENUM,      /* u.create_enum */
    STMT_CREATE_EXTENSION, /* u.create_extension */
    STMT_CREATE_SCHEMA,    /* u.create_schema */
    STMT_CREATE_TRIGGER,   /* u.create_trigger; the whole text is stmt.text */
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
};

#endif
