/*
 * Rules about a schema, and about a change of one: what every engine accepts and somebody
 * will regret.
 *
 * Each rule is a line of lint/rules.def and a function; what it finds is a diagnostic of
 * that rule.  `@lint off RULE "why"` silences a rule where it stands.
 */
#ifndef SCHEMAC_LINT_LINT_H
#define SCHEMAC_LINT_LINT_H

#include "model/catalog.h"
#include "plan/plan.h"
#include "syntax/ast.h"

enum lint_rule {
#define RULE(scope, engine, id, name, severity, summary) LINT_##id,
#include "lint/rules.def"
#undef RULE
    LINT_RULE_COUNT
};

/* Which rules are looked at, and how much what they find weighs. */
struct lint_settings {
    bool off[LINT_RULE_COUNT];
    struct diag_info rules[LINT_RULE_COUNT]; /* of the diagnostics: outlives them */
    struct slice engine;                     /* that the schema is for; none: any */
};

struct lint_counts {
    size_t errors;
    size_t warnings;
    size_t notes;
    size_t silenced;
};

void lint_settings_init(struct lint_settings *settings);

/*
 * "float-money=off,small-key=error": the levels are off, info, warning and error.  False
 * after reporting D_USAGE.
 */
bool lint_settings_change(struct session *s, struct lint_settings *settings,
                          struct slice text);

/* Needs: a catalog that resolved without an error.  Adds to s->diags. */
void lint_catalog(struct session *s, const struct catalog *c,
                  const struct lint_settings *settings, struct lint_counts *out);

/*
 * Is it a list of statements for a database that is there already?  It changes what it
 * does not make, or says CONCURRENTLY or a lock_timeout, which a declaration does not.
 * A name that is almost one that it makes is *misspelt, and decides nothing; none: there
 * is no such name.
 */
bool lint_is_script(struct session *s, const struct ast *ast, struct slice *misspelt);

/* The rules about its steps, in order.  Needs: it was parsed without an error. */
void lint_script(struct session *s, const struct ast *ast,
                 const struct lint_settings *settings, struct lint_counts *out);

struct lint_change {
    const struct catalog *from;
    const struct catalog *to;
    const struct changes *changes; /* between the two, none of them twice */
    const struct plan *plan;       /* that carries them out beside running applications */
};

/* The rules about the way from one schema to another, told where it is declared. */
void lint_changes(struct session *s, const struct lint_change *change,
                  const struct lint_settings *settings, struct lint_counts *out);

/* A line for each rule: name, severity, summary. */
void lint_print_rules(const struct lint_settings *settings, struct text *out);

#endif
