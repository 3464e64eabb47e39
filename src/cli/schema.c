#define _XOPEN_SOURCE 700 /* realpath */

#include "cli/schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "resolve/resolve.h"
#include "syntax/parse.h"

/* The one file of a schema folder that is not a version. */
#define QUERIES_FILE "queries.sql"

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits with single dots between them. */
bool
version_is_valid(struct slice v)
{
    bool last_was_digit = false;

    for (size_t i = 0; i < v.len; i++) {
        if (!is_digit(v.ptr[i]) && (v.ptr[i] != '.' || !last_was_digit))
            return false;
        last_was_digit = is_digit(v.ptr[i]);
    }
    return last_was_digit;
}

/* Cut the next number off *v, without leading zeros; empty at the end. */
static struct slice
next_part(struct slice *v)
{
    size_t begin = 0;
    size_t end;
    struct slice part;

    while (begin + 1 < v->len && v->ptr[begin] == '0' && is_digit(v->ptr[begin + 1]))
        begin++;
    for (end = begin; end < v->len && v->ptr[end] != '.'; end++)
        ;
    part = slice_sub(*v, begin, end);
    *v = slice_sub(*v, end < v->len ? end + 1 : end, v->len);
    return part;
}

int
version_compare(struct slice a, struct slice b)
{
    while (a.len > 0 && b.len > 0) {
        struct slice x = next_part(&a);
        struct slice y = next_part(&b);
        int order = x.len != y.len ? (x.len < y.len ? -1 : 1) : slice_compare(x, y);

        if (order != 0)
            return order;
    }
    return a.len > 0 ? 1 : b.len > 0 ? -1 : 0;
}

static int
compare_versions(const void *a, const void *b)
{
    const struct schema_version *x = a;
    const struct schema_version *y = b;

    return version_compare(x->version, y->version);
}

static struct slice
last_part(struct slice path)
{
    size_t begin;

    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    for (begin = path.len; begin > 0 && path.ptr[begin - 1] != '/'; begin--)
        ;
    return slice_sub(path, begin, path.len);
}

/* "." and what ends in ".." have no name of their own: that of the folder they lead to.
 */
struct slice
schema_folder_name(struct session *s, const char *folder)
{
    struct slice name = last_part(slice_from(folder));
    char *real = NULL;

    if (slice_is(name, ".") || slice_is(name, ".."))
        real = realpath(folder, NULL);
    if (real != NULL)
        name = last_part(slice_from(slice_z(&s->arena, slice_from(real))));
    free(real);
    return name;
}

static void
add_version_file(struct session *s, struct schema *schema, const char *name)
{
    struct slice file = slice_from(name);
    struct schema_version v = { 0 };
    struct diag *d;

    if (!slice_ends(file, ".sql") || slice_is(file, QUERIES_FILE))
        return;
    v.version = slice_sub(file, 0, file.len - strlen(".sql"));
    v.path = slice_z(&s->arena, slice_format(&s->arena, "%s/%s", schema->folder, name));
    if (version_is_valid(v.version)) {
        VEC_PUSH(&s->arena, &schema->versions, v);
        return;
    }
    d = diag_add(&s->diags, D_BAD_VERSION, SPAN_NONE, "%s: \"%.*s\" is not a version",
                 v.path, SLICE_ARG(v.version));
    diag_hint(&s->diags, d,
              "a schema folder holds a file per version, such as 1.2.0.sql");
}

/* 1.0 and 1.0.0 differ, but 1.0 and 1.00 would be the same version twice. */
static void
check_no_version_twice(struct session *s, const struct schema *schema)
{
    for (size_t i = 1; i < schema->versions.count; i++) {
        const struct schema_version *a = &schema->versions.items[i - 1];
        const struct schema_version *b = &schema->versions.items[i];

        if (version_compare(a->version, b->version) == 0)
            diag_add(&s->diags, D_BAD_VERSION, SPAN_NONE,
                     "%s and %s are the same version", a->path, b->path);
    }
}

