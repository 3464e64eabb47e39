/*
 * Annotations: what they are attached to, what their arguments mean, sections, and what
 * is reported about them.
 */
#include "parsed.h"

static struct parsed p;

static void
add(struct text *out, const char *what, struct slice name, const struct annotations *from)
{
    VEC_EACH (i, &from->all)
        text_addf(out, "%s%s %.*s: %.*s", out->len == 0 ? "" : "; ", what,
                  SLICE_ARG(name),
                  (int)(from->all.items[i]->span.end - from->all.items[i]->span.begin),
                  source_slice(&p.s.sources, from->all.items[i]->span).ptr);
}

static void
add_table(struct text *out, const struct ast_create_table *t)
{
    VEC_EACH (i, &t->columns)
        add(out, "column", t->columns.items[i]->name, &t->columns.items[i]->annotations);
    VEC_EACH (i, &t->constraints)
        add(out, "constraint", t->constraints.items[i]->name,
            &t->constraints.items[i]->annotations);
}

static void
add_alter(struct text *out, const struct ast_alter *a)
{
    if (a->column != NULL)
        add(out, "column", a->name, &a->column->annotations);
    if (a->constraint != NULL)
        add(out, "constraint", a->name, &a->constraint->annotations);
    add(out, "action", a->name, &a->annotations);
}

static void
add_statement(struct text *out, const struct stmt *s)
{
    add(out, "statement", slice_sub(s->text, 0, 6), &s->annotations);
    if (s->kind == STMT_CREATE_TABLE)
        add_table(out, s->u.create_table);
    if (s->kind == STMT_ALTER_TABLE)
        VEC_EACH (i, &s->u.alter_table->actions)
            add_alter(out, s->u.alter_table->actions.items[i]);
    if (s->kind == STMT_CREATE_ENUM)
        VEC_EACH (i, &s->u.create_enum->values)
            add(out, "value", s->u.create_enum->values.items[i].label,
                &s->u.create_enum->values.items[i].annotations);
}

/* "column a: @touch; statement CREATE: @was b" */
static void
check_attached(const char *text, const char *expected)
{
    struct text out;

    parsed_open(&p, text, strlen(text));
    assert_string_equal(parsed_errors(&p), "");
    text_init(&out, &p.s.arena);
    VEC_EACH (i, &p.ast->statements)
        add_statement(&out, p.ast->statements.items[i]);
    assert_string_equal(slice_z(&p.s.arena, text_slice(&out)), expected);
    parsed_close(&p);
}

static void
behind_code_it_belongs_to_the_item_on_that_line(void **state)
{
    (void)state;
    check_attached("CREATE TABLE t (\n a int, -- @was b\n c int /* @touch */\n);",
                   "column a: @was b; column c: @touch");
    check_attached("CREATE TABLE t (a int, b int); -- @was c", "column b: @was c");
    check_attached(
        "CREATE TABLE t (a int,\n b int\n NOT NULL\n CHECK (b > 0)); -- @was c",
        "column b: @was c");
    check_attached("CREATE TABLE t (a int,\n CONSTRAINT k UNIQUE (a) -- @was l\n);",
                   "constraint k: @was l");
    check_attached("CREATE TYPE e AS ENUM ('a', -- @was 'b'\n 'c');",
                   "value a: @was 'b'");
    check_attached(
        "ALTER TABLE t ADD COLUMN a int, -- @from 1\n DROP COLUMN b; -- @was c",
        "column a: @from 1; action b: @was c");
    check_attached("CREATE INDEX i ON t (a); -- @was j", "statement CREATE: @was j");
}

static void
on_its_own_line_it_belongs_to_the_next(void **state)
{
    (void)state;
    check_attached("-- @was u\nCREATE TABLE t (\n -- @was b\n -- @touch\n a int, c int);",
                   "statement CREATE: @was u; column a: @was b; column a: @touch");
    check_attached("CREATE TABLE t (a int);\n-- @append_only\nCREATE TABLE u (a int);",
                   "statement CREATE: @append_only");
    check_attached("-- @only sqlite\n-- a word\n\nCREATE VIEW v AS SELECT 1;",
                   "statement CREATE: @only sqlite");
}

