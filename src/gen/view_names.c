/*
 * Names of C from names of SQL; see view_names.h for the rules.
 */
#include "gen/view_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

/*
 * Words that cannot be names: C11 and C23, C++20 with its alternative tokens, and macros
 * of standard headers (also those of gnu11) in lower case or short.  Sorted.
 */
static const char *const reserved[] = {
    /* clang-format off */
    "EOF", "I", "NULL", "alignas", "alignof", "and", "and_eq", "asm", "assert", "auto",
    "bitand", "bitor", "bool", "break", "case", "catch", "char", "char16_t", "char32_t",
    "char8_t", "class", "co_await", "co_return", "co_yield", "compl", "complex",
    "concept", "const", "const_cast", "consteval", "constexpr", "constinit", "continue",
    "decltype", "default", "delete", "do", "double", "dynamic_cast", "else", "enum",
    "errno", "explicit", "export", "extern", "false", "float", "for", "friend", "goto",
    "i386", "if", "imaginary", "inline", "int", "linux", "long", "mutable", "namespace",
    "new", "noexcept", "noreturn", "not", "not_eq", "nullptr", "offsetof", "operator",
    "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast",
    "requires", "restrict", "return", "setjmp", "short", "signed", "sizeof", "static",
    "static_assert", "static_cast", "stderr", "stdin", "stdout", "struct", "switch",
    "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid",
    "typename", "typeof", "typeof_unqual", "union", "unix", "unsigned", "using",
    "va_arg", "va_copy", "va_end", "va_list", "va_start", "virtual", "void", "volatile",
    "wchar_t", "while", "xor", "xor_eq",
    /* clang-format on */
};

static int
compare_word(const void *key, const void *word)
{
    return slice_compare(*(const struct slice *)key,
                         slice_from(*(const char *const *)word));
}

bool
name_is_reserved(struct slice name)
{
    return bsearch(&name, reserved, ARRAY_LEN(reserved), sizeof *reserved, compare_word)
           != NULL;
}

/* The code point at s.ptr[*at]; *at goes to its last byte.  Broken UTF-8 gives the byte.
 */
static uint32_t
code_point(struct slice s, size_t *at)
{
    unsigned char lead = (unsigned char)s.ptr[*at];
    size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    uint32_t point = more == 0 ? lead : lead & (0x3FU >> more);

    if (more >= s.len - *at)
        return lead;
    for (; more > 0; more--)
        point = point << 6 | ((unsigned char)s.ptr[++*at] & 0x3FU);
    return point;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

struct slice
name_part(struct arena *a, struct slice sql)
{
    struct text t;

    text_init(&t, a);
    for (size_t i = 0; i < sql.len; i++) {
        char c = sql.ptr[i];

        if (is_name_char(c))
            text_addc(&t, c);
        else if ((unsigned char)c < 0x80)
            text_addc(&t, '_');
        else
            text_addf(&t, "u%04x", (unsigned)code_point(sql, &i));
    }
    if (t.len == 0)
        text_addz(&t, "empty");
    return text_slice(&t);
}

static bool
is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* _Bool, __linux__: whatever begins so is the compiler's. */
static bool
is_of_the_compiler(struct slice name)
{
    return name.len > 1 && name.ptr[0] == '_'
           && (name.ptr[1] == '_' || is_capital(name.ptr[1]));
}

struct slice
name_field(struct arena *a, struct slice sql)
{
    struct slice part = name_part(a, sql);

    if (is_digit(part.ptr[0]))
        return slice_format(a, "_%.*s", SLICE_ARG(part));
    if (name_is_reserved(part) || is_of_the_compiler(part))
        return slice_format(a, "%.*s_", SLICE_ARG(part));
    return part;
}

/* Two letters at least, and none of them small. */
static bool
is_in_capitals(struct slice name)
{
    size_t letters = 0;

    for (size_t i = 0; i < name.len; i++) {
        if (!is_capital(name.ptr[i]) && !is_digit(name.ptr[i]) && name.ptr[i] != '_')
            return false;
        letters += is_capital(name.ptr[i]);
    }
    return letters > 1;
}

struct slice
name_not_in_capitals(struct arena *a, struct slice sql)
{
    char *to;

    if (!is_in_capitals(sql))
        return sql;
    to = arena_copy(a, sql.ptr, sql.len);
    for (size_t i = 0; i < sql.len; i++)
        if (is_capital(to[i]))
            to[i] = (char)(to[i] - 'A' + 'a');
    return (struct slice){ to, sql.len };
}

struct slice
name_upper(struct arena *a, struct slice name)
{
    struct slice upper = slice_copy(a, name);
    char *to = arena_copy(a, name.ptr, name.len);

    for (size_t i = 0; i < name.len; i++)
        if (to[i] >= 'a' && to[i] <= 'z')
            to[i] = (char)(to[i] - 'a' + 'A');
    upper.ptr = to;
    return upper;
}

struct slice
name_claim(struct map *taken, struct slice wanted, const char *suffix)
{
    struct slice name = wanted;

    if (map_has(taken, name))
        name = slice_format(taken->arena, "%.*s%s", SLICE_ARG(wanted), suffix);
    for (unsigned n = 2; map_has(taken, name); n++)
        name = slice_format(taken->arena, "%.*s%s_%u", SLICE_ARG(wanted), suffix, n);
    map_put(taken, name, taken);
    return name;
}
