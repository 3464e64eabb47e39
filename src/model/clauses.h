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

#endif
