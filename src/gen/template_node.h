/*
 * Parsed templates, between template_parse.c and template_render.c.
 */
#ifndef SCHEMAC_GEN_TEMPLATE_NODE_H
#define SCHEMAC_GEN_TEMPLATE_NODE_H

#include "gen/template.h"

enum node_kind {
    NODE_TEXT,    /* text */
    NODE_VALUE,   /* text: path; filters */
    NODE_IF,      /* text: path; negated; word; body, otherwise */
    NODE_FOR,     /* item; text: path of the list; body */
    NODE_INCLUDE, /* text: name of the template */
};

enum filter {
    FILTER_UPPER,
    FILTER_LOWER,
    FILTER_C,       /* as it stands between the quotes of a C string */
    FILTER_COMMENT, /* as it may stand in a C comment */
    FILTER_JSON,    /* a JSON string with its quotes */
    FILTER_MARKDOWN, /* as it may stand in a cell of a table */
    FILTER_COUNT
};

#define NODE_FILTERS_MAX 4

struct template_nodes {
    VEC(struct template_node *) items;
};

struct template_node {
    enum node_kind kind;
    struct span span;
    struct slice text;
    struct slice item;
    bool negated;
    struct slice word; /* `if path is WORD`; none: is it true at all? */
    enum filter filters[NODE_FILTERS_MAX];
    size_t filter_count;
    struct template_nodes body;
    struct template_nodes otherwise;
};

#endif
