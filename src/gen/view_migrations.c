/*
 * Versions, migrations and their SQL as records.
 *
 * A compiler need not take a string literal of more than 4,095 bytes, however it is put
 * together; longer SQL becomes an array of characters.
 *
 * To create version 9 from nothing takes mostly the steps of version 8.  Steps that are
 * equal have one name, that of the first of them, under which a template writes it once.
 */
#include "base/map.h"
#include "gen/view_model.h"

#define LITERAL_BYTES_MAX 4000
#define LINE_BYTES_MAX 72 /* of a piece between two quotes */
#define CHARS_PER_ROW 20

/* ---- SQL ---- */

/* The end of a line that begins at `at`: behind a line break, a blank, or anywhere. */
static size_t
line_end(struct slice sql, size_t at)
{
    size_t limit = at + LINE_BYTES_MAX < sql.len ? at + LINE_BYTES_MAX : sql.len;
    size_t blank = 0;

    for (size_t i = at; i < limit; i++) {
        if (sql.ptr[i] == '\n')
            return i + 1;
        if (sql.ptr[i] == ' ')
            blank = i + 1;
    }
    return limit < sql.len && blank > at ? blank : limit;
}

/* 'a','b',… ; codes where a character would need an escape that reads worse. */
static void
add_char(struct text *t, char character)
{
    unsigned char c = (unsigned char)character;

    if (c >= 0x80)
        text_addf(t, "'\\%03o',", c);
    else if (c < 0x20 || c == 0x7F)
        text_addf(t, "%u,", c);
    else if (c == '\'' || c == '\\')
        text_add(t, (struct slice){ (char[]){ '\'', '\\', character, '\'', ',' }, 5 });
    else
        text_add(t, (struct slice){ (char[]){ '\'', character, '\'', ',' }, 4 });
}

static void
add_chars(struct gen_model *m, struct slice line, struct list *rows)
{
    for (size_t at = 0; at < line.len; at += CHARS_PER_ROW) {
        struct text t;

        text_init(&t, &m->s->arena);
        for (size_t i = at; i < line.len && i < at + CHARS_PER_ROW; i++)
            add_char(&t, line.ptr[i]);
        list_text(rows, text_slice(&t));
    }
}

/* Lines as they read well; for an array, each with its characters. */
static void
add_lines(struct gen_model *m, struct slice sql, bool with_chars, struct list *lines)
{
    size_t at = 0;

    do {
        size_t end = line_end(sql, at);
        struct slice line = slice_sub(sql, at, end);
        struct record *r = list_record(lines);
        struct list *chars;

        record_text(r, "text", line);
        chars = record_list(r, "chars");
        if (with_chars)
            add_chars(m, line, chars);
        at = end;
    } while (at < sql.len);
}

/*
 * `c`: the name of the array, used where the text is too long for a literal; such SQL is
 * in the list `all_long` too.
 */
static void
add_sql(struct gen_model *m, struct slice sql, struct slice c, struct list *to,
        struct list *all_long)
{
    struct record *r = list_record(to);
    bool is_long = sql.len > LITERAL_BYTES_MAX;

    record_text(r, "text", sql);
    record_text(r, "c", c);
    record_bool(r, "is_long", is_long);
    record_bool(r, "is_split", !is_long && line_end(sql, 0) < sql.len);
    add_lines(m, sql, is_long, record_list(r, "lines"));
    if (is_long)
        VEC_PUSH(&m->s->arena, &all_long->items,
                 ((struct value){ VALUE_RECORD, { .record = r } }));
}

/* A list of none or one, so that a template can loop over it. */
static void
add_optional_sql(struct gen_model *m, struct record *r, const char *name,
                 struct slice sql, struct slice stem, struct list *all_long)
{
    struct list *l = record_list(r, name);
    struct slice c = slice_format(&m->s->arena, "%.*s_%s", SLICE_ARG(stem), name);

    if (!slice_is_none(sql) && sql.len > 0)
        add_sql(m, sql, c, l, all_long);
}

/* ---- steps ---- */

