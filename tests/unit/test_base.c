/*
 * The foundation: arena, map, text, slices, files; and from diag the nearest name and
 * the rendering of a place.
 */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/map.h"
#include "base/sqltext.h"
#include "base/vec.h"
#include "diag/session.h"

#define assert_slice(s, expected) assert_slice_at((s), (expected), __FILE__, __LINE__)

static void
assert_slice_at(struct slice s, const char *expected, const char *file, int line)
{
    if (slice_is(s, expected))
        return;
    print_error("got      \"%.*s\"\nexpected \"%s\"\n", SLICE_ARG(s), expected);
    _fail(file, line);
}

/* ---- arena ---- */

static void
arena_gives_zeroed_aligned_memory(void **state)
{
    struct arena a = { 0 };

    (void)state;
    for (size_t bytes = 1; bytes < 100000; bytes = bytes * 3 + 1) {
        unsigned char *p = arena_alloc(&a, bytes);

        assert_int_equal((uintptr_t)p % ARENA_ALIGN, 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, bytes);
    }
    arena_free(&a);
    assert_null(a.newest);
}

static void
arena_reset_gives_back_what_came_after_the_mark(void **state)
{
    struct arena a = { 0 };
    char *kept = arena_copy(&a, "kept", 5);
    struct arena_mark mark = arena_mark(&a);
    unsigned char *p = arena_alloc(&a, 8);

    (void)state;
    memset(p, 0xff, 8);
    arena_alloc(&a, (size_t)1 << 20); /* a block of its own */
    arena_reset(&a, mark);
    assert_string_equal(kept, "kept");
    assert_ptr_equal(arena_alloc(&a, 8), p);
    assert_int_equal(p[0], 0);
    arena_free(&a);
}

static jmp_buf out_of_memory_was_called;

static void
note_out_of_memory(void)
{
    longjmp(out_of_memory_was_called, 1);
}

static void
arena_reports_a_size_that_cannot_be(void **state)
{
    struct arena a = { .out_of_memory = note_out_of_memory };

    (void)state;
    if (setjmp(out_of_memory_was_called) == 0) {
        arena_alloc(&a, SIZE_MAX - 3);
        fail_msg("arena_alloc returned");
    }
    arena_free(&a);
}

static void
vec_keeps_its_items_while_growing(void **state)
{
    struct arena a = { 0 };
    struct {
        VEC(size_t) all;
    } v = { 0 };

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        VEC_PUSH(&a, &v.all, i * i);
    assert_int_equal(v.all.count, 1000);
    VEC_EACH (i, &v.all)
        assert_int_equal(v.all.items[i], i * i);
    arena_free(&a);
}

/* ---- slices ---- */

static void
none_is_not_empty(void **state)
{
    (void)state;
    assert_true(slice_is_none(SLICE_NONE));
    assert_true(slice_is_none(slice_from(NULL)));
    assert_false(slice_is_none(SLICE("")));
    assert_true(slice_equal(SLICE_NONE, SLICE("")));
}

static void
slices_compare_by_bytes_and_fold_ascii_only(void **state)
{
    (void)state;
    assert_true(slice_compare(SLICE("ab"), SLICE("abc")) < 0);
    assert_true(slice_compare(SLICE("b"), SLICE("abc")) > 0);
    assert_true(slice_compare(SLICE("\xc3\xa4"), SLICE("z")) > 0);
    assert_int_equal(slice_compare(SLICE_NONE, SLICE("")), 0);
    assert_true(slice_equal_fold(SLICE("VarChar"), SLICE("varcHAR")));
    assert_false(slice_equal_fold(SLICE("\xc3\x84"), SLICE("\xc3\xa4")));
    assert_false(slice_is(SLICE("a\0b"), "a"));
}

