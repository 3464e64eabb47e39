/*
 * Statements: every form of DDL, what is kept whole, what is skipped, recovery, and what
 * syntax errors say.
 */
#include "parsed.h"

#include <stdio.h>

static struct parsed p;
static char buffer[1000]; /* lives as long as the trees that point into it */

static struct stmt *
only(const char *text)
{
    parsed_open(&p, text, strlen(text));
    assert_string_equal(parsed_errors(&p), "");
    assert_int_equal(p.ast->statements.count, 1);
    return p.ast->statements.items[0];
}

static struct ast_create_table *
table(const char *text)
{
    struct stmt *stmt = only(text);

    assert_int_equal(stmt->kind, STMT_CREATE_TABLE);
    return stmt->u.create_table;
}

static struct ast_column *
column(const char *text)
{
    struct ast_create_table *t;

    snprintf(buffer, sizeof buffer, "CREATE TABLE t (%s);", text);
    parsed_open(&p, buffer, strlen(buffer));
    assert_string_equal(parsed_errors(&p), "");
    t = p.ast->statements.items[0]->u.create_table;
    assert_int_equal(t->columns.count, 1);
    return t->columns.items[0];
}

static struct ast_constraint *
constraint(const char *text)
{
    struct ast_create_table *t;

    snprintf(buffer, sizeof buffer, "CREATE TABLE t (a int, %s);", text);
    parsed_open(&p, buffer, strlen(buffer));
    assert_string_equal(parsed_errors(&p), "");
    t = p.ast->statements.items[0]->u.create_table;
    assert_int_equal(t->constraints.count, 1);
    return t->constraints.items[0];
}

static const char *
z(struct slice s)
{
    return slice_is_none(s) ? "-" : slice_z(&p.s.arena, s);
}

static const char *
text_of(const struct expr *e)
{
    return e == NULL ? "-" : slice_z(&p.s.arena, expr_text(&p.s.arena, e));
}

static const char *
type_of(const struct ast_column *c)
{
    struct text out;

    text_init(&out, &p.s.arena);
    if (c->type != NULL)
        type_print(c->type, &out);
    return slice_z(&p.s.arena, text_slice(&out));
}

/* ---- CREATE TABLE ---- */

static void
tables(void **state)
{
    struct ast_create_table *t;

    (void)state;
    t = table("CREATE TEMP TABLE IF NOT EXISTS s.\"T\" (a, b TEXT, PRIMARY KEY (a)) "
              "STRICT, WITHOUT ROWID;");
    assert_string_equal(z(t->name.schema), "s");
    assert_string_equal(z(t->name.name), "T");
    assert_true(t->temporary && t->if_not_exists && t->strict && t->without_rowid);
    assert_int_equal(t->columns.count, 2);
    assert_null(t->columns.items[0]->type);
    assert_int_equal(t->constraints.count, 1);
    parsed_close(&p);

    t = table("CREATE UNLOGGED TABLE t (a int) WITH (fillfactor = 70, toast.x=1) "
              "TABLESPACE b");
    assert_true(t->unlogged);
    assert_int_equal(t->options.all.count, 2);
    assert_string_equal(z(t->options.all.items[1].name), "toast.x");
    assert_string_equal(z(t->tablespace), "b");
    parsed_close(&p);

    t = table(
        "CREATE TABLE `t` (`id` int(11) unsigned NOT NULL AUTO_INCREMENT COMMENT 'x',"
        " k varchar(10), PRIMARY KEY (`id`), UNIQUE KEY `u` (`k`(3)), KEY (k), "
        "INDEX i USING BTREE (k DESC)) ENGINE=InnoDB DEFAULT CHARSET=utf8 "
        "COLLATE utf8_bin AUTO_INCREMENT=5 COMMENT='y';");
    assert_string_equal(type_of(t->columns.items[0]), "bigint");
    assert_string_equal(z(ast_column_rare(t->columns.items[0])->comment), "x");
    assert_int_equal(t->columns.items[0]->identity, IDENTITY_BY_DEFAULT);
    assert_string_equal(z(t->constraints.items[1]->name), "u");
    assert_string_equal(z(t->constraints.items[1]->keys.all.items[0].column), "k");
    assert_int_equal(t->inline_indexes.count, 2);
    assert_true(t->inline_indexes.items[1]->keys.all.items[0].descending);
    assert_string_equal(z(t->comment), "y");
    parsed_close(&p);

    t = table("CREATE TABLE t (key varchar(10), index int, comment text, year int)");
    assert_int_equal(t->columns.count, 4);
    assert_string_equal(z(t->columns.items[0]->name), "key");
    parsed_close(&p);
}

