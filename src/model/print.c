/*
 * The canonical text of a catalog: which objects, in which order.  Tables and indexes
 * are written in print_table.c.
 */
#include "model/print.h"

#include <stdlib.h>
#include <string.h>

#include "model/print_parts.h"
#include "model/was.h"

#define INDENT 4

/* ---- sorting ---- */

void
sorted_add(struct printer *p, struct sorted *to, struct slice key, const void *object)
{
    struct sorted_item item = { key, object };

    VEC_PUSH(&p->temporary, &to->all, item);
}

static int
compare_items(const void *a, const void *b)
{
    const struct sorted_item *x = a;
    const struct sorted_item *y = b;

    return slice_compare(x->key, y->key);
}

void
sorted_finish(struct sorted *to)
{
    if (to->all.count > 1)
        qsort(to->all.items, to->all.count, sizeof *to->all.items, compare_items);
}

/* Parts with a byte between them that sorts before any other. */
static struct slice
sort_key(struct printer *p, struct slice a, struct slice b, struct slice c)
{
    struct text key;

    text_init(&key, &p->temporary);
    text_add(&key, a);
    text_addc(&key, '\0');
    text_add(&key, b);
    text_addc(&key, '\0');
    text_add(&key, c);
    return text_slice(&key);
}

/* ---- annotations ---- */

void
annotations_add(struct printer *p, struct annotation_texts *to, const char *format, ...)
{
    struct text t;
    va_list args;

    text_init(&t, &p->temporary);
    va_start(args, format);
    text_vaddf(&t, format, args);
    va_end(args);
    VEC_PUSH(&p->temporary, &to->all, text_slice(&t));
}

struct slice
printer_name(struct printer *p, struct slice name)
{
    struct text t;
    struct sqlw w;

    text_init(&t, &p->temporary);
    sqlw_init(&w, &sql_style_canonical, &t);
    sqlw_ident(&w, name);
    return text_slice(&t);
}

void
annotations_add_was(struct printer *p, struct annotation_texts *to, struct slice was)
{
    if (!slice_is_none(was))
        annotations_add(p, to, "was %.*s", SLICE_ARG(printer_name(p, was)));
}

void
annotations_add_old_place(struct printer *p, struct annotation_texts *to,
                          struct slice schema, struct slice was)
{
    const struct relation_name old = was_name(schema, was);

    if (!was_is_moved(was))
        annotations_add_was(p, to, was);
    else
        annotations_add(p, to, "was %.*s.%.*s",
                        SLICE_ARG(printer_name(p, slice_is_none(old.schema)
                                                      ? SLICE("public")
                                                      : old.schema)),
                        SLICE_ARG(printer_name(p, old.name)));
}

void
annotations_add_only(struct printer *p, struct annotation_texts *to, struct slice only)
{
    if (!slice_is_none(only))
        annotations_add(p, to, "only %.*s", SLICE_ARG(only));
}

static struct slice
string_text(struct printer *p, struct slice string)
{
    struct text t;
    struct sqlw w;

    text_init(&t, &p->temporary);
    sqlw_init(&w, &sql_style_canonical, &t);
    sqlw_string(&w, string);
    return text_slice(&t);
}

/* A line comment; a block where the text has lines of its own (a string in @from). */
static void
print_annotation(struct printer *p, struct slice annotation)
{
    if (annotation.len > 0 && memchr(annotation.ptr, '\n', annotation.len) != NULL)
        text_addf(p->out, "/* @%.*s */", SLICE_ARG(annotation));
    else
        text_addf(p->out, "-- @%.*s", SLICE_ARG(annotation));
}

/* ---- statements ---- */

void
statement_begin(struct printer *p, const struct annotation_texts *annotations,
                struct sqlw *w)
{
    if (p->begun)
        text_addc(p->out, '\n');
    p->begun = true;
    VEC_EACH (i, &annotations->all) {
        print_annotation(p, annotations->all.items[i]);
        text_addc(p->out, '\n');
    }
    sqlw_init(w, &sql_style_canonical, p->out);
}

void
statement_end(struct printer *p)
{
    text_addz(p->out, ";\n");
}

void
print_comment_on(struct printer *p, struct slice object, struct slice comment)
{
    struct sqlw w;

    if (slice_is_none(comment))
        return;
    sqlw_init(&w, &sql_style_canonical, p->out);
    sqlw_kw(&w, "COMMENT ON");
    sqlw_raw(&w, object);
    sqlw_kw(&w, "IS");
    sqlw_string(&w, comment);
    statement_end(p);
}