static struct slice
hazards_text(struct arena *a, uint32_t hazards)
{
    static const struct {
        enum hazard hazard;
        const char *macro;
    } all[] = {
        { HAZARD_DATA_LOSS, "SCHEMAC_HAZARD_DATA_LOSS" },
        { HAZARD_REWRITE, "SCHEMAC_HAZARD_REWRITE" },
        { HAZARD_LONG_LOCK, "SCHEMAC_HAZARD_LONG_LOCK" },
        { HAZARD_UNTRACKED, "SCHEMAC_HAZARD_UNTRACKED" },
    };
    struct text t;

    text_init(&t, a);
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        if ((hazards & (uint32_t)all[i].hazard) == 0)
            continue;
        text_addz(&t, t.len > 0 ? " | " : "");
        text_addz(&t, all[i].macro);
    }
    return text_slice(&t);
}

static void
add_preconditions(struct gen_model *m, const struct action *action, struct record *r,
                  struct slice stem, struct list *all_long)
{
    struct list *checks = record_list(r, "preconditions");

    VEC_EACH (i, &action->preconditions) {
        struct record *check = list_record(checks);
        struct slice c =
            slice_format(&m->s->arena, "%.*s_check_%zu", SLICE_ARG(stem), i + 1);

        record_text(check, "title", action->precondition_titles.items[i]);
        add_sql(m, action->preconditions.items[i], c, record_list(check, "sql"),
                all_long);
    }
}

static void
add_statements(struct gen_model *m, const struct action *action, struct record *r,
               struct slice stem, struct list *all_long)
{
    struct list *statements = record_list(r, "statements");

    VEC_EACH (i, &action->sql)
        add_sql(m, action->sql.items[i],
                slice_format(&m->s->arena, "%.*s_sql_%zu", SLICE_ARG(stem), i + 1),
                statements, all_long);
}

/* Length and text, so that two fields are never taken for one. */
static void
add_to_key(struct text *key, struct slice field)
{
    text_addf(key, "%zu:", field.len);
    text_add(key, field);
}

/* What a program is given of a step, as one text: equal steps have equal keys. */
static struct slice
step_key(struct arena *a, const struct action *action)
{
    struct text key;

    text_init(&key, a);
    text_addf(&key, "%u %d %d %d %zu ", action->hazards, action->phase == PHASE_VERIFY,
              action->outside_transaction, action->own_transaction, action->sql.count);
    add_to_key(&key, action->title);
    add_to_key(&key, action->loss);
    add_to_key(&key, action->stake);
    add_to_key(&key, action->postcondition);
    add_to_key(&key, action->leftovers);
    add_to_key(&key, action->done);
    VEC_EACH (i, &action->sql)
        add_to_key(&key, action->sql.items[i]);
    VEC_EACH (i, &action->preconditions) {
        add_to_key(&key, action->precondition_titles.items[i]);
        add_to_key(&key, action->preconditions.items[i]);
    }
    return text_slice(&key);
}

/* `known`: the records of steps by their keys. */
static void
add_step(struct gen_model *m, const struct action *action, struct slice stem,
         struct map *known, struct list *to)
{
    struct slice key = step_key(&m->s->arena, action);
    const struct record *same = map_get(known, key);
    struct record *r = list_record(to);
    struct list *all_long;

    record_bool(r, "is_first", same == NULL);
    if (same != NULL)
        stem = record_find(same, SLICE("c"))->u.text;
    else
        map_put(known, key, r);
    record_text(r, "name", action->title);
    record_text(r, "c", stem);
    record_text(r, "hazards", hazards_text(&m->s->arena, action->hazards));
    record_text(r, "loss", slice_is_none(action->loss) ? SLICE("") : action->loss);
    record_bool(r, "is_verify", action->phase == PHASE_VERIFY);
    record_bool(r, "outside_transaction", action->outside_transaction);
    record_bool(r, "own_transaction", action->own_transaction);
    record_number(r, "statement_count", (int64_t)action->sql.count);
    record_number(r, "precondition_count", (int64_t)action->preconditions.count);
    all_long = record_list(r, "long_sql");
    add_statements(m, action, r, stem, all_long);
    add_optional_sql(m, r, "stake", action->stake, stem, all_long);
    add_optional_sql(m, r, "postcondition", action->postcondition, stem, all_long);
    add_optional_sql(m, r, "leftovers", action->leftovers, stem, all_long);
    add_optional_sql(m, r, "done", action->done, stem, all_long);
    add_preconditions(m, action, r, stem, all_long);
}

