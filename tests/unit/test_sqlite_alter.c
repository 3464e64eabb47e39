/*
 * Changing SQLite databases with rows in them: afterwards they equal new ones, and the
 * rows are still there.
 */
#include "lite.h"

#define ORACLE "../shared/cases/oracle/norm_sqlite.py"

/* ---- alter ---- */

struct alter_case {
    const char *name;
    const char *from;
    const char *to;
    const char *rows;   /* SQL on the old database */
    const char *query;  /* asked afterwards */
    const char *answer; /* NULL: a precondition refuses */
    bool rebuilds;
};

static bool
violates(sqlite3 *db, const struct plan *plan)
{
    VEC_EACH (i, &plan->steps) {
        const struct action *a = plan->steps.items[i].action;

        VEC_EACH (j, &a->preconditions)
            if (ask(db, a->preconditions.items[j])[0] != '\0')
                return true;
    }
    return false;
}

static void
run_plan(sqlite3 *db, const struct plan *plan)
{
    run(db, SLICE("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE"));
    VEC_EACH (i, &plan->steps) {
        const struct action *a = plan->steps.items[i].action;

        VEC_EACH (j, &a->sql)
            run(db, a->sql.items[j]);
        if (!slice_is_none(a->postcondition)
            && strcmp(ask(db, a->postcondition), "1") != 0)
            fail_msg("%.*s: not true afterwards: %.*s", SLICE_ARG(a->title),
                     SLICE_ARG(a->postcondition));
    }
    assert_string_equal(ask(db, SLICE("PRAGMA foreign_key_check")), "");
    run(db, SLICE("COMMIT; PRAGMA foreign_keys = ON"));
    assert_string_equal(ask(db, SLICE("PRAGMA integrity_check")), "ok");
}

static bool
plan_rebuilds(const struct plan *plan)
{
    VEC_EACH (i, &plan->steps)
        if (slice_starts(plan->steps.items[i].action->title, "rebuild"))
            return true;
    return false;
}

static void
print_plan(const struct plan *plan)
{
    VEC_EACH (i, &plan->steps) {
        const struct action *a = plan->steps.items[i].action;

        print_message("  -- %.*s\n", SLICE_ARG(plan->steps.items[i].name));
        VEC_EACH (j, &a->sql)
            print_message("  %.*s;\n", SLICE_ARG(a->sql.items[j]));
    }
}

/* The outside reader's verdict on two databases; true where it is not there. */
static bool
outside_reader_agrees(sqlite3 *a, sqlite3 *b)
{
    char name_a[] = "/tmp/schemac-unit-a-XXXXXX";
    char name_b[] = "/tmp/schemac-unit-b-XXXXXX";
    struct slice command;
    int status;

    if (access(ORACLE, R_OK) != 0)
        return true;
    close(mkstemp(name_a));
    close(mkstemp(name_b));
    run(a, slice_format(&s.arena, "VACUUM INTO '%s.db'", name_a));
    run(b, slice_format(&s.arena, "VACUUM INTO '%s.db'", name_b));
    command = slice_format(&s.arena, "python3 " ORACLE " -v %s.db %s.db >%s", name_a,
                           name_b, name_a);
    status = system(slice_z(&s.arena, command));
    if (status != 0 && WEXITSTATUS(status) != 10)
        (void)system(slice_z(&s.arena, slice_format(&s.arena, "cat %s", name_a)));
    (void)system(slice_z(&s.arena, slice_format(&s.arena, "rm -f %s %s.db %s %s.db",
                                                name_a, name_a, name_b, name_b)));
    return status == 0 || WEXITSTATUS(status) == 10;
}

static struct plan *
plan_between(const char *from, const char *to)
{
    struct plan_request request = { .dialect = &dialect_sqlite,
                                    .from = lower_text(from),
                                    .to = lower_text(to) };
    struct plan *plan;

    if (!plan_make(&s, &request, &plan)) {
        print_diagnostics(DIAG_WARNING);
        fail_msg("no plan");
    }
    return plan;
}

