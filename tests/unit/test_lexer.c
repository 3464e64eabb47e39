/*
 * Characters to tokens, and what is reported about characters.
 */
#include "parsed.h"

#include "grammar/parser.h"
#include "syntax/token.h"

/* The texts of the tokens, each followed by '|'. */
static const char *
texts(struct parsed *p, const char *text)
{
    struct tokens tokens;
    struct text out;
    struct slice all = slice_from(text);

    session_init(&p->s);
    p->source = source_add(&p->s.arena, &p->s.sources, SLICE("t.sql"), all);
    text_init(&out, &p->s.arena);
    lex_span(&p->s, &p->s.arena, (struct span){ p->source, 0, (uint32_t)all.len },
             &tokens);
    VEC_EACH (i, &tokens.all) {
        if (tokens.all.items[i].kind == T_END)
            break;
        text_add(&out, token_text(&tokens, &tokens.all.items[i]));
        text_addc(&out, '|');
    }
    return slice_z(&p->s.arena, text_slice(&out));
}

static void
check_texts(const char *text, const char *expected)
{
    struct parsed p;

    assert_string_equal(texts(&p, text), expected);
    assert_string_equal(parsed_errors(&p), "");
    parsed_close(&p);
}

static void
tokens_are_cut(void **state)
{
    (void)state;
    check_texts("SELECT a.b,1.5", "SELECT|a|.|b|,|1.5|");
    check_texts("a -- b\nc /* d /* e */ f */ g", "a|c|g|");
    check_texts("\"a\"\"b\" `c` [d e] U&\"f\"", "\"a\"\"b\"|`c`|[d e]|U&\"f\"|");
    check_texts("'a''b' E'c\\'d' N'e' x'0F' b'01'", "'a''b'|E'c\\'d'|N'e'|x'0F'|b'01'|");
    check_texts("$$a'b$$ $x$ $$ $y$ $x$", "$$a'b$$|$x$ $$ $y$ $x$|");
    check_texts("$f$a$f$b", "$f$a$f$|b|");
    check_texts("1 1.5 .5 5. 1e3 1.5E-3 0xFF 1_000",
                "1|1.5|.5|5.|1e3|1.5E-3|0xFF|1_000|");
    check_texts("$1 ? ?2 :a @b $c", "$1|?|?2|:a|@b|$c|");
    check_texts("\xEF\xBB\xBFSELECT\r\n1\r\n", "SELECT|1|");
    check_texts("\xC3\xA4pfel", "\xC3\xA4pfel|");
}

static void
operators_are_the_longest_that_postgres_takes(void **state)
{
    (void)state;
    check_texts("a->>b||c", "a|->>|b||||c|");
    check_texts("a=-1", "a|=|-|1|");
    check_texts("a*-1", "a|*|-|1|");
    check_texts("a@-1", "a|@-|1|");
    check_texts("a!=-1", "a|!=|-|1|");
    check_texts("a<>b!=c==d", "a|<>|b|!=|c|==|d|");
    check_texts("a::int::text", "a|::|int|::|text|");
    check_texts("a-- b\n+c", "a|+|c|");
    check_texts("a+/* b */c", "a|+|c|");
    check_texts("a ?| b ?& c #>> d <-> e", "a|?||b|?&|c|#>>|d|<->|e|");
}

static void
brackets_quote_or_subscript(void **state)
{
    (void)state;
    check_texts("CREATE TABLE [a b] ([c] [int])", "CREATE|TABLE|[a b]|(|[c]|[int]|)|");
    check_texts("a[b]", "a|[|b|]|");
    check_texts("ARRAY [a, b[c]]", "ARRAY|[|a|,|b|[|c|]|]|");
    check_texts("a[1:n]", "a|[|1|:|n|]|");
    check_texts("text [] [3]", "text|[|]|[|3|]|");
    check_texts("[a].[b]", "[a]|.|[b]|");
}

