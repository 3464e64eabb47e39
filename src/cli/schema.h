/*
 * Schema folders: one file per version, each complete or a delta on another.
 */
#ifndef SCHEMAC_CLI_SCHEMA_H
#define SCHEMAC_CLI_SCHEMA_H

#include "diag/session.h"
#include "model/catalog.h"

struct schema_version {
    struct slice version;
    const char *path;
    const struct catalog *catalog; /* neutral; NULL until loaded */
    bool is_loading;               /* to find versions that extend each other */
};

struct schema {
    const char *folder;
    struct slice name;                   /* the folder's last part */
    VEC(struct schema_version) versions; /* oldest first */
    VEC(const char *) read;              /* files that were read, for depfiles */
};

/* Versions as numbers part by part: 1.10 comes after 1.9. */
int version_compare(struct slice a, struct slice b);
bool version_is_valid(struct slice v);

/* The folder's last part, what a schema in it is called. */
struct slice schema_folder_name(struct session *s, const char *folder);

/* Find the versions; false after reporting (no version, a name that is none, no folder).
 */
bool schema_open(struct session *s, const char *folder, struct schema *out);

/* The newest for none; NULL after reporting D_NO_SUCH_VERSION where it was asked for
 * (SPAN_NONE: on the command line). */
struct schema_version *schema_find(struct session *s, struct schema *schema,
                                   struct slice version, struct span asked);

/* Parse and resolve, with what it extends.  NULL after reporting. */
const struct catalog *schema_load(struct session *s, struct schema *schema,
                                  struct schema_version *version);

/* Read a file into the sources; 0 after reporting D_FILE. */
uint32_t schema_read_file(struct session *s, const char *path);

#endif
