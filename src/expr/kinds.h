/*
 * Enumerations that the syntax tree and the catalog share, and their SQL words.
 */
#ifndef SCHEMAC_EXPR_KINDS_H
#define SCHEMAC_EXPR_KINDS_H

enum constraint_kind {
    CONSTRAINT_PRIMARY_KEY,
    CONSTRAINT_UNIQUE,
    CONSTRAINT_CHECK,
    CONSTRAINT_FOREIGN_KEY,
    CONSTRAINT_EXCLUDE,
};
#define CONSTRAINT_KIND_COUNT (CONSTRAINT_EXCLUDE + 1)

enum fk_action { /* NO ACTION is the default of every engine */
                 FK_NO_ACTION,
                 FK_RESTRICT,
                 FK_CASCADE,
                 FK_SET_NULL,
                 FK_SET_DEFAULT,
};

enum fk_match {
    FK_MATCH_SIMPLE,
    FK_MATCH_FULL,
    FK_MATCH_PARTIAL,
};

enum deferral {
    DEFERRAL_NONE,      /* NOT DEFERRABLE */
    DEFERRAL_IMMEDIATE, /* DEFERRABLE INITIALLY IMMEDIATE */
    DEFERRAL_DEFERRED,  /* DEFERRABLE INITIALLY DEFERRED */
};

enum nulls_order {
    NULLS_DEFAULT,
    NULLS_FIRST,
    NULLS_LAST,
};

enum identity_kind {
    IDENTITY_NONE,
    IDENTITY_BY_DEFAULT, /* also AUTOINCREMENT and AUTO_INCREMENT */
    IDENTITY_ALWAYS,
    IDENTITY_SERIAL, /* serial, bigserial: a default from an owned sequence */
};

enum partition_strategy {
    PARTITION_RANGE,
    PARTITION_LIST,
    PARTITION_HASH,
};
#define PARTITION_STRATEGY_COUNT (PARTITION_HASH + 1)

enum bound_kind {
    BOUND_DEFAULT, /* DEFAULT */
    BOUND_RANGE,   /* FROM (…) TO (…) */
    BOUND_LIST,    /* IN (…) */
    BOUND_HASH,    /* WITH (MODULUS m, REMAINDER r) */
};
#define BOUND_KIND_COUNT (BOUND_HASH + 1)

enum section_kind {
    SECTION_MIGRATE,
    SECTION_ROLLBACK,
    SECTION_VERIFY,
};

/* "ON DELETE" and "ON UPDATE" go before the action; NULLS_DEFAULT has no words. */
const char *constraint_kind_words(enum constraint_kind kind); /* "PRIMARY KEY" */
const char *fk_action_words(enum fk_action action);           /* "SET NULL" */
const char *fk_match_words(enum fk_match match);              /* "MATCH FULL" */
const char *deferral_words(enum deferral deferral); /* "DEFERRABLE INITIALLY DEFERRED" */
const char *nulls_order_words(enum nulls_order nulls); /* "NULLS FIRST" or "" */
const char *partition_strategy_words(enum partition_strategy strategy); /* "RANGE" */
const char *section_kind_word(enum section_kind kind);                  /* "migrate" */

#endif