static void
print_member(struct printer *p, const struct member *m, bool last)
{
    bool behind = m->annotations.all.count == 1;

    if (!behind)
        VEC_EACH (i, &m->annotations.all) {
            text_repeat(p->out, ' ', INDENT);
            print_annotation(p, m->annotations.all.items[i]);
            text_addc(p->out, '\n');
        }
    text_repeat(p->out, ' ', INDENT);
    text_add(p->out, m->text);
    if (!last)
        text_addc(p->out, ',');
    if (behind) {
        text_addc(p->out, ' ');
        print_annotation(p, m->annotations.all.items[0]);
    }
    text_addc(p->out, '\n');
}

void
print_members(struct printer *p, const struct members *members)
{
    text_addc(p->out, '\n');
    VEC_EACH (i, &members->all)
        print_member(p, &members->all.items[i], i + 1 == members->all.count);
}

/* ---- head ---- */

static void
print_head(struct printer *p)
{
    const struct catalog *c = p->catalog;

    if (!slice_is_none(c->name) && !p->structural) {
        text_addf(p->out, "-- @schema %.*s\n", SLICE_ARG(printer_name(p, c->name)));
        p->begun = true;
    }
    if (!slice_is_none(c->dialect)) {
        text_addf(p->out, "-- @dialect %.*s\n", SLICE_ARG(c->dialect));
        p->begun = true;
    }
    if (!p->structural)
        VEC_EACH (i, &c->lint_offs) {
            const struct lint_off *off = &c->lint_offs.items[i];

            if (!p->at_head[i])
                continue;
            text_addf(p->out, "-- @lint off %.*s \"%.*s\"\n", SLICE_ARG(off->rule),
                      SLICE_ARG(off->why));
            p->begun = true;
        }
}

/* ---- types ---- */

static void
enum_annotations(struct printer *p, const struct enum_type *e,
                 struct annotation_texts *to)
{
    annotations_add_only(p, to, e->only);
    if (p->structural)
        return;
    annotations_add_old_place(p, to, e->schema, e->was);
    VEC_EACH (i, &e->maps)
        annotations_add(p, to, "map %.*s = %.*s",
                        SLICE_ARG(string_text(p, e->maps.items[i].from)),
                        SLICE_ARG(string_text(p, e->maps.items[i].to)));
}

static void
enum_members(struct printer *p, const struct enum_type *e, struct members *out)
{
    VEC_EACH (i, &e->values) {
        const struct enum_value *v = &e->values.items[i];
        struct member m = { .text = string_text(p, v->label) };

        if (!p->structural && !slice_is_none(v->was))
            annotations_add(p, &m.annotations, "was %.*s",
                            SLICE_ARG(string_text(p, v->was)));
        VEC_PUSH(&p->temporary, &out->all, m);
    }
}

/* "TYPE s.n", "VIEW s.n" */
static struct slice
object_name(struct printer *p, const char *words, struct slice schema, struct slice name)
{
    struct text out;
    struct sqlw w;

    text_init(&out, &p->temporary);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_kw(&w, words);
    sqlw_qualified(&w, schema, name);
    return text_slice(&out);
}

static void
print_enum(struct printer *p, const struct enum_type *e)
{
    struct annotation_texts annotations = { 0 };
    struct members members = { 0 };
    struct sqlw w;

    enum_annotations(p, e, &annotations);
    annotations_add_silencers(p, &annotations, e->span);
    enum_members(p, e, &members);
    statement_begin(p, &annotations, &w);
    sqlw_kw(&w, "CREATE TYPE");
    sqlw_qualified(&w, e->schema, e->name);
    sqlw_kw(&w, "AS ENUM");
    sqlw_open(&w);
    if (members.all.count > 0)
        print_members(p, &members);
    sqlw_close(&w);
    statement_end(p);
    print_comment_on(p, object_name(p, "TYPE", e->schema, e->name), e->comment);
}

static void
print_enums(struct printer *p)
{
    struct sorted sorted = { 0 };

    VEC_EACH (i, &p->catalog->enums) {
        const struct enum_type *e = p->catalog->enums.items[i];

        sorted_add(p, &sorted, sort_key(p, e->schema, e->name, SLICE("")), e);
    }
    sorted_finish(&sorted);
    VEC_EACH (i, &sorted.all)
        print_enum(p, sorted.all.items[i].object);
}

