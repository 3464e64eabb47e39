/*
 * Triggers, rules and policies: what stands on a relation and holds expressions.
 *
 * Their expressions are bound when all statements are applied (code_bind), and bound
 * again with the rename when something that they name gets another name (code_follow).
 */
#ifndef SCHEMAC_RESOLVE_DEFINE_H
#define SCHEMAC_RESOLVE_DEFINE_H

#include "resolve/places.h"

/* One that is being bound: the relation that it stands on, as far as it is known. */
struct code_binding {
    struct binder binder;
    struct relation on;
    struct scope scope; /* NEW and OLD */
};

/* Each gives a new detail, and puts it into d. */
/* The function that it calls is there, and is one for triggers. */
void trigger_check_function(struct build *b, const struct object *o);
void event_triggers_check(struct build *b);
void trigger_bind(struct code_binding *c, struct definition *d);
void rule_bind(struct code_binding *c, struct definition *d);
void policy_bind(struct code_binding *c, struct definition *d);
void statistics_bind(struct code_binding *c, struct definition *d);
/* routine_body.c: says nothing about what it does not find.  Is there a body or a default
 * that the server reads? */
bool routine_is_read(const struct routine *r);
void routine_bind(struct code_binding *c, struct definition *d);

/* FROM t of a constraint trigger follows the rename of t. */
void trigger_rename_from(struct build *b, struct object *o, struct slice schema,
                         struct slice name, struct slice schema_now,
                         struct slice name_now);

/* Adds NEW and OLD where they may be named. */
void code_add_rows(struct code_binding *c, bool has_new, bool has_old);
/* Reports what the place does not allow, unless a rename is followed. */
void code_check_place(struct code_binding *c, const struct expr *e,
                      const struct place_rules *place);
const struct expr *code_bind_statement(struct code_binding *c, const struct expr *query);

/* The object that the statement stands on; NULL after reporting that there is none. */
struct object *code_need_relation(struct build *b, const struct ast_name *name);
/* A definition on `on`, its text not yet written. */
struct definition *code_new(struct build *b, const struct stmt *stmt, const char *kind,
                            const struct ast_name *name, const struct object *on);
/* Written, declared, and known to the relations that it reads; with `or_replace` in the
 * place of an older one. */
void code_declare(struct build *b, const struct stmt *stmt, struct definition *d,
                  bool or_replace, bool if_not_exists);
/* The trigger, rule or policy of that name on that table; NULL after reporting. */
struct object *code_need(struct build *b, const char *kind, const struct ast_name *name,
                         const struct object *on, bool if_exists);

#endif