static void
slice_sub_stays_inside(void **state)
{
    (void)state;
    assert_slice(slice_sub(SLICE("abc"), 1, 2), "b");
    assert_slice(slice_sub(SLICE("abc"), 1, 99), "bc");
    assert_slice(slice_sub(SLICE("abc"), 9, 1), "");
    assert_true(slice_is_none(slice_sub(SLICE_NONE, 0, 3)));
    assert_slice(slice_trim(SLICE(" \t\r\n a b \v\f")), "a b");
    assert_slice(slice_trim(SLICE("  ")), "");
    assert_true(slice_starts(SLICE("abc"), "ab"));
    assert_false(slice_starts(SLICE("a"), "ab"));
    assert_true(slice_ends(SLICE("abc"), "bc"));
    assert_false(slice_ends(SLICE("c"), "bc"));
    assert_true(slice_holds(SLICE("abcd"), SLICE("bc")));
    assert_true(slice_holds(SLICE("ab"), SLICE("ab")));
    assert_true(slice_holds(SLICE_NONE, SLICE("")));
    assert_false(slice_holds(SLICE("abd"), SLICE("bc")));
    assert_false(slice_holds(SLICE("b"), SLICE("bc")));
}

static void
slice_hash_is_fnv_1a_on_every_machine(void **state)
{
    (void)state;
    assert_true(slice_hash(SLICE("")) == UINT64_C(0xcbf29ce484222325));
    assert_true(slice_hash(SLICE("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(slice_hash(SLICE("foobar")) == UINT64_C(0x85944171f73967e8));
}

/* ---- text ---- */

static void
text_grows_and_is_never_none(void **state)
{
    struct arena a = { 0 };
    struct text t;

    (void)state;
    text_init(&t, &a);
    assert_false(slice_is_none(text_slice(&t)));
    assert_int_equal(text_slice(&t).len, 0);
    text_add(&t, SLICE_NONE);
    text_addz(&t, "a");
    text_addf(&t, "%d-%s", 42, "x");
    text_repeat(&t, '.', 3);
    text_addc(&t, '!');
    assert_slice(text_slice(&t), "a42-x...!");
    text_repeat(&t, 'y', 10000);
    assert_int_equal(t.len, 10009);
    arena_free(&a);
}

/* `format` as the C library writes it, too. */
static void PRINTF_LIKE(1, 2)
assert_formats_as_the_library(const char *format, ...)
{
    struct arena a = { 0 };
    char expected[500];
    va_list args;
    struct slice s;

    va_start(args, format);
    assert_true(vsnprintf(expected, sizeof expected, format, args) >= 0);
    va_end(args);
    va_start(args, format);
    s = slice_vformat(&a, format, args);
    va_end(args);
    assert_string_equal(s.ptr, expected); /* that a NUL is behind it */
    assert_int_equal(s.len, strlen(expected));
    arena_free(&a);
}

static void
text_formats_as_the_library(void **state)
{
    static const char text[] = "abc\0def";

    (void)state;
    assert_formats_as_the_library("%s", "");
    assert_formats_as_the_library("plain 100%%, %s", "then");
    assert_formats_as_the_library("<%.*s|%.*s|%.*s|%.*s>", 0, text, 2, text, 7, text, -1,
                                  text);
    assert_formats_as_the_library("%d %d %d %d", 0, -1, INT_MAX, INT_MIN);
    assert_formats_as_the_library("%ld,%ld,%ld", 0L, LONG_MAX, LONG_MIN);
    assert_formats_as_the_library("%u%zu%c%u", 0U, SIZE_MAX, 'x', UINT_MAX);
    assert_formats_as_the_library("%s%5d|%-4s|%.3s|%04x|%lld|%s", "own ", 42, "ab",
                                  "long", 255U, LLONG_MIN, "behind one of the library");
    assert_formats_as_the_library("%zu:%.2f:%zu", (size_t)9, 1.5, (size_t)10);
    assert_formats_as_the_library("%lu %llu %li", 1UL, 2ULL, 3L);
}

/* ---- map ---- */

static void
map_finds_everything_in_the_order_of_insertion(void **state)
{
    static int values[5000];
    struct arena a = { 0 };
    struct map m;

    (void)state;
    map_init(&m, &a);
    assert_null(map_get(&m, SLICE("x")));
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        assert_null(map_put(&m, slice_format(&a, "key%zu", i), &values[i]));
    assert_int_equal(m.count, ARRAY_LEN(values));
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        assert_ptr_equal(map_get(&m, slice_format(&a, "key%zu", i)), &values[i]);
        assert_ptr_equal(m.entries[i].value, &values[i]);
    }
    assert_false(map_has(&m, SLICE("KEY1")));
    arena_free(&a);
}

static void
map_put_replaces_and_tells_what_was_there(void **state)
{
    int first, second;
    struct arena a = { 0 };
    struct map m;

    (void)state;
    map_init(&m, &a);
    map_put(&m, SLICE("x"), &first);
    assert_ptr_equal(map_put(&m, SLICE("x"), &second), &first);
    assert_ptr_equal(map_get(&m, SLICE("x")), &second);
    assert_int_equal(m.count, 1);
    map_put(&m, SLICE("nothing"), NULL);
    assert_true(map_has(&m, SLICE("nothing")));
    arena_free(&a);
}

/* ---- sqltext ---- */

static void
assert_pieces(struct sqltext t, const char *const *pieces)
{
    struct sqltext_token token;

    while ((token = sqltext_next(&t)).kind != SQLTEXT_END) {
        assert_non_null(*pieces);
        assert_true(slice_is(token.text, *pieces++));
    }
    assert_null(*pieces);
}

static void
sqltext_cuts_words_strings_and_comments(void **state)
{
    static const char *const plain[] = {
        "a$1", " \n", "\"b \"\" c\"", "'it''s'", "E'\\' '", "$x$ $ $x$", "$",
        "1e5", "--z",  "\n", "/* /* */ */", "[", "d", "]", NULL };
    static const char *const lite[] = { "[d 'e]", "$", "a$", "/* /* */", NULL };
    static const char *const open[] = { "'a", NULL };

    (void)state;
    assert_pieces((struct sqltext){ SLICE("a$1 \n\"b \"\" c\"'it''s'E'\\' '$x$ $ $x$$1e5"
                                          "--z\n/* /* */ */[d]"),
                                    false },
                  plain);
    assert_pieces((struct sqltext){ SLICE("[d 'e]$a$/* /* */"), true }, lite);
    assert_pieces((struct sqltext){ SLICE("'a"), false }, open);
}

static void
sqltext_says_names_outside_of_strings_and_comments(void **state)
{
    struct sqltext t = { SLICE("Abc 'x' \"Q\"\"q\" -- c"), false };

    (void)state;
    assert_true(sqltext_says_name(t, SLICE("abc")));
    assert_true(sqltext_says_name(t, SLICE("Q\"q")));
    assert_false(sqltext_says_name(t, SLICE("q\"q")));
    assert_false(sqltext_says_name(t, SLICE("Q")));
    assert_false(sqltext_says_name(t, SLICE("ab")));
    assert_false(sqltext_says_word(t, "x"));
    assert_false(sqltext_says_word(t, "c"));
    assert_true(sqltext_says_word(t, "abc"));
}

static void
sqltext_gives_one_name_after_the_other(void **state)
{
    struct sqltext t = { SLICE("Abc + 'x', 5.\"Q\" -- c\n/* d */e;"), false };
    static const char *const names[] = { "abc", "Q", "e" };
    struct arena a = { 0 };
    struct slice name;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_true(sqltext_next_name(&t, &a, &name));
        assert_true(slice_is(name, names[i]));
    }
    assert_false(sqltext_next_name(&t, &a, &name));
    arena_free(&a);
}

static void
sqltext_gives_what_stands_between_quotes(void **state)
{
    struct sqltext t = { SLICE("'a' E'b' $$c$$ $d$e$d$ \"F\"\"f\" Gg '"), false };
    static const char *const inside[] = { "a", "b", "c", "e" };
    struct arena a = { 0 };

    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_true(slice_is(sqltext_inside(sqltext_next_code(&t)), inside[i]));
    assert_true(slice_is(sqltext_name(&a, sqltext_next_code(&t)), "F\"f"));
    assert_true(slice_is(sqltext_name(&a, sqltext_next_code(&t)), "gg"));
    assert_true(slice_is(sqltext_inside(sqltext_next_code(&t)), ""));
    arena_free(&a);
}

static void
intern_gives_one_copy_of_each_text(void **state)
{
    char written[] = "name";
    struct arena a = { 0 };
    struct map names;
    struct slice first;

    (void)state;
    map_init(&names, &a);
    first = intern(&names, slice_from(written));
    written[0] = 'X';
    assert_slice(first, "name");
    assert_ptr_equal(intern(&names, SLICE("name")).ptr, first.ptr);
    assert_false(slice_is_none(intern(&names, SLICE_NONE)));
    arena_free(&a);
}

/* ---- files ---- */

struct folder {
    struct arena arena;
    const char *path;
};

static int
make_folder(void **state)
{
    struct folder *f = calloc(1, sizeof *f);
    char path[] = "unit-XXXXXX";

    if (f == NULL || mkdtemp(path) == NULL)
        return -1;
    f->path = slice_z(&f->arena, slice_from(path));
    *state = f;
    return 0;
}

static const char *
in_folder(struct folder *f, const char *name)
{
    return slice_z(&f->arena, slice_format(&f->arena, "%s/%s", f->path, name));
}

static int
remove_folder(void **state)
{
    struct folder *f = *state;
    static const char *const inside[] = { "a.sql", "b.sql", "x/y", "x", "empty" };

    for (size_t i = 0; i < ARRAY_LEN(inside); i++)
        (void)remove(in_folder(f, inside[i]));
    (void)rmdir(f->path);
    arena_free(&f->arena);
    free(f);
    return 0;
}

static void
file_is_written_only_when_it_changes(void **state)
{
    struct folder *f = *state;
    const char *path = in_folder(f, "a.sql");
    struct slice read;
    int error;

    assert_int_equal(file_write_if_changed(path, SLICE("one\0two"), &error),
                     FILE_WRITTEN);
    assert_int_equal(file_write_if_changed(path, SLICE("one\0two"), &error),
                     FILE_UNCHANGED);
    assert_int_equal(file_read(&f->arena, path, &read), 0);
    assert_true(slice_equal(read, SLICE("one\0two")));
    assert_int_equal(file_write_if_changed(path, SLICE(""), &error), FILE_WRITTEN);
    assert_int_equal(file_read(&f->arena, path, &read), 0);
    assert_int_equal(read.len, 0);
    assert_false(slice_is_none(read));
}

static mode_t
mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode;
}