/* ---- tables and indexes ---- */

/* By name, but no table before one that it is made of. */
static void
sort_tables(struct printer *p, struct sorted *out)
{
    VEC_EACH (i, &p->catalog->tables) {
        const struct table *t = p->catalog->tables.items[i];
        struct slice depth = slice_format(&p->temporary, "%06zu", t->depth);

        sorted_add(p, out, sort_key(p, depth, t->schema, t->name), t);
    }
    sorted_finish(out);
}

static void
print_tables(struct printer *p)
{
    struct sorted sorted = { 0 };

    sort_tables(p, &sorted);
    VEC_EACH (i, &sorted.all)
        print_table_declaration(p, sorted.all.items[i].object);
    VEC_EACH (i, &sorted.all)
        print_table_late_constraints(p, sorted.all.items[i].object);
}

static void
print_all_table_settings(struct printer *p)
{
    struct sorted sorted = { 0 };

    sort_tables(p, &sorted);
    VEC_EACH (i, &sorted.all)
        print_table_settings(p, sorted.all.items[i].object);
}

#define INDEX_PLACE_LAST 999999

/* By name where there is one; derived names depend on the order of declaration. */
static struct slice
index_key(struct printer *p, const struct index *x)
{
    struct slice name = x->name_is_derived ? SLICE("") : x->name;
    /* A part of a whole comes first, deepest first, so that the whole finds it. */
    size_t place = x->inherited ? INDEX_PLACE_LAST - x->table->depth : INDEX_PLACE_LAST;

    return sort_key(p, slice_format(&p->temporary, "%06zu", place),
                    sort_key(p, x->table->schema, x->table->name, name),
                    index_text(p, x));
}

static void
print_indexes(struct printer *p)
{
    struct sorted sorted = { 0 };

    VEC_EACH (i, &p->catalog->indexes) {
        const struct index *x = p->catalog->indexes.items[i];

        if (!index_is_written(x))
            continue;
        sorted_add(p, &sorted, index_key(p, x), x);
    }
    sorted_finish(&sorted);
    VEC_EACH (i, &sorted.all)
        print_index_declaration(p, sorted.all.items[i].object);
}

/* ---- views ---- */

/* The name that the query itself gives to a target; none where it gives none. */
static struct slice
target_name(const struct expr *target)
{
    const struct expr *e = target;

    if (target->kind == QUERY_TARGET) {
        if (target->text.len > 0)
            return target->text;
        e = target->args[0];
    }
    return e->kind == EXPR_COLUMN || e->kind == EXPR_NAME ? e->text : SLICE_NONE;
}

static bool
query_names_columns(const struct view *v)
{
    const struct expr *select = query_first_select(v->query);
    const struct expr *targets = select == NULL ? NULL : select->args[SELECT_TARGETS];

    if (targets == NULL || targets->arg_count != v->columns.count)
        return false;
    VEC_EACH (i, &v->columns)
        if (!slice_equal(target_name(targets->args[i]), v->columns.items[i].name))
            return false;
    return true;
}

static void
print_view_columns(struct sqlw *w, const struct view *v)
{
    if (v->columns.count == 0 || query_names_columns(v))
        return;
    sqlw_open(w);
    VEC_EACH (i, &v->columns) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_ident(w, v->columns.items[i].name);
    }
    sqlw_close(w);
}

static void
print_view(struct printer *p, const struct view *v)
{
    const char *words = v->materialized ? "MATERIALIZED VIEW" : "VIEW";
    struct annotation_texts annotations = { 0 };
    struct sqlw w;

    annotations_add_only(p, &annotations, v->only);
    if (!p->structural)
        annotations_add_was(p, &annotations, v->was);
    annotations_add_silencers(p, &annotations, v->span);
    statement_begin(p, &annotations, &w);
    sqlw_kw(&w, "CREATE");
    sqlw_raw(&w, object_name(p, words, v->schema, v->name));
    print_view_columns(&w, v);
    print_options(&w, v->options);
    sqlw_kw(&w, "AS");
    sqlw_newline(&w);
    if (v->query != NULL)
        sqlw_query(&w, v->query);
    else
        sqlw_raw(&w, v->text);
    statement_end(p);
    print_comment_on(p, object_name(p, words, v->schema, v->name), v->comment);
}

