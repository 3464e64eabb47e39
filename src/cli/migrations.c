/*
 * A folder is known by the shape of its names; the order is that of the tool.  A name
 * that ends in .sql and that the tool does not read is reported, other files are left
 * alone.
 */
#include "cli/migrations.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/marks.h"
#include "cli/schema.h"

/* ---- orders ---- */

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_divider(char c)
{
    return c == '.' || c == '_' || c == '-' || c == ' ';
}

/* Cut the next number off, without its leading zeros; empty for 0 and at the end. */
static struct slice
next_number(struct slice *s)
{
    size_t begin = 0;
    size_t end;
    struct slice number;

    while (begin < s->len && is_divider(s->ptr[begin]))
        begin++;
    while (begin < s->len && s->ptr[begin] == '0')
        begin++;
    for (end = begin; end < s->len && !is_divider(s->ptr[end]); end++)
        ;
    number = slice_sub(*s, begin, end);
    *s = slice_sub(*s, end, s->len);
    return number;
}

static int
compare_parts(struct slice a, struct slice b)
{
    while (a.len > 0 || b.len > 0) {
        struct slice x = next_number(&a);
        struct slice y = next_number(&b);
        int order = x.len != y.len ? (x.len < y.len ? -1 : 1) : slice_compare(x, y);

        if (order != 0)
            return order;
    }
    return 0;
}

static int
order_by_number(const struct migration *a, const struct migration *b)
{
    return compare_parts(a->version, b->version);
}

static int
order_by_name(const struct migration *a, const struct migration *b)
{
    return slice_compare(a->stem, b->stem);
}

/* What has no version (Flyway's repeatable ones) comes last, by its description. */
static int
order_flyway(const struct migration *a, const struct migration *b)
{
    bool a_is_last = slice_is_none(a->version);
    bool b_is_last = slice_is_none(b->version);

    if (a_is_last != b_is_last)
        return a_is_last ? 1 : -1;
    return a_is_last ? order_by_name(a, b) : order_by_number(a, b);
}

/* diesel takes the part before the first '_', without '-', as a text. */
static int
order_by_version_text(const struct migration *a, const struct migration *b)
{
    return slice_compare(a->version, b->version);
}

/* ---- the tools ---- */

typedef int order_fn(const struct migration *a, const struct migration *b);

static const struct tool_rule {
    const char *name;
    order_fn *order; /* NULL: the order in which they were found */
} tool_rules[] = {
    [TOOL_NONE] = { "nothing", NULL },
    [TOOL_NUMBERED] = { "numbered files", order_by_number },
    [TOOL_PAIRS] = { "golang-migrate", order_by_number },
    [TOOL_DBMATE] = { "dbmate", order_by_name },
    [TOOL_GOOSE] = { "goose", order_by_number },
    [TOOL_FLYWAY] = { "Flyway", order_flyway },
    [TOOL_FOLDERS] = { "diesel", order_by_version_text },
    [TOOL_PRISMA] = { "Prisma", order_by_name },
    [TOOL_SQITCH] = { "sqitch", NULL },
};
static_assert(ARRAY_LEN(tool_rules) == TOOL_COUNT, "a rule for each tool");

const char *
migrations_tool_name(enum migration_tool tool)
{
    return tool_rules[tool].name;
}

/* ---- names ---- */

enum name_role {
    NAME_OTHER, /* ends in .sql and is none of these */
    NAME_UP,
    NAME_DOWN,
    NAME_BASELINE,
    NAME_VERSION, /* 1.2.0.sql: a version of a schema folder of ours */
};

struct parsed_name {
    enum migration_tool tool; /* TOOL_NUMBERED may turn out to be dbmate's or goose's */
    enum name_role role;
    struct slice version; /* none: repeatable */
    struct slice stem;
};