static void
columns(void **state)
{
    struct ast_column *c;

    (void)state;
    c = column("a varchar(3) CONSTRAINT n NOT NULL ON CONFLICT FAIL DEFAULT -1 + 2 "
               "COLLATE NOCASE");
    assert_true(c->not_null);
    assert_string_equal(z(ast_column_rare(c)->not_null_name), "n");
    assert_string_equal(z(ast_column_rare(c)->not_null_on_conflict), "fail");
    assert_string_equal(text_of(c->default_value), "-1 + 2");
    assert_string_equal(z(ast_column_rare(c)->collation), "nocase");
    parsed_close(&p);

    c = column("id INTEGER PRIMARY KEY DESC AUTOINCREMENT");
    assert_true(c->autoincrement_written);
    assert_int_equal(c->constraints.items[0]->kind, CONSTRAINT_PRIMARY_KEY);
    assert_true(c->constraints.items[0]->keys.all.items[0].descending);
    parsed_close(&p);

    c = column("a bigserial");
    assert_int_equal(c->identity, IDENTITY_SERIAL);
    assert_string_equal(type_of(c), "bigint");
    parsed_close(&p);

    c = column(
        "a int GENERATED ALWAYS AS IDENTITY (START WITH 5 INCREMENT BY -2 NO CYCLE)");
    assert_int_equal(c->identity, IDENTITY_ALWAYS);
    assert_int_equal(ast_column_rare(c)->identity_options.all.count, 3);
    assert_string_equal(z(ast_column_rare(c)->identity_options.all.items[1].value), "-2");
    parsed_close(&p);

    c = column("a int GENERATED ALWAYS AS (b * 2) STORED");
    assert_string_equal(text_of(c->generated), "b * 2");
    assert_true(c->generated_stored);
    parsed_close(&p);
    c = column("a AS (b) VIRTUAL");
    assert_null(c->type);
    assert_false(c->generated_stored);
    parsed_close(&p);
}

static void
columns_with_constraints(void **state)
{
    struct ast_column *c;

    (void)state;
    c = column("a int CONSTRAINT f REFERENCES s.u (b) MATCH FULL ON DELETE SET NULL "
               "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED CHECK (a > 0) NO INHERIT "
               "UNIQUE NULLS NOT DISTINCT");
    assert_int_equal(c->constraints.count, 3);
    assert_string_equal(z(c->constraints.items[0]->name), "f");
    assert_string_equal(z(c->constraints.items[0]->ref_table.schema), "s");
    assert_int_equal(c->constraints.items[0]->match, FK_MATCH_FULL);
    assert_int_equal(c->constraints.items[0]->on_delete, FK_SET_NULL);
    assert_int_equal(c->constraints.items[0]->on_update, FK_CASCADE);
    assert_int_equal(c->constraints.items[0]->deferral, DEFERRAL_DEFERRED);
    assert_true(c->constraints.items[1]->no_inherit);
    assert_true(c->constraints.items[2]->nulls_not_distinct);
    parsed_close(&p);

    c = column("a timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP");
    assert_true(c->touch);
    assert_string_equal(text_of(c->default_value), "CURRENT_TIMESTAMP");
    parsed_close(&p);

    c = column("a ENUM('x', 'y') NOT NULL");
    assert_string_equal(type_of(c), "text");
    assert_string_equal(text_of(c->constraints.items[0]->check), "a IN ('x', 'y')");
    parsed_close(&p);
}

