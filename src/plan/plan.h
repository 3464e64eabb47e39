/*
 * The migration from one catalog to another, in order and with its reasons.
 *
 * `plan_make` lowers nothing and prints nothing: it takes two catalogs in the dialect's
 * terms.  The same plan is printed as a script (diff), explained (plan), embedded in C
 * (gen) and run (migrate).
 */
#ifndef SCHEMAC_PLAN_PLAN_H
#define SCHEMAC_PLAN_PLAN_H

#include "dialect/dialect.h"

enum plan_direction {
    PLAN_UP,   /* to's @migrate runs; from's sections do not */
    PLAN_DOWN, /* from's @rollback runs, @back of from's columns is used */
};

/* How much of the data the way in this direction keeps. */
enum plan_label {
    PLAN_LOSSLESS,
    PLAN_PARKED, /* while the side tables are there: plan.parked */
    PLAN_LOSSY,  /* what is in plan.losses; way back: or in plan.missing */
};

struct step {
    struct slice name; /* "03 rebuild table vehicles": number in the plan and title */
    const struct action *action;
};

enum plan_rows {
    PLAN_ROWS_UNKNOWN,  /* the server never looked */
    PLAN_ROWS_ESTIMATE, /* by its statistics */
    PLAN_ROWS_EXACT,
    PLAN_ROWS_AT_LEAST, /* counting ended there */
    PLAN_ROWS_COUNT
};

/* Of a table that is there, without its indexes. */
struct plan_size {
    enum plan_rows rows_known;
    uint64_t rows; /* 0 where they are not known */
    bool bytes_known;
    uint64_t bytes;
};

struct plan {
    const struct dialect *dialect;
    enum plan_direction direction;
    struct slice schema;       /* "parking"; none where no source gives a name */
    struct slice from_version; /* "" for nothing or a live database */
    struct slice to_version;
    bool
        from_nothing; /* a new database; else an empty version is one without a version */
    bool to_nothing;
    struct slice from_fingerprint; /* of the neutral catalogs; "" when unknown */
    struct slice to_fingerprint;
    VEC(struct step) steps;
    enum plan_label label;
    VEC(struct slice) losses; /* "column vehicles.phone_number" */
    /* Taken on the way up, and not kept, so that the way back does not return it. */
    VEC(struct not_returned) missing;
    VEC(struct slice) parked; /* "column t.c in schemac_kept_…", or "… out of …" */
    uint32_t hazards;         /* all of the steps' together */
    bool rebuilds; /* SQLite: foreign keys must be off around the transaction */
    const struct catalog *from; /* as in the request */
    const struct catalog *to;
    const struct changes *changes; /* what the steps are made for; NULL from nothing */
    const struct map *sizes; /* plan_size_key → struct plan_size *; NULL: nobody asked */
};

struct plan_request {
    const struct dialect *dialect;
    const struct catalog *from;    /* lowered; NULL: from nothing */
    const struct catalog *to;      /* lowered; NULL: to nothing */
    struct slice from_fingerprint; /* of the neutral catalog; may be none */
    struct slice to_fingerprint;
    enum plan_direction direction;
    bool online; /* tables are in use meanwhile, as in alter_request */
    const struct diff_known *known; /* of the side that is a database; NULL */
    /* --keep; its schema and version are filled in here.  NULL: nothing is parked. */
    const struct keep_request *keep;
};

bool plan_make(struct session *s, const struct plan_request *request, struct plan **out);

/* The table of `from` that a step is about; NULL: it is about none that is there. */
const struct table *plan_old_table(const struct plan *p, const struct action *a);
struct slice plan_size_key(struct arena *a, struct slice schema, struct slice name);

/* Behind the last of the steps that share a transaction with step `begin`.  Needs: that
 * one is not outside of transactions. */
size_t plan_transaction_end(const struct plan *p, size_t begin);

/* SQL that runs as it is under `psql -v ON_ERROR_STOP=1` or `sqlite3 -bail`. */
void plan_print_script(struct session *s, const struct plan *p, uint32_t allowed,
                       struct text *out);
/* A card per step, hazards, totals: for people. */
void plan_print_text(struct session *s, const struct plan *p, uint32_t allowed,
                     struct text *out);

/* All of them as one JSON document; false when memory ran out. */
bool plan_print_json(struct session *s, const struct dialect *d,
                     const struct plan *const *plans, size_t count, uint32_t allowed,
                     struct text *out);

/* One version on the way, for a document. */
struct plan_pair {
    const struct plan *plan;  /* not from nothing, nor to nothing */
    const struct plan *back;  /* the other way; NULL: there is none … */
    struct slice no_way_back; /* … for this reason */
};

struct plan_pairs {
    VEC(struct plan_pair) all; /* not empty */
};

/* What a person is given who has to approve the migration: "markdown" or "html". */
bool plan_has_document_form(const char *form);
/* Needs: plan_has_document_form(form).  One document, with a part for each version. */
void plan_print_document(struct session *s, const char *form,
                         const struct plan_pairs *pairs, uint32_t allowed,
                         struct text *out);

const char *phase_name(enum phase phase); /* "grow" */
const char *plan_label_name(enum plan_label label); /* "lossless while parked" */
/* What others cannot do while it is held: "reads and writes", "writes", or NULL: what
 * they do to rows goes on.  NULL stands for no lock. */
const char *lock_blocks(const char *lock);
const char *hazard_name(enum hazard h); /* "data-loss" */
/* "data-loss,rewrite" or "all" → bits; false for a word that is none. */
bool hazards_from_text(struct slice text, uint32_t *out);

#endif