/* A view and, before it, the views that it reads.  `done` holds those that were begun,
 * so that a cycle ends. */
static void
print_view_after_its_own(struct printer *p, struct map *views, struct map *done,
                         struct slice key)
{
    const struct view *v = map_get(views, key);

    if (v == NULL || map_has(done, key))
        return;
    map_put(done, key, NULL);
    VEC_EACH (i, &v->depends.all)
        print_view_after_its_own(p, views, done, v->depends.all.items[i]);
    print_view(p, v);
}

static void
print_views(struct printer *p)
{
    struct sorted sorted = { 0 };
    struct map views;
    struct map done;

    map_init(&views, &p->temporary);
    map_init(&done, &p->temporary);
    VEC_EACH (i, &p->catalog->views) {
        struct view *v = p->catalog->views.items[i];
        struct slice key = catalog_key(&p->temporary, v->schema, v->name);

        map_put(&views, key, v);
        sorted_add(p, &sorted, key, v);
    }
    sorted_finish(&sorted);
    VEC_EACH (i, &sorted.all)
        print_view_after_its_own(p, &views, &done, sorted.all.items[i].key);
}

/* ---- definitions ---- */

/* Where definitions stand among the others, and among themselves. */
enum definition_rank {
    DEFINITION_SCHEMA, /* the other kinds may use it */
    DEFINITION_EXTENSION,
    DEFINITION_TYPE, /* may be made of enums; tables may use it */
    DEFINITION_RELATION,
    DEFINITION_OBJECT,
    DEFINITION_STATEMENT, /* ALTER, GRANT, …: acts on what is there */
};

static const struct {
    const char *kind;
    enum definition_rank rank;
} definition_ranks[] = {
    { "schema", DEFINITION_SCHEMA },
    { "extension", DEFINITION_EXTENSION },
    { "type", DEFINITION_TYPE },
    { "domain", DEFINITION_TYPE },
    { "sequence", DEFINITION_TYPE },
    { "collation", DEFINITION_TYPE },
    { "table", DEFINITION_RELATION },
    { "virtual table", DEFINITION_RELATION },
    { "foreign table", DEFINITION_RELATION },
};

static enum definition_rank
definition_rank(const struct definition *r)
{
    if (!slice_equal_fold(slice_sub(r->normal, 0, strlen("create")), SLICE("create")))
        return DEFINITION_STATEMENT;
    for (size_t i = 0; i < ARRAY_LEN(definition_ranks); i++)
        if (slice_is(r->kind, definition_ranks[i].kind))
            return definition_ranks[i].rank;
    return DEFINITION_OBJECT;
}

/* Statements about one object stay in order: the second may need the first. */
static struct slice
definition_key(struct printer *p, const struct definition *r, size_t number)
{
    enum definition_rank rank = definition_rank(r);
    struct slice group =
        slice_format(&p->temporary, "%d%.*s", (int)rank, SLICE_ARG(r->kind));
    struct slice place = sort_key(p, r->schema, r->table, r->name);
    struct slice last = rank == DEFINITION_STATEMENT && r->detail == DETAIL_NONE
                            ? slice_format(&p->temporary, "%010zu", number)
                            : r->normal;

    return sort_key(p, group, place, last);
}

/* "SEQUENCE s.q" */
static struct slice
definition_called(struct printer *p, const struct definition *r)
{
    struct text out;
    struct sqlw w;

    text_init(&out, &p->temporary);
    sqlw_init(&w, &sql_style_canonical, &out);
    definition_write_name(&w, r);
    return text_slice(&out);
}

static void
print_definition(struct printer *p, const struct definition *r)
{
    struct annotation_texts annotations = { 0 };
    struct sqlw w;

    annotations_add_only(p, &annotations, r->only);
    if (!p->structural)
        annotations_add_old_place(p, &annotations, r->schema, r->was);
    annotations_add_silencers(p, &annotations, r->span);
    statement_begin(p, &annotations, &w);
    if (p->structural)
        sqlw_raw(&w, r->normal);
    else
        definition_write(&w, r);
    statement_end(p);
    print_comment_on(p, definition_called(p, r), r->comment);
}

static void
print_definitions(struct printer *p, enum definition_rank first,
                  enum definition_rank last)
{
    struct sorted sorted = { 0 };