static void
constraints(void **state)
{
    struct ast_constraint *c;

    (void)state;
    c = constraint("CONSTRAINT n CHECK (a > 1) NOT VALID");
    assert_string_equal(z(c->name), "n");
    assert_string_equal(text_of(c->check), "a > 1");
    assert_true(c->not_valid);
    parsed_close(&p);

    c = constraint("UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (c) WITH (fillfactor=1) "
                   "USING INDEX TABLESPACE x DEFERRABLE");
    assert_true(c->nulls_not_distinct);
    assert_int_equal(c->include.all.count, 1);
    assert_int_equal(c->options.all.count, 1);
    assert_string_equal(z(c->tablespace), "x");
    assert_int_equal(c->deferral, DEFERRAL_IMMEDIATE);
    parsed_close(&p);

    c = constraint("FOREIGN KEY (a, b) REFERENCES u (c, d) ON DELETE SET DEFAULT (b)");
    assert_int_equal(c->keys.all.count, 2);
    assert_int_equal(c->ref_columns.all.count, 2);
    assert_string_equal(z(c->set_columns.all.items[0].name), "b");
    parsed_close(&p);

    c = constraint("EXCLUDE USING gist (a WITH =, lower(b) range_ops WITH &&) "
                   "WHERE (c)");
    assert_int_equal(c->kind, CONSTRAINT_EXCLUDE);
    assert_string_equal(z(c->method), "gist");
    assert_string_equal(z(c->keys.all.items[1].operator), "&&");
    assert_string_equal(z(c->keys.all.items[1].opclass.name), "range_ops");
    assert_string_equal(text_of(c->check), "c");
    parsed_close(&p);

    c = constraint("PRIMARY KEY (a COLLATE NOCASE DESC) ON CONFLICT REPLACE");
    assert_string_equal(z(c->keys.all.items[0].collation), "nocase");
    assert_true(c->keys.all.items[0].descending);
    assert_string_equal(z(c->on_conflict), "replace");
    parsed_close(&p);
}

/* ---- the other statements ---- */

static void
indexes_and_views(void **state)
{
    struct ast_create_index *i;
    struct ast_create_view *v;

    (void)state;
    i = only(
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t USING gin "
            "(a, lower(b) text_ops DESC NULLS LAST, (c || d) COLLATE \"C\") INCLUDE (e) "
            "NULLS NOT DISTINCT WITH (x = on) TABLESPACE y WHERE a IS NOT NULL AND b > 0")
            ->u.create_index;
    assert_true(i->unique && i->concurrently && i->if_not_exists);
    assert_string_equal(z(i->method), "gin");
    assert_int_equal(i->keys.all.count, 3);
    assert_string_equal(z(i->keys.all.items[0].column), "a");
    assert_string_equal(text_of(i->keys.all.items[1].expr), "lower(b)");
    assert_int_equal(i->keys.all.items[1].nulls, NULLS_LAST);
    assert_string_equal(z(i->keys.all.items[2].collation), "C");
    assert_true(i->nulls_not_distinct);
    assert_string_equal(text_of(i->where), "a IS NOT NULL AND b > 0");
    parsed_close(&p);

    i = only("CREATE INDEX ON t (a)")->u.create_index;
    assert_string_equal(z(i->name), "-");
    parsed_close(&p);

    v = only("CREATE OR REPLACE TEMP VIEW v (a) WITH (security_barrier) AS SELECT 1 "
             "WITH LOCAL CHECK OPTION")
            ->u.create_view;
    assert_true(v->or_replace && v->temporary);
    assert_int_equal(v->options.all.count, 2);
    assert_string_equal(text_of(v->query), "SELECT 1");
    parsed_close(&p);

    v = only("CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT 1 WITH NO DATA")
            ->u.create_view;
    assert_true(v->materialized && v->if_not_exists && v->with_no_data);
    parsed_close(&p);
}

