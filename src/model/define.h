/*
 * Writers of definitions, private to model: definition.c has the table that leads here.
 */
#ifndef SCHEMAC_MODEL_DEFINE_H
#define SCHEMAC_MODEL_DEFINE_H

#include "expr/sqlw.h"
#include "model/definition.h"

typedef void definition_writer(struct sqlw *w, const struct definition *d);

definition_writer write_domain;
definition_writer write_composite;
definition_writer write_range;
definition_writer write_sequence;
definition_writer write_statistics;
definition_writer write_grant;
definition_writer definition_write_role;

/* SET name TO value of a routine and a role: search_path, or plpgsql.extra_warnings. */
void write_setting_name(struct sqlw *w, struct slice name);

void definition_write_routine(struct sqlw *w, const struct definition *d);
void definition_write_trigger(struct sqlw *w, const struct definition *d);
void definition_write_rule(struct sqlw *w, const struct definition *d);
void definition_write_policy(struct sqlw *w, const struct definition *d);

#endif
