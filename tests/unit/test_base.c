/*
 * The ground that everything stands on: arena marks, the ordered map, growing text, the
 * nearest name.  What goes wrong here shows only in large inputs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"
#include "diag/diag.h"

static void
test_arena_gives_zeroed_aligned_memory_again_after_a_reset(void **state)
{
    struct arena a = { 0 };
    struct arena_mark mark = arena_mark(&a);

    (void)state;
    for (size_t round = 0; round < 3; round++) {
        for (size_t bytes = 1; bytes < 100000; bytes = bytes * 3 + 1) {
            unsigned char *p = arena_alloc(&a, bytes);

            assert_int_equal((uintptr_t)p % ARENA_ALIGN, 0);
            for (size_t i = 0; i < bytes; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xA5, bytes);
        }
        arena_reset(&a, mark);
    }
    arena_free(&a);
}

static void
test_text_grows_and_keeps_what_it_has(void **state)
{
    struct arena a = { 0 };
    struct text t;
    size_t at = 0;

    (void)state;
    text_init(&t, &a);
    for (int i = 0; i < 20000; i++)
        text_addf(&t, "%d,", i % 10);
    assert_int_equal(text_slice(&t).len, 40000);
    for (int i = 0; i < 20000; i++, at += 2)
        assert_int_equal(text_slice(&t).ptr[at], '0' + i % 10);
    arena_free(&a);
}

static void
test_map_keeps_the_order_of_insertion(void **state)
{
    struct arena a = { 0 };
    struct map m;
    static int values[5000];

    (void)state;
    map_init(&m, &a);
    for (int i = 0; i < 5000; i++)
        assert_null(
            map_put(&m, slice_format(&a, "name_%d", i * 7919 % 5000), &values[i]));
    assert_ptr_equal(map_put(&m, slice_from("name_0"), &values[42]), &values[0]);
    assert_int_equal(m.count, 5000);
    for (int i = 1; i < 5000; i++) {
        assert_ptr_equal(m.entries[i].value, &values[i]);
        assert_ptr_equal(map_get(&m, m.entries[i].key), &values[i]);
    }
    assert_ptr_equal(m.entries[0].value, &values[42]);
    assert_null(map_get(&m, slice_from("name_5000")));
    arena_free(&a);
}

static void
test_nearest_name_is_given_only_when_it_is_sure(void **state)
{
    const struct slice names[] = { slice_from("vehicles"), slice_from("payments"),
                                   slice_from("rate_a"), slice_from("rate_b") };

    (void)state;
    assert_true(slice_is(diag_nearest(slice_from("vehicels"), names, 4), "vehicles"));
    assert_true(slice_is(diag_nearest(slice_from("payment"), names, 4), "payments"));
    assert_true(slice_is_none(diag_nearest(slice_from("rate_c"), names, 4)));
    assert_true(slice_is_none(diag_nearest(slice_from("invoices"), names, 4)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_gives_zeroed_aligned_memory_again_after_a_reset),
        cmocka_unit_test(test_text_grows_and_keeps_what_it_has),
        cmocka_unit_test(test_map_keeps_the_order_of_insertion),
        cmocka_unit_test(test_nearest_name_is_given_only_when_it_is_sure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
