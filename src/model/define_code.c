/*
 * Triggers, rules and policies as statements.  One that is disabled takes two: that it is
 * can only be said when it is there.
 */
#include "model/define.h"

#include <assert.h>

#define BODY_INDENT 4

static void
write_place(struct sqlw *w, const struct definition *d)
{
    sqlw_kw(w, "ON");
    sqlw_qualified(w, d->schema, d->table);
}

static const struct {
    const char *state;
    const char *words;
} states[] = {
    { "disabled", "DISABLE" },
    { "replica", "ENABLE REPLICA" },
    { "always", "ENABLE ALWAYS" },
};

static void
write_state(struct sqlw *w, const struct definition *d, struct slice state,
            const char *what)
{
    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        if (!slice_is(state, states[i].state))
            continue;
        text_addc(w->out, ';');
        sqlw_newline(w);
        sqlw_kw(w, "ALTER TABLE");
        sqlw_qualified(w, d->schema, d->table);
        sqlw_kw(w, states[i].words);
        sqlw_kw(w, what);
        sqlw_ident(w, d->name);
    }
}

/* Statements, each on lines of its own. */
static void
write_statements(struct sqlw *w, const struct expr *const *statements, size_t count)
{
    size_t indent = w->indent;

    w->indent = indent + BODY_INDENT;
    for (size_t i = 0; i < count; i++) {
        sqlw_newline(w);
        sqlw_expr(w, statements[i]);
        text_addc(w->out, ';');
    }
    w->indent = indent;
    sqlw_newline(w);
}

/* ---- triggers ---- */

static const char *const timing_words[] = {
    [TRIGGER_BEFORE] = "BEFORE",
    [TRIGGER_AFTER] = "AFTER",
    [TRIGGER_INSTEAD_OF] = "INSTEAD OF",
};
static_assert(ARRAY_LEN(timing_words) == TRIGGER_INSTEAD_OF + 1, "name every timing");

static const struct {
    enum trigger_event event;
    const char *words;
} event_words[] = {
    { TRIGGER_INSERT, "INSERT" },
    { TRIGGER_DELETE, "DELETE" },
    { TRIGGER_UPDATE, "UPDATE" },
    { TRIGGER_TRUNCATE, "TRUNCATE" },
};

static void
write_columns(struct sqlw *w, const struct slices *columns)
{
    VEC_EACH (i, &columns->all) {
        if (i > 0)
            sqlw_comma(w);
        else
            sqlw_kw(w, "OF");
        sqlw_ident(w, columns->all.items[i]);
    }
}

static void
write_events(struct sqlw *w, const struct trigger *t)
{
    bool first = true;

    for (size_t i = 0; i < ARRAY_LEN(event_words); i++) {
        if (!(t->events & (unsigned)event_words[i].event))
            continue;
        if (!first)
            sqlw_kw(w, "OR");
        first = false;
        sqlw_kw(w, event_words[i].words);
        if (event_words[i].event == TRIGGER_UPDATE)
            write_columns(w, &t->columns);
    }
}

static void
write_constraint(struct sqlw *w, const struct trigger *t)
{
    if (!slice_is_none(t->from_table)) {
        sqlw_kw(w, "FROM");
        sqlw_qualified(w, t->from_schema, t->from_table);
    }
    if (t->deferral != DEFERRAL_NONE)
        sqlw_kw(w, deferral_words(t->deferral));
}

static void
write_transitions(struct sqlw *w, const struct trigger *t)
{
    if (slice_is_none(t->old_table) && slice_is_none(t->new_table))
        return;
    sqlw_kw(w, "REFERENCING");
    if (!slice_is_none(t->old_table)) {
        sqlw_kw(w, "OLD TABLE AS");
        sqlw_ident(w, t->old_table);
    }
    if (!slice_is_none(t->new_table)) {
        sqlw_kw(w, "NEW TABLE AS");
        sqlw_ident(w, t->new_table);
    }
}

static void
write_call(struct sqlw *w, const struct trigger *t)
{
    sqlw_kw(w, "EXECUTE FUNCTION");
    sqlw_qualified(w, t->function_schema, t->function);
    w->need_blank = false;
    sqlw_open(w);
    VEC_EACH (i, &t->arguments.all) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_string(w, t->arguments.all.items[i]);
    }
    sqlw_close(w);
}

