/*
 * Typed C from catalogs built by hand: names, clashes, which functions a table gets, C
 * types, masks.  That the code compiles and works is tested with real schemas elsewhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "catalogs.h"
#include "gen/gen.h"
#include "gen/view_names.h"

struct fixture {
    struct session s;
    struct catalog *catalog;
    struct gen_files files;
};

static void
begin(struct fixture *f)
{
    session_init(&f->s);
    f->catalog = make_catalog(&f->s, "t", "1.0.0");
}

static struct table *
table_with_id(struct fixture *f, const char *name)
{
    struct table *t = make_table(&f->s, f->catalog, name);
    struct column *id = make_column(&f->s, t, "id", "integer", true);

    id->identity = IDENTITY_BY_DEFAULT;
    make_constraint(&f->s, t, CONSTRAINT_PRIMARY_KEY, name, COLUMNS("id"));
    return t;
}

static bool
try_generate(struct fixture *f)
{
    struct catalog *lowered;
    struct plan_request to = { .dialect = &dialect_sqlite };
    struct plan_request from = { .dialect = &dialect_sqlite, .direction = PLAN_DOWN };
    struct gen_chain chain = { .dialect = &dialect_sqlite };
    struct gen_version v = { .version = f->catalog->version, .fingerprint = SLICE("f") };
    struct gen_request request = { .catalog = f->catalog,
                                   .chains = { &chain },
                                   .chain_count = 1 };
    struct plan *create;
    struct plan *down;

    assert_true(dialect_sqlite.lower(&f->s, f->catalog, &lowered));
    to.to = lowered;
    from.from = lowered;
    assert_true(plan_make(&f->s, &to, &create));
    assert_true(plan_make(&f->s, &from, &down));
    v.create = create;
    v.down = down;
    VEC_PUSH(&f->s.arena, &chain.versions, v);
    chain.lowered = lowered;
    return gen_typed_c(&f->s, &request, &f->files);
}

static void
generate(struct fixture *f)
{
    assert_true(try_generate(f));
    assert_false(session_has_errors(&f->s));
}

static const char *
file(struct fixture *f, const char *path)
{
    VEC_EACH (i, &f->files.all)
        if (slice_is(f->files.all.items[i].path, path))
            return slice_z(&f->s.arena, f->files.all.items[i].bytes);
    fail_msg("no file %s", path);
    return "";
}

static void
expect(struct fixture *f, const char *path, const char *text)
{
    if (strstr(file(f, path), text) == NULL)
        fail_msg("%s does not hold \"%s\":\n%s", path, text, file(f, path));
}

static void
refuse(struct fixture *f, const char *path, const char *text)
{
    if (strstr(file(f, path), text) != NULL)
        fail_msg("%s holds \"%s\"", path, text);
}

static void
finish(struct fixture *f)
{
    session_free(&f->s);
}

static void
a_type_for_each_column(void **state)
{
    static const struct {
        const char *sql;
        const char *plain;
        const char *opt;
    } types[] = {
        { "boolean", "bool", "struct schemac_bool_opt" },
        { "smallint", "int16_t", "struct schemac_int16_opt" },
        { "integer", "int32_t", "struct schemac_int32_opt" },
        { "bigint", "int64_t", "struct schemac_int64_opt" },
        { "real", "float", "struct schemac_float_opt" },
        { "double precision", "double", "struct schemac_double_opt" },
        { "numeric", "struct schemac_text", "struct schemac_text" },
        { "text", "struct schemac_text", "struct schemac_text" },
        { "bytea", "struct schemac_bytes", "struct schemac_bytes" },
        { "date", "int32_t", "struct schemac_int32_opt" },
        { "time", "int64_t", "struct schemac_int64_opt" },
        { "timestamptz", "int64_t", "struct schemac_int64_opt" },
        { "uuid", "struct schemac_uuid", "struct schemac_uuid_opt" },
        { "jsonb", "struct schemac_text", "struct schemac_text" },
    };
    struct fixture f;
    struct table *t;

    (void)state;
    begin(&f);
    t = table_with_id(&f, "all_types");
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        struct arena *a = &f.s.arena;

        make_column(&f.s, t, slice_z(a, slice_format(a, "n%zu", i)), types[i].sql, true);
        make_column(&f.s, t, slice_z(a, slice_format(a, "o%zu", i)), types[i].sql, false);
    }
    generate(&f);
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        struct arena *a = &f.s.arena;

        expect(&f, "t_all_types.h",
               slice_z(a, slice_format(a, "    %s n%zu; ", types[i].plain, i)));
        expect(&f, "t_all_types.h",
               slice_z(a, slice_format(a, "    %s o%zu; ", types[i].opt, i)));
    }
    finish(&f);
}

static void
decimals_have_a_scale(void **state)
{
    struct fixture f;
    struct table *t;

    (void)state;
    begin(&f);
    t = table_with_id(&f, "payments");
    make_decimal(&f.s, t, "amount", 10, 2, true);
    make_decimal(&f.s, t, "huge", 30, 2, true);
    generate(&f);
    expect(&f, "t_payments.h", "    int64_t amount; ");
    expect(&f, "t_payments.h", "#define T_PAYMENTS_AMOUNT_SCALE 2");
    expect(&f, "t_payments.h", "    struct schemac_text huge; ");
    refuse(&f, "t_payments.h", "HUGE_SCALE");
    finish(&f);
}

static void
names_that_c_does_not_take(void **state)
{
    struct fixture f;
    struct table *t;

    (void)state;
    begin(&f);
    t = table_with_id(&f, "odd");
    make_column(&f.s, t, "class", "text", true);
    make_column(&f.s, t, "int", "text", true);
    make_column(&f.s, t, "2fa", "text", true);
    make_column(&f.s, t, "größe", "text", true);
    make_column(&f.s, t, "a b", "text", true);
    make_column(&f.s, t, "a_b", "text", true);
    make_column(&f.s, t, "INT_MAX", "text", true);
    make_column(&f.s, t, "INT", "integer", true);
    make_column(&f.s, t, "Mixed", "text", true);
    make_column(&f.s, t, "_Bool", "text", true);
    make_column(&f.s, t, "row", "text", true);
    make_constraint(&f.s, t, CONSTRAINT_UNIQUE, "u", COLUMNS("row"));
    generate(&f);
    expect(&f, "t_odd.h", " class_; ");
    expect(&f, "t_odd.h", "#define T_ODD_COL_CLASS ");
    expect(&f, "t_odd.h", " int_; ");
    expect(&f, "t_odd.h", " _2fa; ");
    expect(&f, "t_odd.h", " gru00f6u00dfe; ");
    expect(&f, "t_odd.h", " a_b; ");
    expect(&f, "t_odd.h", " a_b_2; ");
    expect(&f, "t_odd.h", " int_max; ");
    expect(&f, "t_odd.h", "#define T_ODD_COL_INT_MAX ");
    expect(&f, "t_odd.h", " int__2; ");
    expect(&f, "t_odd.h", " Mixed; ");
    expect(&f, "t_odd.h", " _Bool_; ");
    expect(&f, "t_odd.h", "    row->row = row_value;");
    expect(&f, "t_odd.c", ".name = \"gr\\303\\266\\303\\237e\"");
    finish(&f);
}

static void
tables_whose_names_clash(void **state)
{
    static const char *const roles[] = { "admin", "guest" };
    struct fixture f;
    struct table *t;

    (void)state;
    begin(&f);
    t = table_with_id(&f, "user");
    make_column(&f.s, t, "role", "text", true);
    make_constraint(&f.s, t, CONSTRAINT_CHECK, "c", NULL, 0)->check =
        make_in(&f.s, "role", roles, 2);
    table_with_id(&f, "user_role"); /* clashes with the enum of the column */
    table_with_id(&f, "user_get");  /* clashes with a function */
    table_with_id(&f, "open");      /* clashes with t_open */
    table_with_id(&f, "migrations_sqlite");
    generate(&f);
    expect(&f, "t_user_role.h", "struct t_user_role {");
    expect(&f, "t_user.h", "enum t_user_role_enum {");
    expect(&f, "t_user_get_table.h", "struct t_user_get_table {");
    expect(&f, "t_open_table.h", "struct t_open_table {");
    expect(&f, "t_migrations_sqlite_table.h",
           "struct t_migrations_sqlite {");
    finish(&f);
}

