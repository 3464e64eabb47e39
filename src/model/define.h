/*
 * Writers of definitions, private to model: definition.c has the table that leads here.
 */
#ifndef SCHEMAC_MODEL_DEFINE_H
#define SCHEMAC_MODEL_DEFINE_H

#include "expr/sqlw.h"
#include "model/definition.h"

void definition_write_routine(struct sqlw *w, const struct definition *d);
void definition_write_trigger(struct sqlw *w, const struct definition *d);
void definition_write_rule(struct sqlw *w, const struct definition *d);
void definition_write_policy(struct sqlw *w, const struct definition *d);

#endif
