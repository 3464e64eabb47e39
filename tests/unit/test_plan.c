/*
 * Plans for PostgreSQL: order, sections, losses, refusals, and the words for hazards.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "plan/plan.h"
#include "declared.h"

struct planned {
    struct session s;
    struct plan *plan;
    bool good;
};

/* Plan from one declaration to the other; NULL is nothing. */
static void
plan_for(struct planned *p, const char *from, const char *to,
         enum plan_direction direction)
{
    struct plan_request r = { .dialect = &dialect_postgres, .direction = direction };
    struct catalog *lowered;

    session_init(&p->s);
    if (from != NULL) {
        assert_true(dialect_postgres.lower(&p->s, declare_version(&p->s, "1.0.0", from),
                                           &lowered));
        r.from = lowered;
    }
    if (to != NULL) {
        assert_true(
            dialect_postgres.lower(&p->s, declare_version(&p->s, "1.1.0", to), &lowered));
        r.to = lowered;
    }
    p->good = plan_make(&p->s, &r, &p->plan);
}

static const char *
step_names(struct planned *p)
{
    struct text out;

    text_init(&out, &p->s.arena);
    VEC_EACH (i, &p->plan->steps)
        text_addf(&out, "%.*s\n", SLICE_ARG(p->plan->steps.items[i].name));
    return slice_z(&p->s.arena, text_slice(&out));
}

static void
assert_steps(const char *from, const char *to, enum plan_direction direction,
             const char *expected)
{
    struct planned p;

    plan_for(&p, from, to, direction);
    if (!p.good)
        print_diags(&p.s);
    assert_true(p.good);
    assert_string_equal(step_names(&p), expected);
    session_free(&p.s);
}

static void
equal_catalogs_need_no_step(void **state)
{
    (void)state;
    assert_steps("CREATE TABLE t (a integer);", "CREATE TABLE t (a integer);", PLAN_UP,
                 "");
}

static void
creation_follows_the_keys(void **state)
{
    (void)state;
    assert_steps(NULL,
                 "CREATE VIEW w AS SELECT x FROM v;"
                 "CREATE VIEW v AS SELECT id AS x FROM parent;"
                 "CREATE TABLE child (id integer PRIMARY KEY,"
                 " parent integer REFERENCES parent);"
                 "CREATE INDEX ON child (parent);"
                 "INSERT INTO child (id, parent) VALUES (1, 1);"
                 "CREATE TABLE parent (id integer PRIMARY KEY);"
                 "INSERT INTO parent VALUES (1);"
                 "-- @verify \"there is a parent\"\n"
                 "SELECT count(*) = 1 FROM parent;\n"
                 "-- @end\n",
                 PLAN_UP,
                 "01 create table parent\n"
                 "02 create table child\n"
                 "03 insert initial rows of parent\n"
                 "04 insert initial rows of child\n"
                 "05 create index child_parent_idx\n"
                 "06 create view v\n"
                 "07 create view w\n"
                 "08 there is a parent\n");
}

static void
a_cycle_of_keys_is_cut_once(void **state)
{
    (void)state;
    assert_steps(NULL,
                 "CREATE TABLE a (id integer PRIMARY KEY, b integer);"
                 "CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a);"
                 "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;",
                 PLAN_UP,
                 "01 create table b\n"
                 "02 create table a\n"
                 "03 add constraint b.b_a_fkey\n");
}

static void
to_nothing_drops_in_reverse(void **state)
{
    (void)state;
    assert_steps("CREATE TABLE parent (id integer PRIMARY KEY);"
                 "CREATE TABLE child (p integer REFERENCES parent);"
                 "CREATE VIEW v AS SELECT p FROM child;",
                 NULL, PLAN_DOWN,
                 "01 drop view v\n02 drop table child\n03 drop table parent\n");
}

static void
data_steps_stand_between_growing_and_tightening(void **state)
{
    (void)state;
    assert_steps(
        "CREATE TABLE t (a integer, gone integer);",
        "CREATE TABLE t (a integer NOT NULL, b integer NOT NULL,"
        " c integer NOT NULL -- @from a + 1\n);"
        "-- @migrate\nUPDATE t SET b = gone;\n-- @end\n"
        "-- @migrate sqlite\nUPDATE t SET b = 7;\n-- @end\n"
        "-- @rollback\nUPDATE t SET a = 0;\n-- @end\n"
        "-- @verify \"b is there\"\nSELECT count(*) = 0 FROM t WHERE b IS NULL;\n"
        "-- @end\n",
        PLAN_UP,
        "01 add column t.b\n"
        "02 add column t.c\n"
        "03 fill t.c\n"
        "04 run @migrate\n"
        "05 change NOT NULL t.a\n"
        "06 require t.b\n"
        "07 require t.c\n"
        "08 drop column t.gone\n"
        "09 b is there\n");
}

static void
the_way_back_runs_rollback(void **state)
{
    (void)state;
    assert_steps("CREATE TABLE t (a integer, b integer);"
                 "-- @migrate\nUPDATE t SET b = 1;\n-- @end\n"
                 "-- @rollback\nUPDATE t SET a = b;\n-- @end\n",
                 "CREATE TABLE t (a integer);", PLAN_DOWN,
                 "01 run @rollback\n02 drop column t.b\n");
}

static void
views_are_taken_down_and_put_back(void **state)
{
    (void)state;
    assert_steps("CREATE TABLE t (a integer, b integer);"
                 "CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v;"
                 "CREATE TABLE u (x integer); CREATE VIEW untouched AS SELECT x FROM u;",
                 "CREATE TABLE t (a bigint, b integer);"
                 "CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v;"
                 "CREATE TABLE u (x integer); CREATE VIEW untouched AS SELECT x FROM u;",
                 PLAN_UP,
                 "01 take down view w\n02 take down view v\n03 change type t.a\n"
                 "04 put back view v\n05 put back view w\n");
}