static void
written_files_keep_links_and_permissions(void **state)
{
    struct folder *f = *state;
    const char *file = in_folder(f, "a.sql");
    const char *link = in_folder(f, "b.sql");
    struct slice read;
    int error;

    assert_int_equal(file_write_if_changed(file, SLICE("one"), &error), FILE_WRITTEN);
    assert_int_equal(chmod(file, 0640), 0);
    assert_int_equal(symlink("a.sql", link), 0);
    assert_int_equal(file_write_if_changed(link, SLICE("two"), &error), FILE_WRITTEN);
    assert_true(S_ISLNK(mode_of(link)));
    assert_int_equal(mode_of(file) & 07777, 0640);
    assert_int_equal(file_read(&f->arena, file, &read), 0);
    assert_true(slice_equal(read, SLICE("two")));
}

static void
devices_are_written_to_and_read_only_files_are_not(void **state)
{
    struct folder *f = *state;
    const char *file = in_folder(f, "a.sql");
    int error;

    assert_int_equal(file_write_if_changed("/dev/null", SLICE("x"), &error),
                     FILE_WRITTEN);
    assert_true(S_ISCHR(mode_of("/dev/null")));
    assert_int_equal(file_write_if_changed(file, SLICE("one"), &error), FILE_WRITTEN);
    assert_int_equal(chmod(file, 0444), 0);
    if (geteuid() == 0)
        return; /* nothing is read-only to root */
    assert_int_equal(file_write_if_changed(file, SLICE("two"), &error), FILE_FAILED);
    assert_int_equal(error, EACCES);
}