/* Where the item cannot have it, the statement does. */
static void
what_the_item_cannot_have_goes_to_the_statement(void **state)
{
    (void)state;
    check_attached("CREATE TABLE t (a int); -- @append_only",
                   "statement CREATE: @append_only");
    check_attached("CREATE TABLE t (\n a int -- @touch\n); -- @was u",
                   "statement CREATE: @was u; column a: @touch");
    check_attached("CREATE TABLE t -- @append_only\n(a int);",
                   "statement CREATE: @append_only");
}

/* ---- arguments ---- */

static const struct annotation *
first(const char *text)
{
    parsed_open(&p, text, strlen(text));
    assert_string_equal(parsed_errors(&p), "");
    return p.ast->statements.items[0]
        ->u.create_table->columns.items[0]
        ->annotations.all.items[0];
}

static bool
says(struct slice s, const char *expected)
{
    return slice_is(s, expected);
}

static void
arguments_are_read(void **state)
{
    const struct annotation *a;

    (void)state;
    a = first("CREATE TABLE t (a int); -- @from CASE WHEN b THEN 1 END");
    assert_int_equal(a->expr->kind, EXPR_CASE);
    parsed_close(&p);
    a = first("CREATE TABLE t (a int); -- @type sqlite: DECIMAL_INT(10,2)");
    assert_true(says(a->dialect, "sqlite"));
    assert_int_equal(a->type->kind, TYPE_DECIMAL_INT);
    parsed_close(&p);
    a = first("CREATE TABLE t (a int); -- @only postgresql");
    assert_true(says(a->dialect, "postgres"));
    parsed_close(&p);
    a = first("CREATE TABLE t (a int); -- @was \"Old name\"");
    assert_true(says(a->first, "Old name"));
    parsed_close(&p);
    a = first("CREATE TABLE t (a int); -- @was Old");
    assert_true(says(a->first, "old"));
    parsed_close(&p);
    a = first("CREATE TABLE t (a int); -- @c name=Money");
    assert_true(says(a->first, "name"));
    assert_true(says(a->second, "Money"));
    parsed_close(&p);
    a = first("CREATE TABLE t (a int); -- @c unsigned int");
    assert_true(slice_is_none(a->first));
    assert_true(says(a->argument, "unsigned int"));
    parsed_close(&p);
    a = first("CREATE TABLE t (a int); -- @map 'it''s' = NULL");
    assert_true(says(a->first, "it's"));
    assert_true(slice_is_none(a->second));
    parsed_close(&p);
    a = first("CREATE TABLE t (a int); -- @lint off float-for-money \"it is a rate\"");
    assert_true(says(a->first, "float-for-money"));
    assert_true(says(a->second, "it is a rate"));
    parsed_close(&p);
}

static void
the_head_belongs_to_the_file(void **state)
{
    static const char text[] = "-- @schema Parking\n-- @extends 1.0.0\n"
                               "-- @dialect sqlite\nCREATE TABLE t (a int);";

    (void)state;
    parsed_open(&p, text, sizeof text - 1);
    assert_true(p.good);
    assert_true(says(p.ast->schema, "parking"));
    assert_true(says(p.ast->extends, "1.0.0"));
    assert_int_equal(p.ast->extends_span.begin, 22);
    assert_true(says(p.ast->dialect, "sqlite"));
    parsed_close(&p);
}

/* ---- sections ---- */