void
definition_write_trigger(struct sqlw *w, const struct definition *d)
{
    const struct trigger *t = d->u.trigger;
    bool call = !slice_is_none(t->function);

    sqlw_kw(w, t->is_constraint ? "CREATE CONSTRAINT TRIGGER" : "CREATE TRIGGER");
    sqlw_ident(w, d->name);
    sqlw_kw(w, timing_words[t->timing]);
    write_events(w, t);
    write_place(w, d);
    write_constraint(w, t);
    write_transitions(w, t);
    if (!t->row_is_implied || w->style == &sql_style_canonical)
        sqlw_kw(w, t->for_each_row ? "FOR EACH ROW" : "FOR EACH STATEMENT");
    if (t->when != NULL) {
        sqlw_kw(w, "WHEN");
        if (w->style->keeps_parens) /* PostgreSQL asks for them */
            sqlw_expr(w, t->when);
        else
            sqlw_expr_parens(w, t->when);
    }
    if (call) {
        write_call(w, t);
    } else {
        sqlw_kw(w, "BEGIN");
        write_statements(w, t->body.items, t->body.count);
        sqlw_kw(w, "END");
    }
    write_state(w, d, t->enabled, "TRIGGER");
}

/* ---- rules ---- */

static void
write_event(struct sqlw *w, struct slice event)
{
    static const char *const events[] = { "SELECT", "INSERT", "UPDATE", "DELETE", "ALL" };

    for (size_t i = 0; i < ARRAY_LEN(events); i++)
        if (slice_equal_fold(event, slice_from(events[i])))
            sqlw_kw(w, events[i]);
}

void
definition_write_rule(struct sqlw *w, const struct definition *d)
{
    const struct rule *r = d->u.rule;

    sqlw_kw(w, "CREATE RULE");
    sqlw_ident(w, d->name);
    sqlw_kw(w, "AS ON");
    write_event(w, r->event);
    sqlw_kw(w, "TO");
    sqlw_qualified(w, d->schema, d->table);
    if (r->where != NULL) {
        sqlw_kw(w, "WHERE");
        sqlw_expr_parens(w, r->where);
    }
    sqlw_kw(w, r->instead ? "DO INSTEAD" : "DO ALSO");
    if (r->actions.count == 0) {
        sqlw_kw(w, "NOTHING");
    } else {
        sqlw_open(w);
        write_statements(w, r->actions.items, r->actions.count);
        sqlw_close(w);
    }
    write_state(w, d, r->enabled, "RULE");
}

/* ---- policies ---- */

static void
write_role(struct sqlw *w, struct slice role)
{
    static const char *const keywords[] = { "CURRENT_USER", "CURRENT_ROLE",
                                            "SESSION_USER", "PUBLIC" };

    for (size_t i = 0; i < ARRAY_LEN(keywords); i++)
        if (slice_equal_fold(role, slice_from(keywords[i]))) {
            sqlw_kw(w, keywords[i]);
            return;
        }
    sqlw_ident(w, role);
}

void
policy_write_clauses(struct sqlw *w, const struct policy *p)
{
    sqlw_kw(w, "TO");
    if (p->roles.all.count == 0)
        sqlw_kw(w, "PUBLIC");
    VEC_EACH (i, &p->roles.all) {
        if (i > 0)
            sqlw_comma(w);
        write_role(w, p->roles.all.items[i]);
    }
    if (p->using != NULL) {
        sqlw_kw(w, "USING");
        sqlw_expr_parens(w, p->using);
    }
    if (p->with_check != NULL) {
        sqlw_kw(w, "WITH CHECK");
        sqlw_expr_parens(w, p->with_check);
    }
}

void
definition_write_policy(struct sqlw *w, const struct definition *d)
{
    const struct policy *p = d->u.policy;

    sqlw_kw(w, "CREATE POLICY");
    sqlw_ident(w, d->name);
    write_place(w, d);
    if (p->restrictive)
        sqlw_kw(w, "AS RESTRICTIVE");
    if (!slice_is(p->command, "all")) {
        sqlw_kw(w, "FOR");
        write_event(w, p->command);
    }
    policy_write_clauses(w, p);
}
