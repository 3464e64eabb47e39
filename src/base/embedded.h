/*
 * A file of the sources that is compiled into the program (src/base/embed.sh).
 */
#ifndef SCHEMAC_BASE_EMBEDDED_H
#define SCHEMAC_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *name; /* without its folder: "table.c.tmpl" */
    const unsigned char *bytes;
    size_t size;
};

#endif
