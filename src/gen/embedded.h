/*
 * The templates of templates/, compiled into the program (build/gen/templates.c).
 */
#ifndef SCHEMAC_GEN_EMBEDDED_H
#define SCHEMAC_GEN_EMBEDDED_H

#include <stddef.h>

struct embedded_template {
    const char *name; /* file name: "table.c.tmpl" */
    const unsigned char *bytes;
    size_t size;
};

extern const struct embedded_template embedded_templates[]; /* sorted by name */
extern const size_t embedded_template_count;

#endif