/* "2024-01-31_a b" has the version 2024-01-31: numbers with single dividers. */
static struct slice
leading_version(struct slice stem)
{
    size_t end = 0;

    for (size_t i = 0; i < stem.len && is_digit(stem.ptr[i]); i++) {
        while (i < stem.len && is_digit(stem.ptr[i]))
            i++;
        if (i < stem.len && !is_divider(stem.ptr[i]))
            break;
        end = i;
    }
    return slice_sub(stem, 0, end);
}

static struct slice
leading_digits(struct slice stem)
{
    size_t end = 0;

    while (end < stem.len && is_digit(stem.ptr[end]))
        end++;
    return slice_sub(stem, 0, end);
}

static struct slice
without_ending(struct slice name, const char *ending)
{
    return slice_sub(name, 0, name.len - strlen(ending));
}

/* 001_x.up.sql, 001_x.down.sql */
static bool
parse_pair(struct slice name, struct parsed_name *out)
{
    bool up = slice_ends(name, ".up.sql");

    if (!up && !slice_ends(name, ".down.sql"))
        return false;
    out->stem = without_ending(name, up ? ".up.sql" : ".down.sql");
    out->version = leading_digits(out->stem);
    if (out->version.len == 0 || out->version.len == out->stem.len
        || out->stem.ptr[out->version.len] != '_')
        return false;
    out->tool = TOOL_PAIRS;
    out->role = up ? NAME_UP : NAME_DOWN;
    return true;
}

/* The version of V1_2__x; none where it is no version. */
static struct slice
flyway_version(struct slice stem)
{
    size_t end = 1;

    while (end + 1 < stem.len && !(stem.ptr[end] == '_' && stem.ptr[end + 1] == '_'))
        if (!is_digit(stem.ptr[end]) && stem.ptr[end] != '.' && stem.ptr[end] != '_')
            return SLICE_NONE;
        else
            end++;
    if (end + 1 >= stem.len || end == 1 || !is_digit(stem.ptr[1]))
        return SLICE_NONE;
    return slice_sub(stem, 1, end);
}

/* V1.2__x.sql, U1.2__x.sql, B1.2__x.sql, R__x.sql */
static bool
parse_flyway(struct slice name, struct parsed_name *out)
{
    struct slice stem = without_ending(name, ".sql");

    out->stem = stem;
    out->tool = TOOL_FLYWAY;
    out->role = NAME_UP;
    out->version = SLICE_NONE;
    if (slice_starts(stem, "R__"))
        return true;
    if (stem.len < 4 || strchr("VUB", stem.ptr[0]) == NULL)
        return false;
    out->version = flyway_version(stem);
    if (stem.ptr[0] != 'V')
        out->role = stem.ptr[0] == 'U' ? NAME_DOWN : NAME_BASELINE;
    return !slice_is_none(out->version);
}

static bool
parse_numbered(struct slice name, struct parsed_name *out)
{
    out->stem = without_ending(name, ".sql");
    out->tool = TOOL_NUMBERED;
    out->role = NAME_UP;
    out->version = leading_version(out->stem);
    return out->version.len > 0;
}

static struct parsed_name
parse_name(struct slice name)
{
    struct parsed_name out = { .stem = without_ending(name, ".sql") };

    if (version_is_valid(out.stem)) {
        out.role = NAME_VERSION;
        return out;
    }
    if (parse_pair(name, &out) || parse_flyway(name, &out) || parse_numbered(name, &out))
        return out;
    return (struct parsed_name){ .stem = without_ending(name, ".sql") };
}

/* ---- what the folder holds ---- */

struct entry {
    struct parsed_name name;
    const char *path;
};

struct scan {
    struct session *s;
    struct migrations *out;
    VEC(struct entry) entries; /* that may be migrations */
    const char *first;         /* that gave out->tool */
    bool has_version;          /* of a schema folder of ours */
    bool is_mixed;
};

static const char *
path_in(struct session *s, const char *folder, const char *name)
{
    size_t len = strlen(folder);
    const char *divider = len > 0 && folder[len - 1] == '/' ? "" : "/";

    return slice_z(&s->arena, slice_format(&s->arena, "%s%s%s", folder, divider, name));
}