static void
losses_are_named(void **state)
{
    struct planned p;

    (void)state;
    plan_for(&p, "CREATE TABLE t (a integer, b integer); CREATE TABLE u (a integer);",
             "CREATE TABLE t (a integer);", PLAN_UP);
    assert_true(p.good);
    assert_int_equal(p.plan->label, PLAN_LOSSY);
    assert_int_equal(p.plan->losses.count, 2);
    assert_true(slice_is(p.plan->losses.items[0], "column t.b"));
    assert_true(slice_is(p.plan->losses.items[1], "table u"));
    assert_int_equal(p.plan->hazards, HAZARD_DATA_LOSS);
    session_free(&p.s);
}

static void
a_value_over_no_column_is_refused(void **state)
{
    struct planned p;

    (void)state;
    plan_for(&p, "CREATE TABLE t (plate text);",
             "CREATE TABLE t (plate text, b text -- @from upper(plat)\n);", PLAN_UP);
    assert_false(p.good);
    assert_int_equal(p.s.diags.all.items[0]->code, D_NO_SUCH_COLUMN);
    assert_true(slice_is(p.s.diags.all.items[0]->hint, "did you mean \"plate\"?"));
    session_free(&p.s);
}

static void
scripts_guard_what_they_verify(void **state)
{
    struct planned p;
    struct text out;
    const char *script;

    (void)state;
    plan_for(&p, "CREATE TABLE t (a integer, b integer);",
             "CREATE TABLE t (a integer);"
             "-- @verify \"it is so\"\nSELECT true;\n-- @end\n",
             PLAN_UP);
    assert_true(p.good);
    text_init(&out, &p.s.arena);
    plan_print_script(&p.s, p.plan, 0, &out);
    script = slice_z(&p.s.arena, text_slice(&out));
    assert_non_null(strstr(script, "-- test: from 1.0.0 to 1.1.0 (postgres)\n"));
    assert_non_null(strstr(script, "-- WARNING data-loss: column t.b is lost"));
    assert_non_null(strstr(script, "BEGIN;\n"));
    assert_non_null(strstr(script, "ALTER TABLE t DROP COLUMN b;\n"));
    assert_non_null(strstr(script, "INSERT INTO schemac_guard"));
    assert_non_null(strstr(script, "COMMIT;\n"));
    out.len = 0;
    plan_print_script(&p.s, p.plan, HAZARD_DATA_LOSS, &out);
    assert_null(strstr(slice_z(&p.s.arena, text_slice(&out)), "WARNING"));
    session_free(&p.s);
}

/* Rows that must not be there, or a value that must be true. */
static void
verify_has_two_forms(void **state)
{
    static const struct {
        const char *query;
        bool asks_for_truth;
    } cases[] = {
        { "SELECT count(*) = 0 FROM t", true },
        { "select true", true },
        { "WITH x AS (SELECT a, b FROM t) SELECT NOT EXISTS (SELECT 1 FROM x)", true },
        { "SELECT (SELECT max(a) FROM t) > 1", true },
        { "SELECT a FROM t WHERE a < 0", false },
        { "SELECT t.a FROM t", false },
        { "SELECT * FROM t", false },
        { "SELECT t.* FROM t", false },
        { "SELECT a, b FROM t", false },
        { "SELECT a IS NULL, b FROM t", false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct planned p;
        char to[300];

        (void)snprintf(to, sizeof to,
                       "CREATE TABLE t (a integer, b integer);"
                       "-- @verify \"x\"\n%s;\n-- @end\n",
                       cases[i].query);
        plan_for(&p, NULL, to, PLAN_UP);
        assert_true(p.good);
        assert_int_equal(p.plan->steps.count, 2);
        assert_int_equal(
            slice_is(p.plan->steps.items[1].action->sql.items[0], cases[i].query),
            cases[i].asks_for_truth);
        session_free(&p.s);
    }
}

static void
hazards_have_words(void **state)
{
    uint32_t h;

    (void)state;
    assert_true(hazards_from_text(SLICE("data-loss, rewrite"), &h));
    assert_int_equal(h, HAZARD_DATA_LOSS | HAZARD_REWRITE);
    assert_true(hazards_from_text(SLICE("all"), &h));
    assert_int_equal(h, HAZARD_DATA_LOSS | HAZARD_REWRITE | HAZARD_LONG_LOCK
                            | HAZARD_UNTRACKED);
    assert_false(hazards_from_text(SLICE("data-loss,"), &h));
    assert_false(hazards_from_text(SLICE("dataloss"), &h));
    assert_false(hazards_from_text(SLICE(""), &h));
    assert_string_equal(hazard_name(HAZARD_LONG_LOCK), "long-lock");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_catalogs_need_no_step),
        cmocka_unit_test(creation_follows_the_keys),
        cmocka_unit_test(a_cycle_of_keys_is_cut_once),
        cmocka_unit_test(to_nothing_drops_in_reverse),
        cmocka_unit_test(data_steps_stand_between_growing_and_tightening),
        cmocka_unit_test(the_way_back_runs_rollback),
        cmocka_unit_test(views_are_taken_down_and_put_back),
        cmocka_unit_test(losses_are_named),
        cmocka_unit_test(a_value_over_no_column_is_refused),
        cmocka_unit_test(scripts_guard_what_they_verify),
        cmocka_unit_test(verify_has_two_forms),
        cmocka_unit_test(hazards_have_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
