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

/* ---- code: routines and triggers ---- */

enum argument_mode {
    ARGUMENT_IN,
    ARGUMENT_OUT,
    ARGUMENT_INOUT,
    ARGUMENT_VARIADIC,
    ARGUMENT_TABLE, /* a column of RETURNS TABLE */
};

enum routine_kind {
    ROUTINE_FUNCTION,
    ROUTINE_PROCEDURE,
    ROUTINE_AGGREGATE,
    ROUTINE_ANY, /* ALTER and DROP ROUTINE; no routine is of this kind */
};

enum body_kind {
    BODY_NONE,   /* aggregates */
    BODY_STRING, /* AS $$ … $$ */
    BODY_LINK,   /* AS 'obj_file', 'link_symbol' */
    BODY_RETURN, /* RETURN expression */
    BODY_ATOMIC, /* BEGIN ATOMIC … END: the text between, whole */
};

enum trigger_timing {
    TRIGGER_BEFORE, /* SQLite's default */
    TRIGGER_AFTER,
    TRIGGER_INSTEAD_OF,
};

enum trigger_event {
    TRIGGER_INSERT = 1,
    TRIGGER_UPDATE = 2,
    TRIGGER_DELETE = 4,
    TRIGGER_TRUNCATE = 8,
};

/* ---- roles ---- */

enum role_power {
    POWER_SUPERUSER = 1,
    POWER_CREATEDB = 2,
    POWER_CREATEROLE = 4,
    POWER_INHERIT = 8,
    POWER_LOGIN = 16,
    POWER_REPLICATION = 32,
    POWER_BYPASSRLS = 64,
};
#define POWER_COUNT 7
#define POWER_ALL ((1U << POWER_COUNT) - 1)
#define POWER_USUAL ((unsigned)POWER_INHERIT) /* what CREATE ROLE gives by itself */

/* "ON DELETE" and "ON UPDATE" go before the action; NULLS_DEFAULT has no words. */
const char *constraint_kind_words(enum constraint_kind kind); /* "PRIMARY KEY" */
const char *fk_action_words(enum fk_action action);           /* "SET NULL" */
const char *fk_match_words(enum fk_match match);              /* "MATCH FULL" */
const char *deferral_words(enum deferral deferral); /* "DEFERRABLE INITIALLY DEFERRED" */
const char *nulls_order_words(enum nulls_order nulls); /* "NULLS FIRST" or "" */
const char *routine_kind_word(enum routine_kind kind); /* "function" */
const char *partition_strategy_words(enum partition_strategy strategy); /* "RANGE" */
const char *section_kind_word(enum section_kind kind);                  /* "migrate" */
const char *role_power_word(unsigned number); /* of 1 << number: "LOGIN"; NOLOGIN */

#endif
