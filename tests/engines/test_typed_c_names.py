"""Every word of C and C++, and what their headers define, as the name of a column, of a
label and of a table: the code compiles as any standard, and rows go in and out.

The words are those of the standards, not of ours.
"""

import os
import random
import re
from pathlib import Path

from runner.engines import params

CORPUS = Path(__file__).resolve().parents[1] / "corpus/typed"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]

C = """auto break case char const continue default do double else enum extern float for
goto if inline int long register restrict return short signed sizeof static struct switch
typedef union unsigned void volatile while _Alignas _Alignof _Atomic _Bool _Complex
_Generic _Imaginary _Noreturn _Static_assert _Thread_local alignas alignof bool constexpr
false nullptr static_assert thread_local true typeof typeof_unqual _BitInt _Decimal32
_Decimal64 _Decimal128""".split()

CPP = """and and_eq asm bitand bitor catch char8_t char16_t char32_t class compl concept
consteval constinit const_cast co_await co_return co_yield decltype delete dynamic_cast
explicit export friend mutable namespace new noexcept not not_eq operator or or_eq private
protected public reinterpret_cast requires static_cast template this throw try typeid
typename using virtual wchar_t xor xor_eq final override import module""".split()

# Macros, some of them only where the standard is gnu11.
HEADERS = """NULL EOF errno assert offsetof setjmp stdin stdout stderr va_arg va_copy
va_end va_list va_start complex imaginary noreturn I linux unix i386 INT_MAX UINT64_C
SIZE_MAX INT64_MIN BUFSIZ RAND_MAX EXIT_SUCCESS CHAR_BIT DBL_MAX NAN INFINITY SIG_DFL
CLOCKS_PER_SEC size_t int64_t uint8_t ptrdiff_t wint_t FILE time_t main printf malloc free
memcpy strlen signal sigaction schemac schemac_db schemac_text schemac_status
SCHEMAC_OK""".split()

# Parts of names that generated code makes itself.
OURS = """db row rows count key keys columns cursor from to order status mask all get
insert update delete upsert find scan next close open attach check migrate version
versions enums migrations tables table column load exists range by_id id_value arena items
value is_set list deleted id_list delete_list label_labels new_mask NEW ALL COL_ID
initial INITIAL""".split()

WORDS = list(dict.fromkeys([*C, *CPP, *HEADERS, *OURS]))


def quoted(word):
    return '"' + word + '"'


def folded_once(words):
    """SQLite takes no two names of tables or columns that differ by case only."""
    return list({word.lower(): word for word in reversed(words)}.values())


def declarations():
    """Each word is a column and a label; of tables, whose names have that of the schema
    in front, those that could be functions of others, and some."""
    words = folded_once(WORDS)
    labels = ", ".join(f"'{word}'" for word in WORDS)
    yield f"CREATE TYPE label AS ENUM ({labels});"
    columns = ",\n".join(f"{quoted(word)} INTEGER" for word in words
                         if word.lower() != "id")
    yield f"CREATE TABLE of_words (id INTEGER PRIMARY KEY,\n{columns},\nlabelled label);"
    for word in folded_once([*words[::8], *OURS]):
        yield (f"CREATE TABLE {quoted(word)} (id INTEGER PRIMARY KEY, word TEXT "
               f"CHECK (word IN ({labels})), {quoted('of_' + word)} TEXT UNIQUE);")
        yield f"CREATE INDEX {quoted('i_' + word)} ON {quoted(word)} (id, word);"


def generated(env):
    schema = env.dir / "corpus"
    schema.mkdir()
    (schema / "1.0.0.sql").write_text("\n".join(declarations()) + "\n")
    env.ok("gen", "-q", "--out", "code", schema)
    return env.dir / "code"


def clean(env, *command):
    done = env.run(*command)
    env.check(done.code == 0 and done.err == "", done.story()[:3000])


def table_sources(folder):
    """The wide table, the enums and some of the others, which are alike."""
    all_of_them = sorted(folder.glob("*.c"))
    few = random.Random(1).sample(all_of_them, 12)
    return [*few, folder / "corpus.c", folder / "corpus_of_words.c",
            folder / "corpus_enums.c"]


@params(("gcc", "c11"), ("gcc", "gnu17"), ("gcc", "c2x"), ("clang", "c11"),
        ("clang", "gnu17"))
def test_compiles(env, compiler, standard):
    env.check(len(WORDS) > 200, "there are fewer words than there were")
    folder = generated(env)
    clean(env, compiler, f"-std={standard}", *WARNINGS, "-fsyntax-only",
          f"-I{env.root}/src/runtime", *table_sources(folder))


@params("c++11", "c++20", "gnu++17")
def test_headers(env, standard):
    """Behind the headers that define most."""
    folder = generated(env)
    headers = ["complex", "csignal", "cstdio", "cstdarg", "cmath", "climits", "cassert",
               "cerrno", "cstddef", "cstdlib", "ctime", "csetjmp"]
    (env.dir / "all.cpp").write_text("".join(f"#include <{h}>\n" for h in headers)
                                     + '#include "corpus.h"\n')
    clean(env, "g++", f"-std={standard}", *WARNINGS, "-fsyntax-only",
          f"-I{env.root}/src/runtime", f"-I{folder}", "all.cpp")


@params("sqlite", "postgres")
def test_rows(env, engine):
    """Each table takes rows, which come back as they went in."""
    folder = generated(env)
    library = {"sqlite": ["libschemac-sqlite.a", "-lsqlite3"],
               "postgres": ["libschemac-postgres.a", "-lpq"]}[engine]
    done = env.run("gcc", "-std=c11", "-O0", f"-I{env.root}/src/runtime", f"-I{folder}",
                   *os.environ.get("SANITIZE", "").split(), "-o", "app",
                   *sorted(folder.glob("*.c")),
                   *sorted(CORPUS.glob("*.c")), env.context.build / library[0],
                   library[1], "-lm")
    env.check(done.code == 0, done.story()[:3000])
    url = env.postgres() if engine == "postgres" else "app.db"
    done = env.run("./app", url, "1")
    filled = re.search(r"filled=(\d+)", done.out)
    env.check(done.code == 0 and "differs" not in done.out, done.story()[:3000])
    env.check(filled and int(filled.group(1)) > len(folded_once(OURS)),
              done.story()[:3000])