static void
try_alter(const struct alter_case *c)
{
    sqlite3 *db = open_database();
    sqlite3 *fresh = open_database();
    struct plan *plan = plan_between(c->from, c->to);
    const char *answer;

    create(db, lower_text(c->from));
    run(db, SLICE("PRAGMA foreign_keys = ON"));
    run(db, slice_from(c->rows));
    if (getenv("SHOW_PLANS") != NULL) {
        print_message("%s\n", c->name);
        print_plan(plan);
    }
    if (violates(db, plan) != (c->answer == NULL))
        fail_msg("%s: %s", c->name,
                 c->answer == NULL ? "no precondition refuses" : "refused");
    if (c->answer != NULL) {
        run_plan(db, plan);
        answer = ask(db, slice_from(c->query));
        if (strcmp(answer, c->answer) != 0)
            fail_msg("%s: %s instead of %s", c->name, answer, c->answer);
        assert_no_changes(resolve_text(describe(db)), lower_text(c->to));
        create(fresh, lower_text(c->to));
        if (!outside_reader_agrees(db, fresh))
            fail_msg("%s: the outside reader sees a difference", c->name);
    }
    if (plan_rebuilds(plan) != c->rebuilds)
        fail_msg("%s: %s", c->name, c->rebuilds ? "no rebuild" : "an idle rebuild");
    sqlite3_close(db);
    sqlite3_close(fresh);
}

#define T "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text, b integer"
#define T_ROWS "INSERT INTO t (a, b) VALUES ('x', 1), ('y', NULL), ('z', 3);"
#define CHILD                                                                            \
    "CREATE TABLE child (id integer PRIMARY KEY, t_id integer REFERENCES t (id) ON "     \
    "DELETE CASCADE);"
#define CHILD_ROWS "INSERT INTO child (t_id) VALUES (1), (2);"