static void
functions_follow_the_keys(void **state)
{
    struct fixture f;
    struct table *t;

    (void)state;
    begin(&f);
    t = table_with_id(&f, "cars");
    make_column(&f.s, t, "plate", "text", true);
    make_column(&f.s, t, "owner", "integer", false);
    make_column(&f.s, t, "seen", "timestamp", true);
    make_constraint(&f.s, t, CONSTRAINT_UNIQUE, "cars_plate_key", COLUMNS("plate"));
    make_index(&f.s, f.catalog, t, "i_plate", COLUMNS("plate"));
    make_index(&f.s, f.catalog, t, "i_owner_seen", COLUMNS("owner", "seen"));
    generate(&f);
    expect(&f, "t_cars.h", "t_cars_get(");
    expect(&f, "t_cars.h", "t_cars_find_by_plate(");
    expect(&f, "t_cars.h", "t_cars_by_plate_range(");
    expect(&f, "t_cars.h", "t_cars_upsert_by_plate(");
    expect(&f, "t_cars.h", "t_cars_by_owner_seen(");
    expect(&f, "t_cars.h",
           "t_cars_by_owner_seen_range(\n    struct schemac_db *db,\n    int32_t owner,\n"
           "    const int64_t *from,\n    const int64_t *to,\n");
    expect(&f, "t_cars.h", "cursor->row.owner.value = owner;");
    expect(&f, "t_cars.h", "cursor->row.owner.is_set = true;");
    refuse(&f, "t_cars.h", "t_cars_by_plate(");     /* a find is enough */
    refuse(&f, "t_cars.h", "t_cars_upsert_by_id("); /* the key is generated */
    expect(&f, "t_cars.h", "#define T_CARS_NEW UINT64_C(0xe)");
    expect(&f, "t_cars.h", "#define T_CARS_ALL UINT64_C(0xf)");
    finish(&f);
}