/* The first that is found gives the folder's tool; another one does not go with it. */
static void
found_tool(struct scan *x, enum migration_tool tool, const char *path)
{
    struct diag *d;

    if (x->out->tool == TOOL_NONE) {
        x->out->tool = tool;
        x->first = path;
    }
    if (x->out->tool == tool || x->is_mixed)
        return;
    x->is_mixed = true;
    d = diag_add(&x->s->diags, D_MIXED_FOLDER, SPAN_NONE,
                 "%s is named as for %s, and %s as for %s", x->first,
                 migrations_tool_name(x->out->tool), path, migrations_tool_name(tool));
    diag_hint(&x->s->diags, d, "a folder holds the migrations of one tool");
}

static void
scan_file(struct scan *x, const char *name)
{
    struct entry e = {
        .name = parse_name(slice_from(name)),
        .path = path_in(x->s, x->out->folder, name),
    };

    x->has_version |= e.name.role == NAME_VERSION;
    VEC_PUSH(&x->s->arena, &x->entries, e);
}

/* Folders of one migration each: name/migration.sql, or name/up.sql with name/down.sql.
 */
static void
scan_subfolder(struct scan *x, const char *name)
{
    const char *folder = path_in(x->s, x->out->folder, name);
    const char *prisma = path_in(x->s, folder, "migration.sql");
    const char *up = path_in(x->s, folder, "up.sql");
    struct entry e = { .name = { .role = NAME_UP, .stem = slice_from(name) } };

    e.name.version = leading_digits(e.name.stem);
    e.path = prisma;
    if (file_exists(prisma)) {
        found_tool(x, TOOL_PRISMA, prisma);
    } else if (file_exists(up)) {
        found_tool(x, TOOL_FOLDERS, up);
        e.path = up;
        e.name.version = leading_version(e.name.stem);
        x->out->down_count += file_exists(path_in(x->s, folder, "down.sql"));
    } else {
        return;
    }
    e.name.tool = x->out->tool;
    VEC_PUSH(&x->s->arena, &x->entries, e);
}

static void
scan_entry(struct scan *x, const char *name)
{
    const char *path = path_in(x->s, x->out->folder, name);

    if (file_is_folder(path))
        scan_subfolder(x, name);
    else if (slice_ends(slice_from(name), ".sql"))
        scan_file(x, name);
    else if (strcmp(name, "migration_lock.toml") == 0)
        found_tool(x, TOOL_PRISMA, path);
}

/* Only marks tell dbmate's and goose's files from others; the first that has one does. */
static enum migration_tool
numbered_tool(const struct scan *x)
{
    VEC_EACH (i, &x->entries) {
        struct arena_mark mark = arena_mark(&x->s->scratch);
        struct slice text;
        enum migration_tool tool = TOOL_NONE;

        if (x->entries.items[i].name.tool == TOOL_NUMBERED
            && file_read(&x->s->scratch, x->entries.items[i].path, &text) == 0)
            tool = marks_find_tool(text);
        arena_reset(&x->s->scratch, mark);
        if (tool != TOOL_NONE)
            return tool;
    }
    return TOOL_NUMBERED;
}

static void
settle_tool(struct scan *x)
{
    enum migration_tool numbered = TOOL_NONE;

    VEC_EACH (i, &x->entries) {
        struct entry *e = &x->entries.items[i];

        if (e->name.tool == TOOL_NUMBERED) {
            if (numbered == TOOL_NONE)
                numbered = numbered_tool(x);
            e->name.tool = numbered;
        }
        if (e->name.tool != TOOL_NONE)
            found_tool(x, e->name.tool, e->path);
    }
}

/* ---- the list ---- */

static void
warn_not_read(struct scan *x, const char *path)
{
    diag_add(&x->s->diags, D_NOT_A_MIGRATION, SPAN_NONE,
             "%s is not read: it is not named as a migration of %s", path,
             migrations_tool_name(x->out->tool));
}

