/*
 * The template engine: what each construct gives, to the blank, and where mistakes are
 * reported.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "gen/template.h"

struct fixture {
    struct session s;
    struct template_set set;
    struct record *root;
};

static void
begin(struct fixture *f)
{
    struct list *list;

    session_init(&f->s);
    f->set = (struct template_set){ .session = &f->s };
    map_init(&f->set.by_name, &f->s.arena);
    f->root = record_new(&f->s.arena);
    record_textz(f->root, "name", "Parking \"lot\"");
    record_bool(f->root, "yes", true);
    record_bool(f->root, "no", false);
    record_textz(f->root, "empty", "");
    record_number(f->root, "seven", 7);
    list = record_list(f->root, "tables");
    record_textz(list_record(list), "c", "a");
    record_textz(list_record(list), "c", "b");
    record_list(f->root, "none");
    record_textz(record_record(f->root, "schema"), "version", "1.2");
}

static struct template *
parse(struct fixture *f, const char *name, const char *text)
{
    struct template *t =
        template_parse(&f->s, slice_from(name), slice_from(name), slice_from(text));

    if (t != NULL)
        map_put(&f->set.by_name, t->name, t);
    return t;
}

static void
gives(const char *text, const char *expected)
{
    struct fixture f;
    struct template *t;
    struct text out;

    begin(&f);
    parse(&f, "part", "[${name|lower}]");
    t = parse(&f, "t", text);
    assert_non_null(t);
    text_init(&out, &f.s.arena);
    assert_true(template_render(&f.set, t->body, f.root, NULL, &out));
    assert_string_equal(slice_z(&f.s.arena, text_slice(&out)), expected);
    session_free(&f.s);
}

/* The mistake is found while parsing or rendering, and is at this line of the template.
 */
static void
is_wrong(const char *text, size_t line, const char *message)
{
    struct fixture f;
    struct template *t;
    struct text out;
    const struct diag *d;

    begin(&f);
    t = parse(&f, "t", text);
    text_init(&out, &f.s.arena);
    if (t != NULL)
        assert_false(template_render(&f.set, t->body, f.root, NULL, &out));
    assert_int_equal(f.s.diags.all.count, 1);
    d = f.s.diags.all.items[0];
    assert_int_equal(d->code, D_TEMPLATE);
    assert_int_equal(source_place(&f.s.arena, &f.s.sources, d->span).line, line);
    assert_string_equal(slice_z(&f.s.arena, d->message), message);
    session_free(&f.s);
}

static void
values(void **state)
{
    (void)state;
    gives("", "");
    gives("plain\n", "plain\n");
    gives("${seven} ${yes} ${empty}${schema.version}", "7 true 1.2");
    gives("${name|upper}", "PARKING \"LOT\"");
    gives("${name|c}", "Parking \\\"lot\\\"");
    gives("${name|json|lower}", "\"parking \\\"lot\\\"\"");
    gives("${ name }", "Parking \"lot\"");
}

static void
directives_take_their_line(void **state)
{
    (void)state;
    gives("a\n% if yes\nb\n% end\nc\n", "a\nb\nc\n");
    gives("a\n    % if no\nb\n    % else\nx\n% end\nc", "a\nx\nc");
    gives("% if not no\nb\n% end", "b\n");
    gives("% # nobody reads this\nb\n", "b\n");
    gives("%\nb\n", "b\n");
    gives("% for t in tables\n${t.c}${loop.number};\n% end\n", "a1;\nb2;\n");
    gives("% for t in none\nx\n% end\n", "");
}

static void
directives_within_a_line(void **state)
{
    (void)state;
    gives("(%{for t in tables}%{if not loop.first}, %{end}${t.c}%{end})\n", "(a, b)\n");
    gives("%{if empty}x%{else}y%{end}z\n", "yz\n");
    gives("<%{include part}>\n", "<[parking \"lot\"]>\n");
    gives("% for a in tables\n% for b in tables\n${a.c}${b.c}%{if loop.last}.%{end}\n"
          "% end\n% end\n",
          "aa\nab.\nba\nbb.\n");
}

static void
escapes(void **state)
{
    (void)state;
    gives("$${name}", "${name}");
    gives("%%{if}", "%{if}");
    gives("a\n%% b\n", "a\n% b\n");
    gives("  %% b\n", "  % b\n");
    gives("100 % x $ y {z}\n", "100 % x $ y {z}\n");
    gives("a %% b\n", "a %% b\n");
}

static void
c_strings_are_plain_ascii(void **state)
{
    struct fixture f;
    struct text out;
    struct template *t;

    (void)state;
    begin(&f);
    record_textz(f.root, "odd", "a\\\n\t\"?\?/ \303\2661 */ /*");
    t = parse(&f, "t", "${odd|c}|${odd|comment}");
    text_init(&out, &f.s.arena);
    assert_true(template_render(&f.set, t->body, f.root, NULL, &out));
    assert_string_equal(slice_z(&f.s.arena, text_slice(&out)),
                        "a\\\\\\n\\011\\\"?\\?/ \\303\\2661 */ /*|"
                        "a  \t\"?\?/ \303\2661 * / / *");
    session_free(&f.s);
}