    VEC_EACH (i, &p->catalog->definitions) {
        const struct definition *r = p->catalog->definitions.items[i];

        if (definition_rank(r) >= first && definition_rank(r) <= last)
            sorted_add(p, &sorted, definition_key(p, r, i), r);
    }
    sorted_finish(&sorted);
    VEC_EACH (i, &sorted.all)
        print_definition(p, sorted.all.items[i].object);
}

/* ---- initial rows ---- */

static void
print_row(struct sqlw *w, const struct initial_row *row)
{
    sqlw_open(w);
    VEC_EACH (i, &row->values) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_expr(w, row->values.items[i]);
    }
    sqlw_close(w);
}

static void
print_rows(struct sqlw *w, const struct initial_rows *rows, bool *first)
{
    VEC_EACH (i, &rows->rows) {
        if (!*first)
            sqlw_comma(w);
        *first = false;
        sqlw_newline(w);
        print_row(w, &rows->rows.items[i]);
    }
}

/* May both stand in one INSERT? */
static bool
same_target(const struct initial_rows *a, const struct initial_rows *b)
{
    return a->table == b->table && slices_equal(&a->columns, &b->columns);
}

/*
 * The rows of one table in the order of declaration, because it may decide their
 * numbers; neighbours with the same columns in one INSERT, so that a version and its
 * delta form print alike.
 */
static void
print_initial_rows(struct printer *p)
{
    const struct annotation_texts none = { 0 };
    struct sorted sorted = { 0 };
    struct sqlw w;

    VEC_EACH (i, &p->catalog->initial_rows) {
        const struct initial_rows *r = p->catalog->initial_rows.items[i];
        struct slice place = slice_format(&p->temporary, "%010zu", i);

        sorted_add(p, &sorted, sort_key(p, r->table->schema, r->table->name, place), r);
    }
    sorted_finish(&sorted);
    for (size_t i = 0; i < sorted.all.count;) {
        const struct initial_rows *head = sorted.all.items[i].object;
        bool first = true;

        statement_begin(p, &none, &w);
        sqlw_kw(&w, "INSERT INTO");
        sqlw_qualified(&w, head->table->schema, head->table->name);
        sqlw_idents(&w, head->columns.all.items, head->columns.all.count);
        sqlw_kw(&w, "VALUES");
        w.indent = INDENT;
        for (; i < sorted.all.count && same_target(head, sorted.all.items[i].object); i++)
            print_rows(&w, sorted.all.items[i].object, &first);
        statement_end(p);
    }
}

/* ---- sections ---- */

static void
print_section(struct printer *p, const struct section *section)
{
    if (p->begun)
        text_addc(p->out, '\n');
    p->begun = true;
    text_addf(p->out, "-- @%s", section_kind_word(section->kind));
    if (!slice_is_none(section->dialect))
        text_addf(p->out, " %.*s", SLICE_ARG(section->dialect));
    if (!slice_is_none(section->title))
        text_addf(p->out, " \"%.*s\"", SLICE_ARG(section->title));
    text_addc(p->out, '\n');
    VEC_EACH (i, &section->statements) {
        text_add(p->out, section->statements.items[i]);
        text_addz(p->out, ";\n");
    }
    text_addz(p->out, "-- @end\n");
}

static void
print_sections(struct printer *p)
{
    if (p->structural)
        return;
    VEC_EACH (i, &p->catalog->sections)
        print_section(p, p->catalog->sections.items[i]);
}

/* ---- the whole ---- */

static void
print_all(struct session *s, const struct catalog *c, bool structural, struct text *out)
{
    struct printer p = {
        .s = s,
        .temporary = { .out_of_memory = s->arena.out_of_memory },
        .out = out,
        .catalog = c,
        .structural = structural,
    };

    if (!structural)
        silencers_place(&p);
    print_head(&p);
    print_definitions(&p, DEFINITION_SCHEMA, DEFINITION_EXTENSION);
    print_enums(&p);
    print_definitions(&p, DEFINITION_TYPE, DEFINITION_RELATION);
    print_tables(&p);
    print_indexes(&p);
    print_all_table_settings(&p);
    print_views(&p);
    print_definitions(&p, DEFINITION_OBJECT, DEFINITION_STATEMENT);
    print_initial_rows(&p);
    print_sections(&p);
    arena_free(&p.temporary);
}

void
catalog_print(struct session *s, const struct catalog *c, struct text *out)
{
    print_all(s, c, false, out);
}

void
catalog_print_structure(struct session *s, const struct catalog *c, struct text *out)
{
    print_all(s, c, true, out);
}