static void
copy_data_and_client_commands_are_no_sql(void **state)
{
    (void)state;
    check_texts("COPY t (a) FROM stdin;\n1\t'x\n\\.\nSELECT 1",
                "COPY|t|(|a|)|FROM|stdin|;|1\t'x\n\\.|SELECT|1|");
    check_texts("\\connect a 'b\nSELECT 1 \\gset x\n2",
                "\\connect a 'b|SELECT|1|\\gset x|2|");
    check_texts(".mode box\nSELECT a\n.b", ".mode box|SELECT|a|.|b|");
    check_texts("# mysql\nSELECT 1 # 2", "SELECT|1|#|2|");
}

static void
check_report(const char *text, size_t bytes, const char *expected)
{
    struct parsed p;

    parsed_open(&p, text, bytes);
    assert_string_equal(parsed_errors(&p), expected);
    assert_false(p.good);
    parsed_close(&p);
}

#define CHECK_REPORT(text, expected) check_report(text, sizeof(text) - 1, expected)

static void
each_bad_byte_is_reported_once(void **state)
{
    (void)state;
    CHECK_REPORT("\xFF\xFES\0", "S0107 1:1 this text is UTF-16; schemac reads UTF-8 | "
                                "convert it: iconv -f UTF-16 -t UTF-8");
    CHECK_REPORT("SELECT\0 1;\nSELECT\0 2;", "S0104 1:7 a NUL byte cannot stand in SQL");
    CHECK_REPORT("SELECT '\xC3(';\nSELECT '\xFF';",
                 "S0105 1:9 the byte 0xC3 is not valid UTF-8 here");
    CHECK_REPORT("SELECT 1a;", "S0106 1:8 a number that runs into letters cannot stand "
                               "here | put a blank behind the number, or quote the name");
    CHECK_REPORT("SELECT \xE2\x80\x98x\xE2\x80\x98 FROM t;",
                 "S0106 1:8 the character \"\xE2\x80\x98\" cannot stand here | write ' "
                 "around strings, \" around names\n"
                 "S0106 1:10 the character \"\xE2\x80\x98\" cannot stand here | write ' "
                 "around strings, \" around names");
    CHECK_REPORT("SELECT\x01 1;", "S0106 1:7 a control character cannot stand here");
}

/* The rest of the line is lost, and the next statement is read. */
static void
unterminated_texts_point_at_their_quote(void **state)
{
    (void)state;
    CHECK_REPORT("SELECT 'a;\nSELECT 1;", "S0102 1:8 this string does not end");
    CHECK_REPORT("SELECT \"a;\nSELECT 1;", "S0102 1:8 this quoted name does not end");
    CHECK_REPORT("SELECT E'a\\';\n", "S0102 1:9 this string does not end");
    CHECK_REPORT("SELECT $x$a;\nSELECT 1;", "S0102 1:8 this dollar quote does not end");
    CHECK_REPORT("SELECT 1; /* /* */ SELECT 2;", "S0103 1:11 this comment does not end");
    CHECK_REPORT("CREATE TABLE [a (b int);",
                 "S0102 1:14 this bracketed name does not end");
}

static const char *
name_of(struct parsed *p, const char *text)
{
    struct tokens tokens;
    struct slice all = slice_from(text);

    session_init(&p->s);
    p->source = source_add(&p->s.arena, &p->s.sources, SLICE("t.sql"), all);
    lex_span(&p->s, &p->s.arena, (struct span){ p->source, 0, (uint32_t)all.len },
             &tokens);
    if (tokens.all.items[0].kind == T_SCONST)
        return slice_z(&p->s.arena, token_string(&p->s, &tokens, &tokens.all.items[0]));
    return slice_z(&p->s.arena, token_name(&p->s, &tokens, &tokens.all.items[0]));
}

