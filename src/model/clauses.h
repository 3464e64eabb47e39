/*
 * Clauses that the canonical printer and every dialect write alike.
 */
#ifndef SCHEMAC_MODEL_CLAUSES_H
#define SCHEMAC_MODEL_CLAUSES_H

#include "expr/sqlw.h"
#include "model/catalog.h"

/* (a, lower(b) COLLATE c DESC NULLS LAST); of an EXCLUDE with its operators. */
void clause_keys(struct sqlw *w, const struct index_keys *keys);

/* words (a, b); nothing for no name.  words may be NULL. */
void clause_names(struct sqlw *w, const char *words, const struct slices *names);

/* REFERENCES t (a) MATCH FULL ON DELETE … ON UPDATE …, without the deferral. */
void clause_references(struct sqlw *w, const struct constraint *k);

/* NULL writes nothing. */
void clause_partition_by(struct sqlw *w, const struct partition_by *p);
void clause_bound(struct sqlw *w, const struct partition_bound *b);
void clause_parents(struct sqlw *w, const struct relation_names *parents);

/* Called before each statement for a writer, and with `done` behind it. */
typedef struct sqlw *settings_fn(void *context, bool done);

/* Of columns that INHERITS brings: DEFAULT and NOT NULL of their own. */
void clause_column_rules(const struct table *t, settings_fn *write, void *context);
/* STORAGE and the like: a child that is made later would take it over. */
void clause_column_settings(const struct table *t, settings_fn *write, void *context);
/* OF t, behind the table: its columns are those of the type already. */
void clause_of_type(const struct table *t, settings_fn *write, void *context);
void clause_row_security(const struct table *t, settings_fn *write, void *context);
/* CLUSTER ON and REPLICA IDENTITY; needs the indexes of the table. */
void clause_index_choices(const struct table *t, settings_fn *write, void *context);
void clause_index_settings(const struct index *x, settings_fn *write, void *context);

#endif
