/*
 * What every stage of the compiler is given: where to allocate, where texts are, where to
 * report. A session lives as long as one command and belongs to one thread.
 */
#ifndef SCHEMAC_DIAG_SESSION_H
#define SCHEMAC_DIAG_SESSION_H

#include "base/map.h"
#include "diag/diag.h"

struct session {
    struct arena arena;   /* whatever outlives the stage that made it */
    struct arena scratch; /* mark, use, reset */
    struct map names;     /* interned identifiers: intern(&s->names, …) */
    struct map unread;    /* of session_add_unread */
    struct map types;     /* of session_add_type */
    int server_version; /* of PostgreSQL, to write for; 0: the usual one */
    int sqlite_version; /* 3035 for 3.35; 0: any */
    int sqlite_linked;  /* of the SQLite that runs the plan at once; 0: another does */
    bool server_version_is_live; /* it is the version of a server that was described */
    struct sources sources;
    struct diags diags;
};

void session_init(struct session *s);
void session_free(struct session *s);
/*
 * Names in a statement that could not be read.  It has been reported, and may declare
 * them: one mistake is one message, so nothing more is said when they are missing.
 */
void session_add_unread(struct session *s, struct slice name);
bool session_is_unread(const struct session *s, struct slice name);

/*
 * A type or domain that a statement makes, so that its name is not taken for another
 * engine's word for a type: CREATE DOMAIN year.
 */
void session_add_type(struct session *s, struct slice name);
bool session_makes_type(const struct session *s, struct slice name);

bool session_has_errors(const struct session *s);

#endif