/* goose, golang-migrate and dbmate count by the digits alone, diesel by all but '-'. */
static struct slice
version_of(struct scan *x, const struct parsed_name *name)
{
    struct text t;

    switch (x->out->tool) {
    case TOOL_DBMATE:
    case TOOL_GOOSE:
        return leading_digits(name->stem);
    case TOOL_FOLDERS:
        text_init(&t, &x->s->arena);
        for (size_t i = 0; i < name->stem.len && name->stem.ptr[i] != '_'; i++)
            if (name->stem.ptr[i] != '-')
                text_addc(&t, name->stem.ptr[i]);
        return text_slice(&t);
    case TOOL_NONE:
    case TOOL_NUMBERED:
    case TOOL_PAIRS:
    case TOOL_FLYWAY:
    case TOOL_PRISMA:
    case TOOL_SQITCH:
    case TOOL_COUNT:
        break;
    }
    return name->version;
}

static void
list_entry(struct scan *x, const struct entry *e, struct slice baseline)
{
    struct migration m = { .stem = e->name.stem, .path = e->path };

    m.version = version_of(x, &e->name);
    if (e->name.tool == TOOL_NONE) {
        warn_not_read(x, e->path);
    } else if (e->name.role == NAME_DOWN) {
        x->out->down_count++;
    } else if (slice_is_none(baseline) || slice_is_none(m.version)) {
        VEC_PUSH(&x->s->arena, &x->out->all, m);
    } else {
        int order = compare_parts(m.version, baseline);

        if (order > 0 || (order == 0 && e->name.role == NAME_BASELINE))
            VEC_PUSH(&x->s->arena, &x->out->all, m);
        else
            diag_add(&x->s->diags, D_NOT_A_MIGRATION, SPAN_NONE,
                     "%s is not read: the newest baseline, %.*s, stands for it", e->path,
                     SLICE_ARG(baseline));
    }
}

/* Flyway starts an empty database from the newest B file; none: there is none. */
static struct slice
newest_baseline(const struct scan *x)
{
    struct slice newest = SLICE_NONE;

    VEC_EACH (i, &x->entries) {
        const struct parsed_name *n = &x->entries.items[i].name;

        if (n->role == NAME_BASELINE
            && (slice_is_none(newest) || compare_parts(n->version, newest) > 0))
            newest = n->version;
    }
    return newest;
}

struct ordered {
    struct migration migration;
    order_fn *order;
};

static int
compare_ordered(const void *a, const void *b)
{
    const struct ordered *x = a;
    const struct ordered *y = b;
    int order = x->order(&x->migration, &y->migration);

    return order != 0 ? order : order_by_name(&x->migration, &y->migration);
}

static void
sort_list(struct session *s, struct migrations *m)
{
    order_fn *order = tool_rules[m->tool].order;
    struct ordered *all = ARENA_ARRAY(&s->arena, struct ordered, m->all.count);

    if (order == NULL || m->all.count == 0)
        return;
    VEC_EACH (i, &m->all)
        all[i] = (struct ordered){ m->all.items[i], order };
    qsort(all, m->all.count, sizeof *all, compare_ordered);
    VEC_EACH (i, &m->all)
        m->all.items[i] = all[i].migration;
}

/* Prisma goes by the whole name; the others take the second for the first. */
static void
check_same_versions(struct session *s, const struct migrations *m)
{
    order_fn *order = tool_rules[m->tool].order;

    if (m->tool == TOOL_PRISMA)
        return;
    if (m->tool == TOOL_DBMATE)
        order = order_by_version_text;
    for (size_t i = 1; order != NULL && i < m->all.count; i++) {
        const struct migration *a = &m->all.items[i - 1];
        const struct migration *b = &m->all.items[i];
        struct diag *d;

        if (order(a, b) != 0)
            continue;
        d = diag_add(&s->diags, D_SAME_VERSION, SPAN_NONE,
                     "%s and %s are the same version", a->path, b->path);
        diag_hint(&s->diags, d,
                  "which comes first is not said: give each a number of its own");
    }
}