bool
schema_open(struct session *s, const char *folder, struct schema *out)
{
    struct file_names files;
    size_t errors = s->diags.error_count;
    int error = file_list(&s->arena, folder, &files);

    *out = (struct schema){ .folder = folder, .name = schema_folder_name(s, folder) };
    if (error != 0) {
        diag_add(&s->diags, D_FILE, SPAN_NONE, "cannot read the folder %s: %s", folder,
                 strerror(error));
        return false;
    }
    VEC_EACH (i, &files.names)
        add_version_file(s, out, files.names.items[i]);
    if (out->versions.count == 0 && errors == s->diags.error_count)
        diag_add(&s->diags, D_EMPTY_SOURCE, SPAN_NONE,
                 "%s holds no version (a file such as 1.0.0.sql)", folder);
    if (out->versions.count > 0)
        qsort(out->versions.items, out->versions.count, sizeof *out->versions.items,
              compare_versions);
    check_no_version_twice(s, out);
    return errors == s->diags.error_count;
}

static void
report_no_version(struct session *s, const struct schema *schema, struct slice version,
                  struct span asked)
{
    struct text known;
    struct diag *d =
        diag_add(&s->diags, D_NO_SUCH_VERSION, asked, "%s has no version \"%.*s\"",
                 schema->folder, SLICE_ARG(version));

    text_init(&known, &s->arena);
    VEC_EACH (i, &schema->versions)
        text_addf(&known, "%s%.*s", i == 0 ? "" : ", ",
                  SLICE_ARG(schema->versions.items[i].version));
    diag_hint(&s->diags, d, "it has %.*s", SLICE_ARG(text_slice(&known)));
}

struct schema_version *
schema_find(struct session *s, struct schema *schema, struct slice version,
            struct span asked)
{
    if (slice_is_none(version))
        return &schema->versions.items[schema->versions.count - 1];
    VEC_EACH (i, &schema->versions)
        if (slice_equal(schema->versions.items[i].version, version))
            return &schema->versions.items[i];
    report_no_version(s, schema, version, asked);
    return NULL;
}

uint32_t
schema_read_file(struct session *s, const char *path)
{
    struct slice text;
    int error = file_read(&s->arena, path, &text);
    struct slice name = strcmp(path, "-") == 0 ? SLICE("<stdin>") : slice_from(path);

    if (error == 0)
        return source_add(&s->arena, &s->sources, name, text);
    diag_add(&s->diags, D_FILE, SPAN_NONE, "cannot read %.*s: %s", SLICE_ARG(name),
             strerror(error));
    return 0;
}

static bool
load_base(struct session *s, struct schema *schema, const struct ast *ast,
          const struct catalog **base)
{
    struct schema_version *v;

    *base = NULL;
    if (slice_is_none(ast->extends))
        return true;
    v = schema_find(s, schema, ast->extends, ast->extends_span);
    if (v == NULL)
        return false;
    if (v->is_loading) {
        diag_add(&s->diags, D_EXTENDS_CYCLE, ast->extends_span,
                 "version \"%.*s\" extends itself, perhaps through others",
                 SLICE_ARG(v->version));
        return false;
    }
    *base = schema_load(s, schema, v);
    return *base != NULL;
}

static const struct catalog *
load_version(struct session *s, struct schema *schema, const struct schema_version *v)
{
    uint32_t source = schema_read_file(s, v->path);
    struct resolve_input in = { .count = 1, .name = schema->name, .version = v->version };
    struct catalog *catalog;
    struct ast *ast;

    if (source == 0)
        return NULL;
    VEC_PUSH(&s->arena, &schema->read, v->path);
    /* A file with syntax errors is still resolved: one run shows all mistakes. */
    if (!parse_source(s, source, &ast) && ast == NULL)
        return NULL;
    if (!load_base(s, schema, ast, &in.base))
        return NULL;
    in.asts = (const struct ast *const[]){ ast };
    return resolve_catalog(s, &in, &catalog) ? catalog : NULL;
}

const struct catalog *
schema_load(struct session *s, struct schema *schema, struct schema_version *version)
{
    size_t errors = s->diags.error_count;

    if (version->catalog != NULL)
        return version->catalog;
    version->is_loading = true;
    version->catalog = load_version(s, schema, version);
    version->is_loading = false;
    if (errors != s->diags.error_count)
        version->catalog = NULL;
    return version->catalog;
}