static const struct alter_case alter_cases[] = {
    { "add nullable column", T ");", T ", c text);", T_ROWS, "SELECT id, c FROM t",
      "1|NULL;2|NULL;3|NULL", false },
    { "add typed column with default", T ");",
      T ", c boolean NOT NULL DEFAULT false, d numeric(10,2) DEFAULT 1.5);", T_ROWS,
      "SELECT c, d FROM t WHERE id = 1", "0|150", false },
    { "add column with REFERENCES", T ");" CHILD,
      T ", c_id integer REFERENCES child (id));" CHILD, T_ROWS CHILD_ROWS,
      "SELECT count(*) FROM child", "2", false },
    { "add column with a default that is not constant", T ");" CHILD,
      T ", at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP);" CHILD, T_ROWS CHILD_ROWS,
      "SELECT count(*), min(at) > '2020' FROM t", "3|1", true },
    { "add unique column", T ");", T ", c text UNIQUE);", T_ROWS,
      "SELECT id, c FROM t WHERE id = 3", "3|NULL", true },
    { "add NOT NULL column without a default", T ");", T ", c text NOT NULL);", T_ROWS,
      "", NULL, true },
    { "add NOT NULL column to an empty table", T ");", T ", c text NOT NULL);", "",
      "SELECT count(*) FROM t", "0", true },
    { "add stored generated column", T ");",
      T ", c integer GENERATED ALWAYS AS (b * 2) STORED);", T_ROWS,
      "SELECT c FROM t WHERE id = 3", "6", true },
    { "add column from others", T ");",
      T ", c text NOT NULL -- @from CASE WHEN a LIKE 'X%' THEN 'big' ELSE 'small' END\n"
        ");",
      "INSERT INTO t (a) VALUES ('Xa'), ('xa');", "SELECT c FROM t ORDER BY id",
      "big;small", true },
    { "add nullable column from others", T ");", T ", c integer -- @from b * 10\n);",
      T_ROWS, "SELECT c FROM t WHERE id = 3", "30", false },
    { "drop column", T ", c boolean);", T ");", T_ROWS, "SELECT count(*) FROM t", "3",
      false },
    { "drop column in a key", T ", c text UNIQUE);", T ");", T_ROWS,
      "SELECT count(*) FROM t", "3", true },
    { "drop column in a check", T ", c integer, CHECK (c > b));", T ");", T_ROWS,
      "SELECT count(*) FROM t", "3", true },
    { "drop column in an index",
      T ", c integer); CREATE INDEX i ON t (c); CREATE INDEX j ON t (a) WHERE c > 1;",
      T ");", T_ROWS, "SELECT count(*) FROM sqlite_schema WHERE type = 'index'", "0",
      false },
    { "drop column that a view and a trigger name",
      T
      ", c text); CREATE VIEW v AS SELECT id, a, c FROM t; CREATE VIEW w AS SELECT c "
      "FROM v; CREATE TABLE l (x text); CREATE TRIGGER g AFTER UPDATE ON t BEGIN INSERT "
      "INTO l VALUES (new.c); END;",
      T "); CREATE VIEW v AS SELECT id, a FROM t; CREATE TABLE l (x text);", T_ROWS,
      "SELECT count(*) FROM v", "3", false },
    { "rename column", T "); CREATE VIEW v AS SELECT a FROM t;",
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a2 text, -- @was a\n"
      "b integer); CREATE VIEW v AS SELECT a2 AS a FROM t;",
      T_ROWS, "SELECT a FROM v WHERE a = 'x'", "x", false },
    { "rename typed column", T ", c boolean); CREATE INDEX i ON t (c) WHERE c;",
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text, b integer, d "
      "boolean "
      "-- @was c\n); CREATE INDEX i ON t (d) WHERE d;",
      "INSERT INTO t (c) VALUES (1);", "SELECT d FROM t", "1", true },
    { "rename table", T ");" CHILD,
      "-- @was t\nCREATE TABLE u (id integer PRIMARY KEY AUTOINCREMENT, a text, b text);"
      "CREATE TABLE child (id integer PRIMARY KEY, t_id integer REFERENCES u (id) ON "
      "DELETE CASCADE);",
      T_ROWS CHILD_ROWS, "SELECT group_concat(b), (SELECT count(*) FROM child) FROM u",
      "1,3|2", true },
    { "swap columns", "CREATE TABLE t (id integer PRIMARY KEY, a text, b text);",
      "CREATE TABLE t (id integer PRIMARY KEY, a2 text, -- @was a\n"
      "b2 text -- @was b\n);",
      "INSERT INTO t (a, b) VALUES ('a', 'b');", "SELECT a2, b2 FROM t", "a|b", false },
    { "rebuild keeps children, counter, triggers and views",
      T
      ");" CHILD "CREATE TABLE log (what text); CREATE TRIGGER logs AFTER INSERT ON t "
      "BEGIN INSERT INTO log VALUES ('t'); END; CREATE TRIGGER other AFTER INSERT ON log "
      "BEGIN UPDATE t SET a = a WHERE id = 0; END; CREATE VIEW v AS SELECT count(*) AS "
      "n FROM t; CREATE VIEW w AS SELECT n FROM v; CREATE INDEX i ON t (lower(a)) WHERE "
      "b > 1;",
      T
      ", CHECK (b < 100));" CHILD
      "CREATE TABLE log (what text); CREATE TRIGGER logs AFTER INSERT ON t "
      "BEGIN INSERT INTO log VALUES ('t'); END; CREATE TRIGGER other AFTER INSERT ON log "
      "BEGIN UPDATE t SET a = a WHERE id = 0; END; CREATE VIEW v AS SELECT count(*) AS "
      "n FROM t; CREATE VIEW w AS SELECT n FROM v; CREATE INDEX i ON t (lower(a)) WHERE "
      "b > 1;",
      T_ROWS CHILD_ROWS "INSERT INTO t (id) VALUES (41); DELETE FROM t WHERE id = 41;",
      "SELECT (SELECT count(*) FROM child), (SELECT count(*) FROM log), (SELECT n FROM "
      "w), (SELECT seq FROM sqlite_sequence WHERE name = 't')",
      "2|4|3|41", true },
    { "rebuild keeps the counter of an empty table", T ");", T ", CHECK (b < 100));",
      T_ROWS "DELETE FROM t;", "SELECT seq FROM sqlite_sequence WHERE name = 't'", "3",
      true },
    { "rebuild keeps rowids", "CREATE TABLE t (a text, rowid text, b integer);",
      "CREATE TABLE t (a text NOT NULL, rowid text, b integer);",
      "INSERT INTO t (_rowid_, a) VALUES (10, 'x'), (20, 'y');",
      "SELECT _rowid_, a FROM t", "10|x;20|y", true },
    { "rowid becomes a key", "CREATE TABLE t (a text);",
      "CREATE TABLE t (id integer PRIMARY KEY, a text);",
      "INSERT INTO t (rowid, a) VALUES (10, 'x'), (20, 'y');", "SELECT id, a FROM t",
      "10|x;20|y", true },
    { "self reference",
      "CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t (id) ON DELETE "
      "CASCADE);",
      "CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t (id) ON DELETE "
      "CASCADE, a text UNIQUE);",
      "INSERT INTO t VALUES (1, NULL), (2, 1);", "SELECT id, up FROM t WHERE up = 1",
      "2|1", true },
    { "to WITHOUT ROWID", "CREATE TABLE t (a text PRIMARY KEY, b integer);",
      "CREATE TABLE t (a text PRIMARY KEY, b integer) WITHOUT ROWID;",
      "INSERT INTO t VALUES ('x', 1);", "SELECT a, b FROM t", "x|1", true },
    { "to STRICT", "CREATE TABLE t (a text PRIMARY KEY, b varchar(3));",
      "CREATE TABLE t (a text PRIMARY KEY, b varchar(3)) STRICT;",
      "INSERT INTO t VALUES ('x', 'abc');", "SELECT a, b FROM t", "x|abc", true },
    { "collation", "CREATE TABLE t (a text UNIQUE);",
      "CREATE TABLE t (a text COLLATE nocase UNIQUE);",
      "INSERT INTO t VALUES ('x'), "
      "('y');",
      "SELECT a FROM t WHERE a = 'X'", "x", true },
    { "collation that makes duplicates", "CREATE TABLE t (a text);",
      "CREATE TABLE t (a text COLLATE nocase UNIQUE);",
      "INSERT INTO t VALUES ('x'), "
      "('X');",
      "", NULL, true },
    { "generated columns are left out of the copy",
      "CREATE TABLE t (a integer, g integer GENERATED ALWAYS AS (a * 2) STORED, h "
      "integer "
      "GENERATED ALWAYS AS (a * 3) VIRTUAL);",
      "CREATE TABLE t (a integer NOT NULL, g integer GENERATED ALWAYS AS (a * 2) STORED, "
      "h integer GENERATED ALWAYS AS (a * 3) VIRTUAL);",
      "INSERT INTO t (a) VALUES (5);", "SELECT a, g, h FROM t", "5|10|15", true },
    { "NOT NULL with NULLs", T ");",
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text, b integer NOT "
      "NULL);",
      T_ROWS, "", NULL, true },
    { "NOT NULL from", T ");",
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text, b integer NOT NULL "
      "-- @from coalesce(b, 0)\n);",
      T_ROWS, "SELECT b FROM t", "1;0;3", true },
    { "NOT NULL goes",
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text, b integer NOT "
      "NULL);",
      T ");", "INSERT INTO t (b) VALUES (7);", "SELECT b FROM t", "7", true },
    { "CHECK that rows break", T ");", T ", CHECK (b < 3));", T_ROWS, "", NULL, true },
    { "UNIQUE with duplicates", T ");", T ", UNIQUE (a, b));",
      T_ROWS "INSERT INTO t (a, b) VALUES ('x', 1);", "", NULL, true },
    { "UNIQUE with NULLs", T ");", T ", UNIQUE (a, b));",
      T_ROWS "INSERT INTO t (a, b) VALUES ('y', NULL);", "SELECT count(*) FROM t", "4",
      true },
    { "unique index with duplicates", T ");",
      T "); CREATE UNIQUE INDEX i ON t (lower(a));",
      T_ROWS "INSERT INTO t (a) VALUES ('X');", "", NULL, false },
    { "foreign key with orphans",
      "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p_id integer);",
      "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p_id integer REFERENCES "
      "p "
      "(id));",
      "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1), (NULL), (9);", "", NULL,
      true },
    { "foreign key without orphans",
      "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p_id integer);",
      "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p_id integer REFERENCES "
      "p "
      "(id));",
      "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1), (NULL);",
      "SELECT count(*) FROM c", "2", true },
    { "text to integer", "CREATE TABLE t (a text);", "CREATE TABLE t (a integer);",
      "INSERT INTO t VALUES ('12'), ('-5'), (NULL);", "SELECT a, typeof(a) FROM t",
      "12|integer;-5|integer;NULL|null", true },
    { "text that is no integer", "CREATE TABLE t (a text);",
      "CREATE TABLE t (a integer);", "INSERT INTO t VALUES ('007');", "", NULL, true },
    { "text to decimal", "CREATE TABLE t (a text);", "CREATE TABLE t (a numeric(10,2));",
      "INSERT INTO t VALUES ('12.3'), ('-0.50'), ('7'), (NULL);", "SELECT a FROM t",
      "1230;-50;700;NULL", true },
    { "text that is no decimal", "CREATE TABLE t (a text);",
      "CREATE TABLE t (a numeric(10,2));", "INSERT INTO t VALUES ('1.234');", "", NULL,
      true },
    { "decimal to text", "CREATE TABLE t (a numeric(10,2));", "CREATE TABLE t (a text);",
      "INSERT INTO t VALUES (1230), (-5), (0);", "SELECT a FROM t", "12.30;-0.05;0.00",
      true },
    { "decimal to finer decimal", "CREATE TABLE t (a numeric(10,2));",
      "CREATE TABLE t (a numeric(12,4));", "INSERT INTO t VALUES (1230);",
      "SELECT a FROM t", "123000", true },
    { "decimal to coarser decimal", "CREATE TABLE t (a numeric(10,2));",
      "CREATE TABLE t (a numeric(10,1));", "INSERT INTO t VALUES (1230);",
      "SELECT a FROM t", "123", true },
    { "decimal that would be rounded", "CREATE TABLE t (a numeric(10,2));",
      "CREATE TABLE t (a numeric(10,1));", "INSERT INTO t VALUES (1235);", "", NULL,
      true },
    { "integer to decimal", "CREATE TABLE t (a integer);",
      "CREATE TABLE t (a numeric(10,2));", "INSERT INTO t VALUES (7);", "SELECT a FROM t",
      "700", true },
    { "real to decimal", "CREATE TABLE t (a double precision);",
      "CREATE TABLE t (a numeric(10,2));", "INSERT INTO t VALUES (12.3), (1.1), (-0.29);",
      "SELECT a FROM t", "1230;110;-29", true },
    { "boolean to text and back", "CREATE TABLE t (a boolean, b text);",
      "CREATE TABLE t (a text, b boolean);", "INSERT INTO t VALUES (1, 'no');",
      "SELECT a, b FROM t", "true|0", true },
    { "date to timestamp", "CREATE TABLE t (a date);", "CREATE TABLE t (a timestamp);",
      "INSERT INTO t VALUES ('2024-01-02');", "SELECT a FROM t", "2024-01-02 00:00:00",
      true },
    { "timestamp to date loses the time", "CREATE TABLE t (a timestamp);",
      "CREATE TABLE t (a date);", "INSERT INTO t VALUES ('2024-01-02 10:00:00');", "",
      NULL, true },
    { "shorter varchar", "CREATE TABLE t (a varchar(5));",
      "CREATE TABLE t (a varchar(3));", "INSERT INTO t VALUES ('abcd');", "", NULL,
      true },
    { "enum gains a value",
      "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e NOT NULL);",
      "CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (v e NOT NULL);",
      "INSERT INTO t VALUES ('a');", "SELECT v FROM t", "a", true },
    { "enum loses a value that rows have",
      "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e NOT NULL);",
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (v e NOT NULL);",
      "INSERT INTO t VALUES ('b');", "", NULL, true },
    { "enum loses a value that is mapped",
      "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e NOT NULL);",
      "-- @map 'b' = 'a'\nCREATE TYPE e AS ENUM ('a', 'c'); CREATE TABLE t (v e NOT "
      "NULL);",
      "INSERT INTO t VALUES ('b');", "SELECT v FROM t", "a", true },
    { "tables come and go",
      "CREATE TABLE old (id integer PRIMARY KEY); CREATE TABLE c (o integer REFERENCES "
      "old (id));",
      "CREATE TABLE new (id integer PRIMARY KEY); CREATE TABLE c (o integer);"
      "CREATE TABLE first (n integer REFERENCES new (id));",
      "INSERT INTO old VALUES (1); INSERT INTO c VALUES (1);", "SELECT o FROM c", "1",
      true },
    { "initial rows of a rebuilt table", "CREATE TABLE t (k text PRIMARY KEY);",
      "CREATE TABLE t (k text PRIMARY KEY, n integer NOT NULL UNIQUE DEFAULT (1 + 1));"
      "INSERT INTO t VALUES ('a', 5), ('b', 6);",
      "INSERT INTO t VALUES ('z');", "SELECT k, n FROM t ORDER BY k", "a|5;b|6;z|2",
      true },
    { "numbers of a database made by hand are scaled",
      "-- @dialect sqlite\nCREATE TABLE t (id integer PRIMARY KEY, a DECIMAL(10,2), b "
      "MONEY, c, d FLOAT, at DATETIME, e INT);",
      "CREATE TABLE t (id integer PRIMARY KEY, a numeric(10,2), b numeric(10,2), c "
      "numeric(10,2), d numeric(10,2), at timestamp, e numeric(5,1));",
      "INSERT INTO t VALUES (1, 7, 7, 7, 7, '2024-01-01 10:00:00', 7), (2, 12.3, 1.1, "
      "0.29, -0.5, NULL, NULL);",
      "SELECT a, b, c, d, e FROM t", "700|700|700|700|70;1230|110|29|-50|NULL", true },
    { "text in a number column of a database made by hand",
      "-- @dialect sqlite\nCREATE TABLE t (a DECIMAL(10,2));",
      "CREATE TABLE t (a numeric(10,2));", "INSERT INTO t VALUES (1), ('free');", "",
      NULL, true },
    { "a key that may be NULL becomes the rowid",
      "-- @dialect sqlite\nCREATE TABLE t (id INT PRIMARY KEY, a text);",
      "CREATE TABLE t (id integer PRIMARY KEY, a text);",
      "INSERT INTO t VALUES (5, 'x'), (NULL, 'y');", "", NULL, true },
    { "a key without NULL becomes the rowid",
      "-- @dialect sqlite\nCREATE TABLE t (id INT PRIMARY KEY, a text);",
      "CREATE TABLE t (id integer PRIMARY KEY, a text);",
      "INSERT INTO t VALUES (5, 'x');", "SELECT id, a FROM t", "5|x", true },
    { "numbers become text in a database made by hand",
      "-- @dialect sqlite\nCREATE TABLE t (a NUMERIC);", "CREATE TABLE t (a text);",
      "INSERT INTO t VALUES (5), (1.5), ('x');", "SELECT a FROM t", "5;1.5;x", true },
    { "quoted names",
      "CREATE TABLE \"a b\" (\"select\" integer PRIMARY KEY, \"x\"\"y\" text, \"It's\" "
      "boolean); CREATE INDEX \"my index\" ON \"a b\" (\"x\"\"y\");",
      "CREATE TABLE \"a b\" (\"select\" integer PRIMARY KEY, \"x\"\"y\" text NOT NULL, "
      "\"It's\" boolean, \"new\" text); CREATE INDEX \"my index\" ON \"a b\" "
      "(\"x\"\"y\");",
      "INSERT INTO \"a b\" VALUES (1, 'v', 1);",
      "SELECT \"x\"\"y\", \"It's\" FROM \"a b\"", "v|1", true },
    { "touch comes in place", T ", at timestamp);", T ", at timestamp -- @touch\n);",
      T_ROWS, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'", "1", false },
    { "index changes in place", T "); CREATE INDEX i ON t (a); CREATE INDEX k ON t (b);",
      T "); CREATE INDEX i ON t (a DESC); -- @was k\nCREATE INDEX l ON t (b);", T_ROWS,
      "SELECT count(*) FROM sqlite_schema WHERE type = 'index'", "2", false },
};

static void
changed_databases_equal_new_ones(void **state)
{
    (void)state;
    if (access(ORACLE, R_OK) != 0)
        print_message("SKIPPED: there is no %s to compare with\n", ORACLE);
    for (size_t i = 0; i < ARRAY_LEN(alter_cases); i++) {
        const char *only = getenv("ONLY_CASE");

        if (only != NULL && strstr(alter_cases[i].name, only) == NULL)
            continue;
        try_alter(&alter_cases[i]);
        session_free(&s);
        session_init(&s);
    }
}

/* ---- with a data step ---- */

static void
data_step_sees_both_shapes(void **state)
{
    const char *from = T ", CONSTRAINT known CHECK (a IN ('x', 'y', 'z')));" CHILD;
    const char *to =
        T ", c text NOT NULL, CONSTRAINT known CHECK (a IN ('new', 'y', 'z')));" CHILD
          "-- @migrate\nUPDATE t SET a = 'new', c = 'old ' || a WHERE a = 'x';\n"
          "UPDATE t SET c = 'same' WHERE c IS NULL;\n-- @end\n";
    sqlite3 *db = open_database();
    struct plan *plan = plan_between(from, to);

    (void)state;
    create(db, lower_text(from));
    run(db, SLICE(T_ROWS CHILD_ROWS));
    assert_false(violates(db, plan));
    run_plan(db, plan);
    assert_string_equal(ask(db, SLICE("SELECT a, c FROM t")), "new|old x;y|same;z|same");
    assert_string_equal(ask(db, SLICE("SELECT count(*) FROM child")), "2");
    assert_no_changes(resolve_text(describe(db)), lower_text(to));
    sqlite3_close(db);
}

static void
way_back_uses_back(void **state)
{
    const char *old = "CREATE TABLE t (id integer PRIMARY KEY, price text);";
    const char *new = "CREATE TABLE t (id integer PRIMARY KEY,\n"
                      "-- @from CASE WHEN price = 'free' THEN 0 ELSE 1.5 END\n"
                      "-- @back CASE WHEN price = 0 THEN 'free' ELSE 'paid' END\n"
                      "price numeric(10,2) NOT NULL);";
    struct plan_request request = { .dialect = &dialect_sqlite };
    sqlite3 *db = open_database();
    struct plan *plan = plan_between(old, new);

    (void)state;
    create(db, lower_text(old));
    run(db, SLICE("INSERT INTO t (price) VALUES ('free'), ('2')"));
    run_plan(db, plan);
    assert_string_equal(ask(db, SLICE("SELECT price FROM t")), "0;150");
    request.from = lower_text(new);
    request.to = lower_text(old);
    request.direction = PLAN_DOWN;
    assert_true(plan_make(&s, &request, &plan));
    run_plan(db, plan);
    assert_string_equal(ask(db, SLICE("SELECT price FROM t")), "free;paid");
    sqlite3_close(db);
}

static void
renamed_labels_come_back(void **state)
{
    const char *old = "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e NOT NULL);";
    const char *new = "CREATE TYPE e AS ENUM ('a',\n'c' -- @was b\n);"
                      "CREATE TABLE t (v e NOT NULL);";
    struct plan_request request = { .dialect = &dialect_sqlite };
    sqlite3 *db = open_database();
    struct plan *plan = plan_between(old, new);

    (void)state;
    create(db, lower_text(old));
    run(db, SLICE("INSERT INTO t VALUES ('a'), ('b')"));
    assert_false(violates(db, plan));
    run_plan(db, plan);
    assert_string_equal(ask(db, SLICE("SELECT v FROM t")), "a;c");
    request.from = lower_text(new);
    request.to = lower_text(old);
    request.direction = PLAN_DOWN;
    assert_true(plan_make(&s, &request, &plan));
    assert_false(violates(db, plan));
    run_plan(db, plan);
    assert_string_equal(ask(db, SLICE("SELECT v FROM t")), "a;b");
    sqlite3_close(db);
}

/* A column with a default that ALTER TABLE cannot give, in rows that were there and in
 * one that the data step inserts. */
static void
defaults_reach_rows_around_a_data_step(void **state)
{
    const char *from = "CREATE TABLE t (id integer PRIMARY KEY, a text, old text);";
    const char *to =
        "CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE, at timestamp NOT NULL "
        "DEFAULT CURRENT_TIMESTAMP, n integer NOT NULL DEFAULT (1 + 1), kept text);\n"
        "-- @migrate\nUPDATE t SET kept = old;\n"
        "INSERT INTO t (id, a, kept) VALUES (9, 'new', 'k');\n-- @end\n";
    sqlite3 *db = open_database();
    struct plan *plan = plan_between(from, to);

    (void)state;
    create(db, lower_text(from));
    run(db, SLICE("INSERT INTO t VALUES (1, 'x', 'o')"));
    run_plan(db, plan);
    assert_string_equal(ask(db, SLICE("SELECT id, a, n, kept, at > '2020' FROM t")),
                        "1|x|2|o|1;9|new|2|k|1");
    assert_no_changes(resolve_text(describe(db)), lower_text(to));
    sqlite3_close(db);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(changed_databases_equal_new_ones, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(data_step_sees_both_shapes, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(way_back_uses_back, open_session, close_session),
        cmocka_unit_test_setup_teardown(renamed_labels_come_back, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(defaults_reach_rows_around_a_data_step,
                                        open_session, close_session),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