static void
file_errors_are_told_by_number(void **state)
{
    struct folder *f = *state;
    struct slice read;
    int error;

    assert_int_equal(file_read(&f->arena, f->path, &read), EISDIR);
    assert_int_equal(file_read(&f->arena, in_folder(f, "none"), &read), ENOENT);
    assert_int_equal(file_write_if_changed(in_folder(f, "none/x"), SLICE("x"), &error),
                     FILE_FAILED);
    assert_int_equal(error, ENOENT);
}

static void
folders_are_made_and_listed_in_order(void **state)
{
    struct folder *f = *state;
    struct file_names names;
    int error;

    assert_int_equal(file_make_folders(in_folder(f, "x/y")), 0);
    assert_int_equal(file_make_folders(in_folder(f, "x/y")), 0);
    assert_true(file_is_folder(in_folder(f, "x/y")));
    (void)file_write_if_changed(in_folder(f, "b.sql"), SLICE("b"), &error);
    (void)file_write_if_changed(in_folder(f, "a.sql"), SLICE("a"), &error);
    assert_true(file_exists(in_folder(f, "a.sql")));
    assert_false(file_is_folder(in_folder(f, "a.sql")));
    assert_int_equal(file_make_folders(in_folder(f, "a.sql/z")), EEXIST);
    assert_int_equal(file_list(&f->arena, f->path, &names), 0);
    assert_int_equal(names.names.count, 3);
    assert_string_equal(names.names.items[0], "a.sql");
    assert_string_equal(names.names.items[1], "b.sql");
    assert_string_equal(names.names.items[2], "x");
}

