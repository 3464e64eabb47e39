/*
 * A step of a change as the rules see it: a statement of a script, a part of one, or what
 * leads from one schema to another.  A rule asks its kind and what is said of it.
 */
#ifndef SCHEMAC_LINT_OPERATION_H
#define SCHEMAC_LINT_OPERATION_H

#include "model/catalog.h"

enum operation_kind {
    OPERATION_OTHER,
    OPERATION_BEGIN,
    OPERATION_END_TRANSACTION, /* name: "COMMIT" */
    OPERATION_FINISH,          /* the end of a script; span: of the BEGIN left open */
    OPERATION_DROP_TABLE,
    OPERATION_RENAME_TABLE,      /* new_name */
    OPERATION_ADD_COLUMN,        /* name; required; cause */
    OPERATION_DROP_COLUMN,       /* name; is_known: cause: what goes with it, or none */
    OPERATION_RENAME_COLUMN,     /* name, new_name */
    OPERATION_COLUMN_TYPE,       /* name; old_type, new_type where both are known */
    OPERATION_SET_NOT_NULL,      /* name; proven */
    OPERATION_DROP_NOT_NULL,     /* name */
    OPERATION_ADD_CONSTRAINT,    /* constraint; not_valid, using_index */
    OPERATION_NOT_VALID_INLINE,  /* in a CREATE TABLE */
    OPERATION_VALIDATE,          /* name; same_transaction */
    OPERATION_CREATE_INDEX,      /* name; concurrently */
    OPERATION_DROP_INDEX,        /* name; concurrently */
    OPERATION_REINDEX,           /* concurrently */
    OPERATION_DETACH,            /* name: the partition; concurrently */
    OPERATION_PARTITION_OF,      /* name: the parent */
    OPERATION_REFRESH,           /* concurrently */
    OPERATION_SEQUENCE,          /* name: of the sequence, or of its column */
    OPERATION_REWRITE,           /* cause: the words that do it */
    OPERATION_LONG_LOCK,         /* cause: what the plan does */
    OPERATION_RENAME_SCHEMA,     /* name, new_name */
    OPERATION_INDEX_GONE,        /* name */
    OPERATION_SEQUENCE_GONE,     /* name: of the sequence, or of its column */
    OPERATION_REPLICA_IDENTITY,
    OPERATION_RIGHTS,            /* cause: what has changed */
    OPERATION_EXTENSION,         /* name; new_name: the version; none: the newest */
    OPERATION_BODY,              /* name: of the routine; is_new: it is made */
    OPERATION_ENUM_ADD_VALUE,    /* name; placed */
    OPERATION_ENUM_RENAME_VALUE, /* name, new_name */
    OPERATION_ENUM_DROP_VALUE,   /* name */
    OPERATION_DOMAIN_CONSTRAINT,
    OPERATION_TRUNCATE_CASCADE,
    OPERATION_DROP_DATABASE,
    OPERATION_RENAME_INDEX,   /* name, new_name: by ALTER TABLE */
    OPERATION_INDEX_BESIDE,   /* name; if_not_exists; proven: a leftover is no trouble */
    OPERATION_CHECK_REPEATED, /* name: of the one that says the same */
    OPERATION_ENUM_USED,      /* name: the literal; in the transaction that adds it */
    OPERATION_VIEW_AGAIN,     /* proven: rights are given again */
    OPERATION_VIEW_COLUMNS,   /* name, or none; count: which column has moved */
    OPERATION_WRITE_ALL,      /* name: "UPDATE" */
    OPERATION_COLUMN_TWICE,   /* name */
    OPERATION_NOT_READ,       /* cause: the word that tells; count: of bodies */
};

struct operation {
    enum operation_kind kind;
    struct span span;
    struct slice table; /* or the type, the domain; none where there is none */
    struct slice name;
    struct slice new_name;
    size_t count;
    struct slice cause; /* else why all rows are written again; none: they are not */
    const struct type *old_type;
    const struct type *new_type;
    enum constraint_kind constraint;
    bool is_new;         /* the table was made in this script: it is empty */
    bool in_transaction; /* in one that the script began */
    bool concurrently;
    bool not_valid;
    bool using_index;
    bool same_transaction; /* as the one that made what it validates */
    bool proven;           /* a validated CHECK says so already */
    bool required;
    bool if_not_exists;
    bool is_known;
    bool placed;
    bool waits; /* the first that waits for a lock that others queue behind */
};

struct operations {
    VEC(struct operation) all; /* in the order they happen */
};

/* A column as a script writes it, with as much of its table as is known. */
struct written_column {
    const struct table *table;
    const struct column *column;
};

struct written_columns {
    VEC(struct written_column) all;
};

#endif