/* ---- migrations ---- */

static struct slice
or_empty(struct slice s)
{
    return slice_is_none(s) ? SLICE("") : s;
}

static void
add_migration(struct gen_model *m, struct list *to, const char *kind,
              const struct plan *plan, struct slice id, struct map *known)
{
    struct arena *a = &m->s->arena;
    struct slice stem = slice_format(a, "%.*s_%s", SLICE_ARG(id), kind);
    struct record *r = list_record(to);
    struct list *steps;

    record_textz(r, "kind", kind);
    record_text(r, "c", stem);
    record_text(r, "from", plan == NULL ? SLICE("") : or_empty(plan->from_version));
    record_text(r, "to", plan == NULL ? SLICE("") : or_empty(plan->to_version));
    record_bool(r, "rebuilds", plan != NULL && plan->rebuilds);
    record_number(r, "step_count", plan == NULL ? 0 : (int64_t)plan->steps.count);
    steps = record_list(r, "steps");
    for (size_t i = 0; plan != NULL && i < plan->steps.count; i++)
        add_step(m, plan->steps.items[i].action,
                 slice_format(a, "%.*s_%zu", SLICE_ARG(stem), i + 1), known, steps);
}

/* As lines of a literal, or an array of characters, like SQL. */
static void
add_expressions(struct gen_model *m, const struct gen_version *v, struct slice id,
                struct record *r)
{
    struct list *long_texts = record_list(r, "long_sql");

    add_optional_sql(m, r, "expressions", v->expressions, id, long_texts);
}

static void
add_side_tables(const struct gen_version *v, struct record *r)
{
    struct list *sides = record_list(r, "side_tables");

    VEC_EACH (i, &v->side_tables.all)
        record_text(list_record(sides), "name", v->side_tables.all.items[i]);
    record_number(r, "side_table_count", (int64_t)v->side_tables.all.count);
}

static void
add_versions(struct gen_model *m, const struct gen_chain *chain, struct record *engine)
{
    struct list *versions = record_list(engine, "versions");
    struct map ids;
    struct map known;

    map_init(&ids, &m->s->arena);
    map_init(&known, &m->s->arena);
    VEC_EACH (i, &chain->versions) {
        const struct gen_version *v = &chain->versions.items[i];
        struct record *r = list_record(versions);
        struct list *migrations;
        struct slice id =
            name_claim(&ids,
                       slice_format(&m->s->arena, "v%.*s",
                                    SLICE_ARG(name_part(&m->s->arena, v->version))),
                       "");

        record_text(r, "version", v->version);
        record_text(r, "fingerprint", v->fingerprint);
        add_expressions(m, v, id, r);
        migrations = record_list(r, "migrations");
        add_migration(m, migrations, "create", v->create, id, &known);
        add_migration(m, migrations, "up", v->up, id, &known);
        add_migration(m, migrations, "down", v->down, id, &known);
        add_side_tables(v, r);
        if (v->up_keep == NULL)
            continue;
        add_migration(m, migrations, "up_keep", v->up_keep, id, &known);
        add_migration(m, migrations, "down_keep", v->down_keep, id, &known);
    }
}

/* The first has the name of the schema, and leads to the next. */
static struct slice
schema_object(struct gen_model *m, size_t engine)
{
    struct arena *a = &m->s->arena;

    if (engine >= m->request->chain_count)
        return SLICE("");
    if (engine == 0)
        return slice_format(a, "%.*s_schema", SLICE_ARG(m->prefix));
    return slice_format(a, "%.*s_schema_%s", SLICE_ARG(m->prefix),
                        m->request->chains[engine]->dialect->name);
}

void
add_engines(struct gen_model *m, struct record *root)
{
    struct list *engines = record_list(root, "engines");

    for (size_t i = 0; i < m->request->chain_count; i++) {
        struct record *r = list_record(engines);

        record_textz(r, "dialect", m->request->chains[i]->dialect->name);
        record_text(r, "c", schema_object(m, i));
        record_text(r, "next", schema_object(m, i + 1));
        record_bool(r, "keeps", m->request->chains[i]->keeps);
        add_versions(m, m->request->chains[i], r);
    }
}
