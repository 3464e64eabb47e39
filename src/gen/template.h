/*
 * A small template engine: values, lists, conditions, includes.  The language is
 * described in docs/templates.md.  Templates hold layout and no decisions: a condition
 * asks for one value, and there is no arithmetic.
 */
#ifndef SCHEMAC_GEN_TEMPLATE_H
#define SCHEMAC_GEN_TEMPLATE_H

#include "diag/session.h"
#include "gen/value.h"

#define TEMPLATE_DEPTH_MAX 32 /* blocks in blocks, and includes: rendering recurses */
#define TEMPLATE_BYTES_MAX (1 << 20)

struct template_nodes;

struct template
{
    struct slice name; /* "table.c.tmpl" */
    const struct template_nodes *body;
    /* What it writes; NULL: it is only included. */
    const struct template_nodes *path;
    struct slice item;      /* "% file … for ITEM in LIST"; none: one file */
    struct slice item_list; /* a path: "schema.tables" */
    struct slice condition; /* "% file … if CONDITION"; none: always */
    struct span span;       /* of the % file line */
    bool is_builtin;
};

struct template_set {
    struct session *session;
    const char *folder; /* whose files replace built-in templates; NULL */
    bool folder_only;   /* the others are there to be included, and write nothing */
    struct map by_name;     /* name → struct template * */
    VEC(const char *) read; /* files of the folder */
};

/*
 * False after D_TEMPLATE or D_FILE.  All templates are parsed, used or not.  folder_only:
 * only those of the folder write files; that none of them does is an error.
 */
bool template_set_load(struct session *s, const char *folder, bool folder_only,
                       struct template_set *out);
/* Has the template a file to write? */
bool template_writes(const struct template_set *set, const struct template *t);

/* Parse one text; for the set and for tests.  NULL after D_TEMPLATE. */
struct template *template_parse(struct session *s, struct slice file, struct slice name,
                                struct slice text);

/* A name that a template may use, besides the fields of the root record. */
struct template_scope {
    const struct template_scope *outer; /* NULL: only the root is left */
    struct slice name;
    struct value value;
};

/* Append what the nodes make of `root`.  False after D_TEMPLATE.  `out` is no text of the
 * session's scratch. */
bool template_render(const struct template_set *set, const struct template_nodes *nodes,
                     const struct record *root, const struct template_scope *scope,
                     struct text *out);
/* The value of "a.b.c"; NULL after D_TEMPLATE at `span`. */
const struct value *template_lookup(struct session *s, struct slice path,
                                    struct span span, const struct record *root,
                                    const struct template_scope *scope);

#endif
