/*
 * The templates of templates/, compiled into the program (build/gen/templates.c).
 */
#ifndef SCHEMAC_GEN_EMBEDDED_H
#define SCHEMAC_GEN_EMBEDDED_H

#include "base/embedded.h"

extern const struct embedded_file embedded_templates[]; /* sorted by name */
extern const size_t embedded_templates_count;

#endif