static void
quotes_and_escapes_are_undone(void **state)
{
    static const char *const cases[][2] = {
        { "Abc", "abc" },
        { "\"Abc\"", "Abc" },
        { "\"A\"\"b\"", "A\"b" },
        { "`A``b`", "A`b" },
        { "[A b]", "A b" },
        { "U&\"d\\0061t\\+000061\"", "data" },
        { "'it''s'", "it's" },
        { "'a\\n'", "a\\n" },
        { "E'a\\n\\t\\\\\\'b''c'", "a\n\t\\'b'c" },
        { "E'\\x41\\102\\u00e4\\U0001F600'", "AB\xC3\xA4\xF0\x9F\x98\x80" },
        { "E'\\uD83D\\uDE00'", "\xF0\x9F\x98\x80" },
        { "E'\\uD83D'", "\xEF\xBF\xBD" },
        { "U&'\\0041\\\\'", "A\\" },
        { "$$a'b$$", "a'b" },
        { "$x$$$a$x$", "$$a" },
        { "N'a'", "a" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct parsed p;

        assert_string_equal(name_of(&p, cases[i][0]), cases[i][1]);
        parsed_close(&p);
    }
}

/* A word of each category stands where sql.y says it may. */
static void
keyword_lists_agree_with_the_grammar(void **state)
{
    static const struct {
        const char *word;
        enum keyword_category category;
    } words[] = {
#define UNRESERVED KEYWORD_UNRESERVED
#define AS_LABEL KEYWORD_AS_LABEL
#define COLUMN KEYWORD_COLUMN
#define FUNCTION KEYWORD_FUNCTION
#define RESERVED KEYWORD_RESERVED
#define KEYWORD(token, word, category) { word, category },
#include "grammar/keywords.def"
#undef KEYWORD
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        enum keyword_category c = words[i].category;
        struct parsed p;
        struct slice text;

        if (i > 0)
            assert_true(strcmp(words[i - 1].word, words[i].word) < 0);
        parsed_open(&p, "", 0);
        text = slice_format(&p.s.arena, "SELECT x.%s, y AS %s FROM t", words[i].word,
                            words[i].word);
        assert_true(parse_source(
            &p.s, source_add(&p.s.arena, &p.s.sources, SLICE("a"), text), &p.ast));
        text = slice_format(&p.s.arena, "INSERT INTO t (%s) VALUES (1)", words[i].word);
        assert_int_equal(
            parse_source(&p.s, source_add(&p.s.arena, &p.s.sources, SLICE("b"), text),
                         &p.ast),
            c == KEYWORD_UNRESERVED || c == KEYWORD_AS_LABEL || c == KEYWORD_COLUMN
                || strcmp(words[i].word, "any") == 0); /* a type of SQLite */
        parsed_close(&p);
    }
}

static void
a_name_may_not_be_endless(void **state)
{
    struct parsed p;
    struct text t;

    (void)state;
    parsed_open(&p, "", 0);
    text_init(&t, &p.s.arena);
    text_addz(&t, "SELECT ");
    text_repeat(&t, 'a', NAME_BYTES_LIMIT + 1);
    assert_false(parse_source(
        &p.s, source_add(&p.s.arena, &p.s.sources, SLICE("a"), text_slice(&t)), &p.ast));
    assert_string_equal(parsed_errors(&p),
                        "S0109 1:8 this name has 1001 bytes; at most 1000 are read");
    parsed_close(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_cut),
        cmocka_unit_test(operators_are_the_longest_that_postgres_takes),
        cmocka_unit_test(brackets_quote_or_subscript),
        cmocka_unit_test(copy_data_and_client_commands_are_no_sql),
        cmocka_unit_test(each_bad_byte_is_reported_once),
        cmocka_unit_test(unterminated_texts_point_at_their_quote),
        cmocka_unit_test(quotes_and_escapes_are_undone),
        cmocka_unit_test(keyword_lists_agree_with_the_grammar),
        cmocka_unit_test(a_name_may_not_be_endless),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