static void
comparisons(void **state)
{
    (void)state;
    gives("%{if seven is 7}a%{else}b%{end}", "a");
    gives("%{if seven is not 7}a%{else}b%{end}", "b");
    gives("%{if not seven is 8}a%{end}%{if not seven is not 7}b%{end}", "ab");
    gives("%{if yes is true}a%{end}%{if schema.version is 1.2}b%{end}", "ab");
    gives("%{if seven is not}a%{else}b%{end}", "b");
}

static void
markdown_is_only_text(void **state)
{
    struct fixture f;
    struct text out;
    struct template *t;

    (void)state;
    begin(&f);
    record_textz(f.root, "odd", "a_b _c_ *d* `e` [f](g) <h> i|j\n\\ #k &amp;");
    t = parse(&f, "t", "${odd|markdown}");
    text_init(&out, &f.s.arena);
    assert_true(template_render(&f.set, t->body, f.root, NULL, &out));
    assert_string_equal(slice_z(&f.s.arena, text_slice(&out)),
                        "a_b \\_c\\_ \\*d\\* \\`e\\` \\[f\\](g) \\<h\\> i\\|j "
                        "\\\\ \\#k \\&amp;");
    session_free(&f.s);
}

#define A_CONDITION                                                                      \
    "a condition is `if name`, `if not name`, `if name is WORD` or `if name is not WORD`"

static void
mistakes(void **state)
{
    (void)state;
    is_wrong("a\n${nmae}\n", 2, "there is no value nmae");
    is_wrong("${schema.nmae}\n", 1, "there is no value schema.nmae");
    is_wrong("${name.x}\n", 1, "there is no value name.x");
    is_wrong("${schema}\n", 1, "a list or record has no text: schema");
    is_wrong("\n\n% for t in name\n% end\n", 3, "a loop needs a list: name");
    is_wrong("a\n% if yes\nb\n", 2, "the block has no end");
    is_wrong("a\n% end\n", 2, "an end or else without its block");
    is_wrong("% for t in tables\n% else\n% end\n", 2, "an else without an if");
    is_wrong("% if yes\n% else\n% else\n% end\n", 3, "a second else");
    is_wrong("x ${name\n", 1, "the brace is not closed");
    is_wrong("% include nothing\n", 1, "there is no template of this name: nothing");
    is_wrong("% unless yes\n", 1,
             "there is no such directive: if else for end include file");
    is_wrong("% if yes and no\n% end\n", 1, A_CONDITION);
    is_wrong("% if seven are 7\n% end\n", 1, A_CONDITION);
    is_wrong("% if seven is\n% end\n", 1, A_CONDITION);
    is_wrong("% if seven is 7 7\n% end\n", 1, A_CONDITION);
    is_wrong("% if tables is 7\n% end\n", 1, "a list or record has no text: tables");
    is_wrong("\n% include t\n", 2, "inclusions are nested too deeply: t");
    is_wrong("${name|shout}\n", 1,
             "there is no such filter: upper, lower, c, comment, json, markdown");
    is_wrong("${a b}", 1, "a value is ${name} or ${name.field}");
}

static void
inclusion_that_does_not_end(void **state)
{
    struct fixture f;
    struct text out;
    struct template *t;

    (void)state;
    begin(&f);
    t = parse(&f, "self", "% include self\n");
    text_init(&out, &f.s.arena);
    assert_false(template_render(&f.set, t->body, f.root, NULL, &out));
    assert_int_equal(f.s.diags.error_count, 1);
    session_free(&f.s);
}

static void
blocks_too_deep(void **state)
{
    struct fixture f;
    struct text in;

    (void)state;
    begin(&f);
    text_init(&in, &f.s.arena);
    for (int i = 0; i < TEMPLATE_DEPTH_MAX + 1; i++)
        text_addz(&in, "%{if yes}");
    for (int i = 0; i < TEMPLATE_DEPTH_MAX + 1; i++)
        text_addz(&in, "%{end}");
    assert_null(parse(&f, "deep", slice_z(&f.s.arena, text_slice(&in))));
    assert_int_equal(f.s.diags.all.items[0]->code, D_TEMPLATE);
    session_free(&f.s);
}

static void
the_file_that_a_template_writes(void **state)
{
    struct fixture f;
    struct text out;
    struct template *t;

    (void)state;
    begin(&f);
    t = parse(&f, "a", "% file x_${t.c}.h for t in tables\nbody\n");
    assert_non_null(t);
    assert_true(slice_is(t->item, "t"));
    assert_true(slice_is(t->item_list, "tables"));
    t = parse(&f, "b", "% file ${seven}.h if yes\nbody\n");
    assert_true(slice_is(t->condition, "yes"));
    text_init(&out, &f.s.arena);
    assert_true(template_render(&f.set, t->path, f.root, NULL, &out));
    assert_true(slice_is(text_slice(&out), "7.h"));
    assert_null(parse(&f, "c", "% file a.h when yes\n"));
    session_free(&f.s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(directives_take_their_line),
        cmocka_unit_test(directives_within_a_line),
        cmocka_unit_test(escapes),
        cmocka_unit_test(c_strings_are_plain_ascii),
        cmocka_unit_test(comparisons),
        cmocka_unit_test(markdown_is_only_text),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(inclusion_that_does_not_end),
        cmocka_unit_test(blocks_too_deep),
        cmocka_unit_test(the_file_that_a_template_writes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