static void
append_only_and_keyless_tables(void **state)
{
    struct fixture f;
    struct table *t;

    (void)state;
    begin(&f);
    t = table_with_id(&f, "log");
    t->append_only = true;
    t = make_table(&f.s, f.catalog, "notes");
    make_column(&f.s, t, "text", "text", true);
    generate(&f);
    expect(&f, "t_log.h", "t_log_insert(");
    expect(&f, "t_log.h", "t_log_get(");
    refuse(&f, "t_log.h", "t_log_update(");
    refuse(&f, "t_log.h", "t_log_delete(");
    expect(&f, "t_notes.h", "t_notes_insert(");
    expect(&f, "t_notes.h", "t_notes_scan(");
    refuse(&f, "t_notes.h", "t_notes_get(");
    refuse(&f, "t_notes.h", "t_notes_update(");
    finish(&f);
}

static void
more_columns_than_a_word_has_bits(void **state)
{
    struct fixture f;
    struct table *t;

    (void)state;
    begin(&f);
    t = table_with_id(&f, "wide");
    for (size_t i = 1; i < 100; i++)
        make_column(&f.s, t, slice_z(&f.s.arena, slice_format(&f.s.arena, "c%zu", i)),
                    "text", false);
    generate(&f);
    expect(&f, "t_wide.h", "    uint64_t words[2];");
    expect(&f, "t_wide.h", "#define T_WIDE_COL_C99 99u");
    expect(&f, "t_wide.c", "UINT64_C(0xfffffffffffffffe),\n    UINT64_C(0xfffffffff),");
    finish(&f);
}

static void
c_annotations(void **state)
{
    struct fixture f;
    struct table *t;

    (void)state;
    begin(&f);
    t = table_with_id(&f, "vehicles");
    t->c_name = SLICE("car");
    make_column(&f.s, t, "small", "bigint", true)->c_type = SLICE("int32_t");
    make_column(&f.s, t, "Plate No", "text", true)->c_name = SLICE("plate");
    generate(&f);
    expect(&f, "t_car.h", "    int32_t small; ");
    expect(&f, "t_car.h", "    struct schemac_text plate; ");
    finish(&f);

    begin(&f);
    t = table_with_id(&f, "vehicles");
    make_column(&f.s, t, "plate", "text", true)->c_type = SLICE("int32_t");
    assert_false(try_generate(&f));
    assert_int_equal(f.s.diags.all.items[f.s.diags.all.count - 1]->code,
                     D_ANNOTATION_ARGUMENT);
    finish(&f);
}

static void
the_same_bytes_each_time(void **state)
{
    struct fixture f;
    struct fixture g;

    (void)state;
    begin(&f);
    make_column(&f.s, table_with_id(&f, "x"), "a", "text", true);
    generate(&f);
    begin(&g);
    make_column(&g.s, table_with_id(&g, "x"), "a", "text", true);
    generate(&g);
    assert_int_equal(f.files.all.count, g.files.all.count);
    VEC_EACH (i, &f.files.all) {
        assert_true(slice_equal(f.files.all.items[i].path, g.files.all.items[i].path));
        assert_true(slice_equal(f.files.all.items[i].bytes, g.files.all.items[i].bytes));
    }
    finish(&f);
    finish(&g);
}

static void
reserved_words_are_sorted(void **state)
{
    /* They are found by bisection: the first, the last, and some between. */
    static const char *const words[] = { "EOF",  "alignas", "class", "int", "template",
                                         "this", "union",   "while", "xor", "xor_eq" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        assert_true(name_is_reserved(slice_from(words[i])));
    assert_false(name_is_reserved(SLICE("vehicle")));
    assert_false(name_is_reserved(SLICE("")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_type_for_each_column),
        cmocka_unit_test(decimals_have_a_scale),
        cmocka_unit_test(names_that_c_does_not_take),
        cmocka_unit_test(tables_whose_names_clash),
        cmocka_unit_test(functions_follow_the_keys),
        cmocka_unit_test(append_only_and_keyless_tables),
        cmocka_unit_test(more_columns_than_a_word_has_bits),
        cmocka_unit_test(c_annotations),
        cmocka_unit_test(the_same_bytes_each_time),
        cmocka_unit_test(reserved_words_are_sorted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