static void
sections_hold_their_statements(void **state)
{
    static const char text[] = "CREATE TABLE t (a int);\n"
                               "-- @migrate postgres\nUPDATE t SET a = 1; DELETE FROM t\n"
                               "-- @end\n"
                               "-- @verify \"all is well\"\nSELECT true;\n-- @end\n"
                               "-- @rollback\n-- @end\nDROP TABLE u;";
    const struct ast_section *s;

    (void)state;
    parsed_open(&p, text, sizeof text - 1);
    assert_string_equal(parsed_errors(&p), "");
    assert_int_equal(p.ast->statements.count, 2);
    assert_int_equal(p.ast->sections.count, 3);
    s = p.ast->sections.items[0];
    assert_int_equal(s->kind, SECTION_MIGRATE);
    assert_true(says(s->dialect, "postgres"));
    assert_int_equal(s->statements.count, 2);
    assert_true(says(s->statements.items[1]->text, "DELETE FROM t"));
    assert_true(slice_ends(source_slice(&p.s.sources, s->span), "@end"));
    s = p.ast->sections.items[1];
    assert_int_equal(s->kind, SECTION_VERIFY);
    assert_true(says(s->title, "all is well"));
    assert_int_equal(p.ast->sections.items[2]->statements.count, 0);
    parsed_close(&p);
}

/* ---- mistakes ---- */

static void
check_errors(const char *text, const char *expected)
{
    parsed_open(&p, text, strlen(text));
    assert_string_equal(parsed_errors(&p), expected);
    parsed_close(&p);
}

static void
mistakes_are_reported(void **state)
{
    (void)state;
    check_errors("-- @wsa x\nCREATE TABLE t (a int);",
                 "S0201 1:4 there is no annotation @wsa | did you mean @was?");
    check_errors("-- @author me\n",
                 "S0207 1:4 there is no annotation @author | it is read as a comment");
    check_errors("-- @touch now\nCREATE TABLE t (a int);",
                 "S0203 1:11 @touch takes no argument | write @touch");
    check_errors("CREATE TABLE t (a int); -- @was",
                 "S0203 1:28 @was needs an argument | write @was OLD_NAME");
    check_errors("CREATE TABLE t (a int); -- @was a b",
                 "S0203 1:33 @was does not understand this argument | write @was "
                 "OLD_NAME");
    check_errors("CREATE TABLE t (a int); -- @only sqlit",
                 "S0203 1:34 there is no dialect \"sqlit\" | did you mean sqlite?");
    check_errors("CREATE TABLE t (a int); -- @from 1 +",
                 "S0101 1:37 this ends too early, expected an expression");
    check_errors("-- @touch\nCREATE TABLE t (a int);",
                 "S0202 1:4 @touch cannot stand here | it belongs to a column");
    check_errors("CREATE TABLE t (a int);\n-- @was u\n",
                 "S0202 2:4 @was cannot stand here | it belongs to a table or a column");
    check_errors("CREATE TABLE t (\n a int\n -- @was b\n);",
                 "S0202 3:5 @was cannot stand here | it belongs to a table or a column");
    check_errors("CREATE TABLE t (a int);\n-- @schema x\n",
                 "S0202 2:4 @schema cannot stand here | it belongs to the head of the "
                 "file, before the first statement");
    check_errors("-- @schema a\n-- @schema b\n",
                 "S0202 2:4 this file has a second @schema");
    check_errors(
        "-- @migrate\nSELECT 1;\n",
        "S0204 1:4 this section does not end | close it with a line \"-- @end\"");
    check_errors(
        "-- @migrate\nSELECT 1;\n-- @rollback\nSELECT 1;\n-- @end\n",
        "S0204 1:4 this section does not end | close it with a line \"-- @end\"");
    check_errors("SELECT 1;\n-- @end\n",
                 "S0204 2:4 there is no section that this could end");
    check_errors("-- @migrate now\nSELECT 1;\n-- @end\n",
                 "S0203 1:13 there is no dialect \"now\" | the dialects are sqlite and "
                 "postgres");
    check_errors("-- @ home, and mail@example.org\n", "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(behind_code_it_belongs_to_the_item_on_that_line),
        cmocka_unit_test(on_its_own_line_it_belongs_to_the_next),
        cmocka_unit_test(what_the_item_cannot_have_goes_to_the_statement),
        cmocka_unit_test(arguments_are_read),
        cmocka_unit_test(the_head_belongs_to_the_file),
        cmocka_unit_test(sections_hold_their_statements),
        cmocka_unit_test(mistakes_are_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
