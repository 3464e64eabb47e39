/*
 * Writers of definitions, private to model: definition.c has the table that leads here.
 */
#ifndef SCHEMAC_MODEL_DEFINE_H
#define SCHEMAC_MODEL_DEFINE_H

#include "expr/sqlw.h"
#include "model/definition.h"

#endif