static void
small_statements(void **state)
{
    struct stmt *s;

    (void)state;
    s = only("CREATE TYPE s.e AS ENUM ('a', 'it''s')");
    assert_int_equal(s->u.create_enum->values.count, 2);
    assert_string_equal(z(s->u.create_enum->values.items[1].label), "it's");
    parsed_close(&p);
    s = only("CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA x VERSION '1'");
    assert_string_equal(z(s->u.create_extension->name), "uuid-ossp");
    assert_string_equal(z(s->u.create_extension->version), "1");
    parsed_close(&p);
    s = only("CREATE SCHEMA IF NOT EXISTS x AUTHORIZATION y");
    assert_string_equal(z(s->u.create_schema->name), "x");
    parsed_close(&p);
    s = only("DROP TABLE IF EXISTS a, s.b CASCADE");
    assert_int_equal(s->u.drop->names.all.count, 2);
    assert_true(s->u.drop->if_exists && s->u.drop->cascade);
    parsed_close(&p);
    s = only("DROP TRIGGER g ON t");
    assert_int_equal(s->u.drop->object, OBJECT_TRIGGER);
    assert_string_equal(z(s->u.drop->on_table), "t");
    parsed_close(&p);
    s = only("DROP FUNCTION f(int, text), g");
    assert_int_equal(s->u.drop_routine->signatures.all.count, 2);
    parsed_close(&p);
    s = only("COMMENT ON COLUMN s.t.c IS 'x'");
    assert_string_equal(z(s->u.comment->name.schema), "s");
    assert_string_equal(z(s->u.comment->part), "c");
    parsed_close(&p);
    s = only("COMMENT ON CONSTRAINT k ON t IS NULL");
    assert_int_equal(s->u.comment->object, OBJECT_CONSTRAINT);
    assert_string_equal(z(s->u.comment->text), "-");
    parsed_close(&p);
    s = only("ALTER TYPE e ADD VALUE IF NOT EXISTS 'b' BEFORE 'c'");
    assert_string_equal(z(s->u.alter_type->label), "b");
    assert_true(s->u.alter_type->before && s->u.alter_type->if_not_exists);
    parsed_close(&p);
    s = only("ALTER TYPE e RENAME VALUE 'a' TO 'b'");
    assert_int_equal(s->u.alter_type->kind, ALTER_TYPE_RENAME_VALUE);
    parsed_close(&p);
    s = only("ALTER TYPE e OWNER TO x");
    assert_int_equal(s->u.alter_type->kind, ALTER_TYPE_OTHER);
    parsed_close(&p);
    s = only("ALTER INDEX IF EXISTS i RENAME TO j");
    assert_int_equal(s->kind, STMT_ALTER_TABLE);
    assert_int_equal(s->u.alter_table->object, OBJECT_INDEX);
    assert_string_equal(z(s->u.alter_table->actions.items[0]->new_name), "j");
    parsed_close(&p);
}

static void
alter_table(void **state)
{
    static const enum alter_kind kinds[] = {
        ALTER_ADD_COLUMN,        ALTER_ADD_CONSTRAINT,      ALTER_DROP_COLUMN,
        ALTER_DROP_CONSTRAINT,   ALTER_RENAME_COLUMN,       ALTER_COLUMN_TYPE,
        ALTER_SET_DEFAULT,       ALTER_DROP_DEFAULT,        ALTER_SET_NOT_NULL,
        ALTER_DROP_NOT_NULL,     ALTER_ADD_IDENTITY,        ALTER_DROP_IDENTITY,
        ALTER_DROP_EXPRESSION,   ALTER_VALIDATE_CONSTRAINT, ALTER_RENAME_TABLE,
        ALTER_RENAME_CONSTRAINT, ALTER_SET_SCHEMA,          ALTER_ROW_SECURITY,
        ALTER_SET_OPTIONS,       ALTER_ADD_INDEX,           ALTER_COLUMN_STATISTICS,
    };
    struct ast_alter_table *t =
        only(
            "ALTER TABLE IF EXISTS ONLY s.t ADD COLUMN IF NOT EXISTS a int NOT NULL "
            "AFTER b, ADD CONSTRAINT k UNIQUE (a), DROP COLUMN IF EXISTS b CASCADE, "
            "DROP CONSTRAINT k, RENAME COLUMN a TO b, ALTER a SET DATA TYPE text "
            "COLLATE \"C\" USING a::text, ALTER COLUMN a SET DEFAULT f(1, 2), ALTER a "
            "DROP DEFAULT, ALTER a SET NOT NULL, ALTER a DROP NOT NULL, ALTER a ADD "
            "GENERATED BY DEFAULT AS IDENTITY, ALTER a DROP IDENTITY IF EXISTS, ALTER a "
            "DROP EXPRESSION, VALIDATE CONSTRAINT k, RENAME TO u, RENAME CONSTRAINT k TO "
            "l, SET SCHEMA x, ENABLE ROW LEVEL SECURITY, SET (a = 1, b = 2), ADD KEY x "
            "(a), ALTER a SET STATISTICS 5")
            ->u.alter_table;

    (void)state;
    assert_true(t->if_exists && t->only);
    assert_int_equal(t->actions.count, ARRAY_LEN(kinds));
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        assert_int_equal(t->actions.items[i]->kind, kinds[i]);
    assert_true(t->actions.items[0]->if_exists);
    assert_true(t->actions.items[2]->cascade);
    assert_string_equal(text_of(t->actions.items[5]->expr), "CAST(a AS text)");
    assert_int_equal(t->actions.items[18]->options.all.count, 2);
    parsed_close(&p);
}