/* ---- diag ---- */

static const char *
nearest(const char *wrong, const struct slice *names, size_t count)
{
    static char found[80];
    struct slice s = diag_nearest(slice_from(wrong), names, count);

    snprintf(found, sizeof found, "%.*s", SLICE_ARG(slice_is_none(s) ? SLICE("-") : s));
    return found;
}

static void
nearest_name_is_given_only_when_sure(void **state)
{
    static const struct slice names[] = {
        { "plate", 5 }, { "phone_number", 12 }, { "entry_at", 8 }, { "exit_at", 7 }
    };

    (void)state;
    assert_string_equal(nearest("plat", names, 4), "plate");
    assert_string_equal(nearest("plato", names, 4), "plate");
    assert_string_equal(nearest("plain", names, 4), "-");
    assert_string_equal(nearest("phonenumbr", names, 4), "phone_number");
    assert_string_equal(nearest("entryat", names, 4), "entry_at");
    assert_string_equal(nearest("color", names, 4), "-");
    assert_string_equal(nearest("x", names, 0), "-");
}

static void
nearest_name_is_never_a_tie(void **state)
{
    static const struct slice names[] = { { "col_a", 5 }, { "col_b", 5 } };

    (void)state;
    assert_string_equal(nearest("col_c", names, 2), "-");
}

