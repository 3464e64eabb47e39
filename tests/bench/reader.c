/*
 * The reader beside PostgreSQL's own raw parser, in one process: what `make bench-reader`
 * times and counts.
 *
 *     reader times FILE ROUNDS   best seconds of each, taken in turn
 *     reader WORK FILE           one piece of work, for callgrind --toggle-collect
 *
 * WORK is parse (lexer, parser and tree), check (that and the catalog) or raw, which is
 * PostgreSQL's.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "resolve/resolve.h"
#include "syntax/parse.h"

/* Of libpg_query.a; its own header needs headers that are not installed. */
struct raw_parsed {
    void *tree;
    char *messages;
    void *error;
};
struct raw_parsed pg_query_raw_parse(const char *text);
void *pg_query_enter_memory_context(void);
void pg_query_exit_memory_context(void *context);

bool bench_parse(const char *path, struct slice text);
bool bench_check(const char *path, struct slice text);
bool bench_raw(const char *path, struct slice text);

bool
bench_parse(const char *path, struct slice text)
{
    struct session s;
    struct ast *ast;
    bool good;

    session_init(&s);
    good =
        parse_source(&s, source_add(&s.arena, &s.sources, slice_from(path), text), &ast);
    session_free(&s);
    return good;
}

/* As the command does it, the reading of the file included. */
bool
bench_check(const char *path, struct slice text)
{
    struct session s;
    struct ast *ast;
    struct catalog *catalog;
    bool good;

    (void)text;
    session_init(&s);
    good = file_read(&s.arena, path, &text) == 0;
    good = good
           && parse_source(&s, source_add(&s.arena, &s.sources, slice_from(path), text),
                           &ast);
    if (good) {
        const struct ast *asts[] = { ast };
        struct resolve_input in = { .asts = asts, .count = 1 };

        good = resolve_catalog(&s, &in, &catalog);
    }
    session_free(&s);
    return good;
}

bool
bench_raw(const char *path, struct slice text)
{
    void *context = pg_query_enter_memory_context();
    struct raw_parsed parsed = pg_query_raw_parse(text.ptr);

    (void)path;
    pg_query_exit_memory_context(context);
    return parsed.error == NULL;
}

static const struct work {
    const char *name;
    bool (*run)(const char *path, struct slice text);
} works[] = {
    { "parse", bench_parse },
    { "check", bench_check },
    { "raw", bench_raw },
};

static double
seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
run_times(const char *path, struct slice text, long rounds)
{
    double best[ARRAY_LEN(works)];

    for (long round = 0; round < rounds; round++)
        for (size_t i = 0; i < ARRAY_LEN(works); i++) {
            double begin = seconds_now();

            if (!works[i].run(path, text))
                return 1;
            begin = seconds_now() - begin;
            best[i] = round == 0 || begin < best[i] ? begin : best[i];
        }
    for (size_t i = 0; i < ARRAY_LEN(works); i++)
        printf("%s %.9f\n", works[i].name, best[i]);
    return 0;
}

int
main(int argc, char **argv)
{
    struct arena a = { 0 };
    struct slice text = SLICE_NONE;

    if (argc < 3)
        return 2;
    if (file_read(&a, argv[2], &text) != 0)
        return 2;
    text = slice_from(slice_z(&a, text));
    if (strcmp(argv[1], "times") == 0 && argc == 4)
        return run_times(argv[2], text, strtol(argv[3], NULL, 10));
    for (size_t i = 0; i < ARRAY_LEN(works); i++)
        if (strcmp(argv[1], works[i].name) == 0)
            return works[i].run(argv[2], text) ? 0 : 1;
    return 2;
}