/* ---- queries: printed and read again, they are the same tree ---- */

static void
queries(void **state)
{
    static const char *const all[] = {
        "SELECT DISTINCT ON (a) a, b AS \"B\", t.* FROM t",
        "SELECT a FROM t AS x JOIN u ON x.a = u.a LEFT JOIN v USING (a) CROSS JOIN w",
        "SELECT a FROM t, LATERAL (SELECT 1) AS x (y), f(1) WITH ORDINALITY AS g",
        "SELECT a FROM t WHERE b GROUP BY ROLLUP (a, b), () HAVING c ORDER BY 1 DESC "
        "LIMIT "
        "2 OFFSET 3",
        "SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY b)",
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM "
        "c",
        "SELECT 1 UNION SELECT 2 INTERSECT SELECT 3",
        "SELECT a FROM t FOR UPDATE OF t SKIP LOCKED",
        "VALUES (1, DEFAULT), (2, 3)",
        "INSERT INTO s.t (a, b) VALUES (1, 2) ON CONFLICT (a) WHERE b DO UPDATE SET a = "
        "1, "
        "(b, c) = (1, 2) WHERE d RETURNING a",
        "INSERT OR REPLACE INTO t DEFAULT VALUES",
        "INSERT INTO t (a) OVERRIDING SYSTEM VALUE VALUES (1)",
        "UPDATE t AS x SET a = 1 FROM u WHERE x.a = u.a RETURNING *",
        "DELETE FROM ONLY t USING u WHERE a",
        "SELECT a FROM json_to_recordset(x) AS t (a integer, b text)",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        struct stmt *s = only(all[i]);

        assert_int_equal(s->kind, STMT_QUERY);
        assert_string_equal(text_of(s->u.query->query), all[i]);
        parsed_close(&p);
    }
}