static void
rendering_shows_the_line_and_a_caret(void **state)
{
    struct session s;
    struct text out;
    struct diag *d;
    uint32_t source;

    (void)state;
    session_init(&s);
    source = source_add(&s.arena, &s.sources, SLICE("a.sql"),
                        SLICE("CREATE TABLE t (\n    \xc3\xa4 INTEGRR\n);\n"));
    d = diag_add(&s.diags, D_SYNTAX, (struct span){ source, 24, 31 }, "no type \"%s\"",
                 "integrr");
    diag_hint(&s.diags, d, "did you mean %s?", "integer");
    text_init(&out, &s.arena);
    diag_render_text(&s.arena, &s.sources, d, false, &out);
    assert_true(slice_starts(text_slice(&out), "a.sql:2:7: error["));
    text_addc(&out, '\0');
    assert_non_null(strstr(out.ptr, "no type \"integrr\""));
    assert_non_null(strstr(out.ptr, "    \xc3\xa4 INTEGRR"));
    assert_non_null(strstr(out.ptr, "^"));
    assert_non_null(strstr(out.ptr, "did you mean integer?"));
    assert_true(session_has_errors(&s));
    session_free(&s);
}

static void
errors_past_the_limit_are_counted(void **state)
{
    struct session s;

    (void)state;
    session_init(&s);
    for (int i = 0; i < DIAG_ERRORS_MAX + 7; i++)
        diag_add(&s.diags, D_SYNTAX, SPAN_NONE, "error %d", i);
    assert_int_equal(s.diags.all.count, DIAG_ERRORS_MAX);
    assert_int_equal(s.diags.dropped, 7);
    session_free(&s);
}

static void
places_count_characters_from_one(void **state)
{
    struct session s;
    struct place p;
    uint32_t n;

    (void)state;
    session_init(&s);
    n = source_add(&s.arena, &s.sources, SLICE("x"),
                   SLICE("a\r\n\xc3\xa4\xe2\x82\xac"
                         "b\n"));
    p = source_place(&s.arena, &s.sources, (struct span){ n, 8, 9 });
    assert_int_equal(p.line, 2);
    assert_int_equal(p.column, 3);
    assert_slice(p.text, "\xc3\xa4\xe2\x82\xac"
                         "b");
    p = source_place(&s.arena, &s.sources, (struct span){ n, 10, 10 });
    assert_int_equal(p.line, 3);
    assert_int_equal(p.column, 1);
    session_free(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_reset_gives_back_what_came_after_the_mark),
        cmocka_unit_test(arena_reports_a_size_that_cannot_be),
        cmocka_unit_test(vec_keeps_its_items_while_growing),
        cmocka_unit_test(none_is_not_empty),
        cmocka_unit_test(slices_compare_by_bytes_and_fold_ascii_only),
        cmocka_unit_test(slice_sub_stays_inside),
        cmocka_unit_test(slice_hash_is_fnv_1a_on_every_machine),
        cmocka_unit_test(text_grows_and_is_never_none),
        cmocka_unit_test(text_formats_as_the_library),
        cmocka_unit_test(map_finds_everything_in_the_order_of_insertion),
        cmocka_unit_test(map_put_replaces_and_tells_what_was_there),
        cmocka_unit_test(sqltext_cuts_words_strings_and_comments),
        cmocka_unit_test(sqltext_says_names_outside_of_strings_and_comments),
        cmocka_unit_test(sqltext_gives_one_name_after_the_other),
        cmocka_unit_test(sqltext_gives_what_stands_between_quotes),
        cmocka_unit_test(intern_gives_one_copy_of_each_text),
        cmocka_unit_test_setup_teardown(file_is_written_only_when_it_changes, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(written_files_keep_links_and_permissions,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(
            devices_are_written_to_and_read_only_files_are_not, make_folder,
            remove_folder),
        cmocka_unit_test_setup_teardown(file_errors_are_told_by_number, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(folders_are_made_and_listed_in_order, make_folder,
                                        remove_folder),
        cmocka_unit_test(nearest_name_is_given_only_when_sure),
        cmocka_unit_test(nearest_name_is_never_a_tie),
        cmocka_unit_test(rendering_shows_the_line_and_a_caret),
        cmocka_unit_test(errors_past_the_limit_are_counted),
        cmocka_unit_test(places_count_characters_from_one),
    };

    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