/* provider = "sqlite" in Prisma's lock file; other engines' SQL is the base of ours. */
static void
read_lock(struct session *s, struct migrations *m)
{
    struct slice text;
    struct slice rest;

    if (m->tool != TOOL_PRISMA
        || file_read(&s->arena, path_in(s, m->folder, "migration_lock.toml"), &text) != 0)
        return;
    for (size_t at = 0; at < text.len; at++) {
        size_t end = at;

        while (end < text.len && text.ptr[end] != '\n')
            end++;
        rest = slice_trim(slice_sub(text, at, end));
        at = end;
        if (!slice_starts(rest, "provider"))
            continue;
        rest = slice_trim(slice_sub(rest, strlen("provider"), rest.len));
        if (slice_starts(rest, "=")
            && slice_is(slice_trim(slice_sub(rest, 1, rest.len)), "\"sqlite\""))
            m->dialect = SLICE("sqlite");
    }
}

static void
list_all(struct scan *x)
{
    struct slice baseline = newest_baseline(x);

    VEC_EACH (i, &x->entries)
        list_entry(x, &x->entries.items[i], baseline);
    sort_list(x->s, x->out);
    check_same_versions(x->s, x->out);
    read_lock(x->s, x->out);
    if (x->out->all.count == 0 && !x->is_mixed)
        diag_add(&x->s->diags, D_EMPTY_SOURCE, SPAN_NONE,
                 "%s holds no migration that leads up", x->out->folder);
}

bool
migrations_open(struct session *s, const char *folder, struct migrations *out)
{
    struct scan x = { .s = s, .out = out };
    struct file_names files;

    *out = (struct migrations){ .folder = folder };
    if (file_exists(path_in(s, folder, "sqitch.plan"))) {
        out->tool = TOOL_SQITCH;
        sqitch_read_plan(s, out);
        return true;
    }
    if (file_list(&s->arena, folder, &files) != 0)
        return false;
    VEC_EACH (i, &files.names)
        scan_entry(&x, files.names.items[i]);
    if (x.has_version && out->tool == TOOL_NONE)
        return false; /* a schema folder of ours, which knows what does not belong */
    settle_tool(&x);
    if (out->tool == TOOL_NONE)
        return false;
    if (!x.is_mixed)
        list_all(&x);
    return true;
}

/* ---- FOLDER@VERSION ---- */

static bool
is_called(const struct migrations *m, const struct migration *one, struct slice version)
{
    if (slice_equal(one->stem, version))
        return true;
    VEC_EACH (i, &one->tags.all)
        if (slice_equal(one->tags.all.items[i], version))
            return true;
    if (m->tool == TOOL_SQITCH || slice_is_none(one->version))
        return false;
    return slice_equal(one->version, version)
           || (leading_version(version).len == version.len && version.len > 0
               && tool_rules[m->tool].order != order_by_version_text
               && compare_parts(one->version, version) == 0);
}

static void
report_no_version(struct session *s, const struct migrations *m, struct slice version)
{
    const struct migration *first = &m->all.items[0];
    const struct migration *last = &m->all.items[m->all.count - 1];
    struct diag *d =
        diag_add(&s->diags, D_NO_SUCH_VERSION, SPAN_NONE, "%s has no migration \"%.*s\"",
                 m->folder, SLICE_ARG(version));

    diag_hint(&s->diags, d, "it has %zu, from %.*s to %.*s", m->all.count,
              SLICE_ARG(first->stem), SLICE_ARG(last->stem));
}

/* A sqitch change that was reworked is there twice: the name means the later one. */
size_t
migrations_up_to(struct session *s, const struct migrations *m, struct slice version)
{
    if (slice_is_none(version))
        return m->all.count;
    if (m->tool == TOOL_SQITCH && slice_starts(version, "@"))
        version = slice_sub(version, 1, version.len);
    for (size_t i = m->all.count; i-- > 0;)
        if (is_called(m, &m->all.items[i], version))
            return i + 1;
    report_no_version(s, m, version);
    return 0;
}