/* What has another spelling: read as the second. */
static void
queries_spelt_otherwise(void **state)
{
    static const char *const all[][2] = {
        { "TABLE t", "SELECT * FROM t" },
        { "(SELECT 1)", "SELECT 1" },
        { "SELECT 1 FETCH FIRST ROW ONLY", "SELECT 1 LIMIT 1" },
        { "SELECT 1 LIMIT 2, 3", "SELECT 1 LIMIT 3 OFFSET 2" },
        { "SELECT * FROM a JOIN b JOIN c ON x",
          "SELECT * FROM a CROSS JOIN b JOIN c ON x" },
        { "REPLACE INTO t VALUES (1)", "INSERT OR REPLACE INTO t VALUES (1)" },
        { "INSERT IGNORE INTO t VALUES (1)", "INSERT OR IGNORE INTO t VALUES (1)" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        assert_string_equal(text_of(only(all[i][0])->u.query->query), all[i][1]);
        parsed_close(&p);
    }
}

/* ---- what is not parsed, and where statements end ---- */

static void
raw_statements_are_kept_whole(void **state)
{
    static const char *const all[][4] = {
        { "CREATE FUNCTION s.f(a t.b%TYPE) RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql",
          "function", "f", "-" },
        { "CREATE FUNCTION f() RETURNS int BEGIN SELECT 1; SELECT CASE WHEN a THEN "
          "b END; END",
          "function", "f", "-" },
        { "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; NOTIFY x)", "rule", "r", "t" },
        { "CREATE TYPE c", "type", "c", "-" },
        { "CREATE TABLE c (a int) PARTITION BY HASH (a) PARTITIONS 4", "table", "c",
          "-" },
        { "CREATE TABLE c LIKE p", "table", "c", "-" },
        { "CREATE TABLE c AS EXECUTE q", "table", "c", "-" },
        { "ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b", "alter table", "-", "-" },
        { "DO $$ BEGIN NULL; END $$", "do", "-", "-" },
        { "GRANT SELECT ON LARGE OBJECT 1 TO r", "grant", "-", "-" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        struct stmt *s = only(all[i][0]);

        assert_int_equal(s->kind, STMT_RAW);
        assert_string_equal(z(s->u.raw->kind), all[i][1]);
        assert_string_equal(z(s->u.raw->name.name), all[i][2]);
        assert_string_equal(z(s->u.raw->table.name), all[i][3]);
        assert_string_equal(z(s->text), all[i][0]);
        parsed_close(&p);
    }
}

static void
virtual_tables_have_a_module_and_arguments(void **state)
{
    const struct ast_create_virtual *v =
        only("CREATE VIRTUAL TABLE IF NOT EXISTS s.\"V\" USING FTS5( a , tokenize = "
             "'x, y', f(b, c))")
            ->u.create_virtual;

    (void)state;
    assert_true(v->if_not_exists);
    assert_string_equal(z(v->name.schema), "s");
    assert_string_equal(z(v->name.name), "V");
    assert_string_equal(z(v->module), "fts5");
    assert_int_equal(v->arguments.count, 3);
    assert_string_equal(z(v->arguments.items[1]), "tokenize = 'x, y'");
    assert_string_equal(z(v->arguments.items[2]), "f(b, c)");
    parsed_close(&p);
}

static void
triggers_of_both_engines(void **state)
{
    struct stmt *s = only(
        "CREATE TEMP TRIGGER IF NOT EXISTS g AFTER UPDATE OF a ON \"T\" FOR EACH ROW "
        "WHEN new.end BEGIN UPDATE t SET a = CASE WHEN b THEN 1 END; SELECT 1; END;");

    (void)state;
    assert_int_equal(s->kind, STMT_CREATE_TRIGGER);
    assert_string_equal(z(s->u.create_trigger->name.name), "g");
    assert_string_equal(z(s->u.create_trigger->table.name), "T");
    assert_true(slice_ends(s->text, "SELECT 1; END"));
    parsed_close(&p);
    s = only("CREATE CONSTRAINT TRIGGER g AFTER INSERT ON s.t EXECUTE FUNCTION f()");
    assert_string_equal(z(s->u.create_trigger->table.schema), "s");
    parsed_close(&p);
}

static void
sessions_and_clients_are_skipped(void **state)
{
    static const char text[] = "\\connect x\nSET a = 1; BEGIN; COMMIT; PRAGMA b; ANALYZE;"
                               "COPY t FROM stdin;\n1\tx;'\n\\.\n;;;SELECT 1 \\gset\n"
                               ".tables\nVACUUM";

    (void)state;
    parsed_open(&p, text, sizeof text - 1);
    assert_string_equal(parsed_errors(&p), "");
    assert_int_equal(p.ast->statements.count, 12);
    VEC_EACH (i, &p.ast->statements)
        assert_int_equal(p.ast->statements.items[i]->kind,
                         i == 8 ? STMT_QUERY : STMT_SKIPPED);
    parsed_close(&p);
}

/* ---- errors ---- */

static void
check_errors(const char *text, const char *expected)
{
    parsed_open(&p, text, strlen(text));
    assert_string_equal(parsed_errors(&p), expected);
    parsed_close(&p);
}

static void
one_mistake_is_one_message(void **state)
{
    (void)state;
    check_errors("CRAETE TABLE t (a int);",
                 "S0110 1:1 no statement begins with \"CRAETE\" | did you mean CREATE?");
    check_errors("CREATE TABEL t (a int);",
                 "S0101 1:8 CREATE has no kind of object \"TABEL\" "
                 "| did you mean TABLE?");
    check_errors("CREATE TABLE t (a int PRIMERY KEY);",
                 "S0101 1:23 unexpected \"PRIMERY\" | did you mean PRIMARY?");
    check_errors("CREATE TABLE t (a int NOT NUL);",
                 "S0101 1:27 unexpected \"NUL\", expected DEFERRABLE or NULL | did you "
                 "mean NULL?");
    check_errors("CREATE TABLE t (\n a int NOT NULL\n b text);",
                 "S0101 3:2 unexpected \"b\" | is a comma missing before \"b\"?");
    check_errors("CREATE TABLE t (a int, );",
                 "S0101 1:22 nothing follows this comma | remove the comma");
    check_errors("CREATE TABLE t (a int,, b int);",
                 "S0101 1:22 nothing follows this comma | remove the comma");
    check_errors("CREATE TABLE t (a int;", "S0101 1:22 the statement ends too early");
    check_errors("CREATE TABLE t (a int)\nCREATE TABLE u (a int);",
                 "S0101 2:1 unexpected \"CREATE\" | is a semicolon missing before it?");
    check_errors("CREATE TABLE t (order int);",
                 "S0101 1:17 unexpected \"order\" | \"order\" is a keyword; as a name it "
                 "needs double quotes");
    check_errors("CREATE TABLE t (a int) STRCIT;",
                 "S0101 1:24 a table has no option \"strcit\" | did you mean STRICT?");
    check_errors("SELECT a FORM t;",
                 "S0101 1:10 unexpected \"FORM\" | did you mean FROM?");
    check_errors("SELECT a, FROM t;",
                 "S0101 1:9 nothing follows this comma | remove the comma");
    check_errors("SELECT * FROM t WEHRE a = 1;",
                 "S0101 1:17 unexpected \"WEHRE\" | did you mean WHERE?");
    check_errors("ALTER TABLE t DORP COLUMN a;",
                 "S0101 1:15 unexpected \"DORP\" | did you mean DROP?");
    check_errors("ALTER TABLE t ADD COLUM a int;",
                 "S0101 1:19 unexpected \"COLUM\" | did you mean COLUMN?");
    check_errors("foo;", "S0110 1:1 no statement begins with \"foo\"");
    check_errors("CREATE", "S0101 1:1 the statement ends too early");
    check_errors("CREATE TRIGGER g BEGIN SELECT 1;",
                 "S0101 1:1 the body of this statement has no END");
    check_errors("CREATE TABLE t (a int DEFAULT 1 DEFAULT 2);",
                 "S0101 1:32 the column \"a\" has a second DEFAULT");
}

static void
the_next_statement_is_read(void **state)
{
    static const char text[] = "CREATE TABLE t (a int,, b int);\nSELECT 'x;\nFOO;\n"
                               "CREATE TABLE u (a int);\nDROP TABLE;\nDROP TABLE v;";

    (void)state;
    parsed_open(&p, text, sizeof text - 1);
    assert_string_equal(parsed_errors(&p),
                        "S0102 2:8 this string does not end\n"
                        "S0101 1:22 nothing follows this comma | remove the comma\n"
                        "S0101 5:11 the statement ends too early, expected a name");
    assert_int_equal(p.ast->statements.count, 2);
    assert_int_equal(p.ast->statements.items[0]->kind, STMT_CREATE_TABLE);
    parsed_close(&p);
}

/* The lexer hands out some hundred tokens at a time: what is longer than that, what goes
 * over an end, and what comments say behind one. */
static void
long_sources(void **state)
{
    struct arena a = { 0 };
    struct text text;
    const struct stmt *last;

    (void)state;
    text_init(&text, &a);
    for (int i = 0; i < 300; i++)
        text_addf(&text, "-- @was s%d\nCREATE TABLE t%d (a int, b text);\n", i, i);
    text_addz(&text, "CREATE TRIGGER g AFTER INSERT ON t1 BEGIN\n");
    for (int i = 0; i < 1000; i++)
        text_addf(&text, "DELETE FROM t2 WHERE a = %d;\n", i);
    text_addz(&text, "END;\n-- @migrate\nDELETE FROM t1;\n-- @end\n"
                     "-- @was v\nCREATE TABLE u (a int)");
    parsed_open(&p, text.ptr, text.len);
    assert_string_equal(parsed_errors(&p), "");
    assert_int_equal(p.ast->statements.count, 302);
    assert_int_equal(p.ast->sections.count, 1);
    assert_int_equal(p.ast->sections.items[0]->statements.count, 1);
    assert_string_equal(z(p.ast->statements.items[299]->annotations.all.items[0]->first),
                        "s299");
    last = p.ast->statements.items[300];
    assert_int_equal(last->u.create_trigger->body.count, 1000);
    last = p.ast->statements.items[301];
    assert_string_equal(z(last->annotations.all.items[0]->first), "v");
    parsed_close(&p);
    arena_free(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),
        cmocka_unit_test(columns),
        cmocka_unit_test(columns_with_constraints),
        cmocka_unit_test(constraints),
        cmocka_unit_test(indexes_and_views),
        cmocka_unit_test(small_statements),
        cmocka_unit_test(alter_table),
        cmocka_unit_test(queries),
        cmocka_unit_test(queries_spelt_otherwise),
        cmocka_unit_test(raw_statements_are_kept_whole),
        cmocka_unit_test(virtual_tables_have_a_module_and_arguments),
        cmocka_unit_test(triggers_of_both_engines),
        cmocka_unit_test(sessions_and_clients_are_skipped),
        cmocka_unit_test(one_mistake_is_one_message),
        cmocka_unit_test(the_next_statement_is_read),
        cmocka_unit_test(long_sources),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
