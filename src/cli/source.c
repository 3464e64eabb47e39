#include "cli/source.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/declared.h"
#include "cli/filter.h"
#include "cli/marks.h"
#include "cli/native.h"
#include "describe/describe.h"
#include "dialect/versions.h"
#include "resolve/old_names.h"
#include "resolve/resolve.h"
#include "resolve/transform.h"
#include "runtime/expressions.h"
#include "syntax/parse.h"

/* The first bytes of each SQLite database (https://www.sqlite.org/fileformat.html, 1.2).
 */
static const char sqlite_magic[] = "SQLite format 3";

static const struct url_prefix {
    const char *prefix;
    const struct dialect *dialect;
} url_prefixes[] = {
    { "sqlite:", &dialect_sqlite },
    { "postgresql://", &dialect_postgres },
    { "postgres://", &dialect_postgres },
};

/* Of libpq's keywords, those that a connection string begins with. */
static const char *const conninfo_words[] = {
    "service=",  "host=",
    "hostaddr=", "port=",
    "user=",     "dbname=",
    "password=", "passfile=",
    "sslmode=",  "connect_timeout=",
    "options=",  "application_name=",
};

static bool
has_sqlite_magic(const char *path)
{
    char bytes[sizeof sqlite_magic] = { 0 };
    FILE *f = file_is_folder(path) ? NULL : fopen(path, "rb");
    bool is_database = f != NULL && fread(bytes, 1, sizeof bytes, f) == sizeof bytes
                       && memcmp(bytes, sqlite_magic, sizeof bytes) == 0;

    if (f != NULL)
        fclose(f);
    return is_database;
}

const struct dialect *
source_database_dialect(const char *arg)
{
    struct slice s = slice_from(arg);

    for (size_t i = 0; i < ARRAY_LEN(url_prefixes); i++)
        if (slice_starts(s, url_prefixes[i].prefix))
            return url_prefixes[i].dialect;
    for (size_t i = 0; i < ARRAY_LEN(conninfo_words); i++)
        if (slice_starts(s, conninfo_words[i]) && !file_exists(arg))
            return &dialect_postgres;
    if (slice_ends(s, ".db") || slice_ends(s, ".sqlite") || slice_ends(s, ".sqlite3")
        || (strcmp(arg, "-") != 0 && has_sqlite_magic(arg)))
        return &dialect_sqlite;
    return NULL;
}

struct schemac_db *
source_open_database(struct cli *c, const char *url, unsigned flags)
{
    const char *target = url;
    struct schemac_db *db = NULL;

    /* a file that is called "host=a" is no connection string, as above */
    if (source_database_dialect(url) != &dialect_postgres && file_exists(url))
        target = slice_z(&c->s.arena, slice_format(&c->s.arena, "sqlite:%s", url));
    if (schemac_open_with(target, flags, &db) == SCHEMAC_OK)
        return db;
    cli_report_database(c, url, db);
    schemac_close(db);
    return NULL;
}

static const struct catalog *
resolve_asts(struct cli *c, const struct ast *const *asts, size_t count,
             struct slice dialect)
{
    struct resolve_input in = { .asts = asts,
                                .count = count,
                                .dialect = dialect,
                                .is_bare = files_are_bare(asts, count),
                                .leaves_sqlite = c->target == &dialect_postgres };
    struct catalog *catalog;

    return resolve_catalog(&c->s, &in, &catalog) ? catalog : NULL;
}

const char *
source_title(struct cli *c, const char *arg)
{
    if (source_database_dialect(arg) != &dialect_postgres)
        return arg;
    return slice_z(&c->s.arena, describe_shown_url(&c->s.arena, arg));
}

/* Without the schema where it is the default one, as the reader has names. */
static struct slice
schema_in_terms(struct slice schema)
{
    return slice_is(schema, "public") ? SLICE_NONE : schema;
}

static void
note_leftovers(struct cli *c, struct catalog *live, const struct described_server *server)
{
    VEC_EACH (i, &server->leftovers) {
        const struct described_leftover *l = &server->leftovers.items[i];
        struct leftover own = {
            .is_partition = l->is_partition,
            .schema = schema_in_terms(l->schema),
            .name = l->name,
            .of_schema = schema_in_terms(l->of_schema),
            .of = l->of,
        };

        VEC_PUSH(&c->s.arena, &live->leftovers, own);
    }
}

const struct catalog *
source_read_described(struct cli *c, const char *url, struct slice text,
                      const struct described_server *server)
{
    struct slice title = slice_from(source_title(c, url));
    uint32_t number = source_add(&c->s.arena, &c->s.sources, title, text);
    const struct catalog *catalog;
    struct catalog *live;
    struct ast *ast;

    if (!parse_source(&c->s, number, &ast))
        return NULL;
    catalog = resolve_asts(c, (const struct ast *const[]){ ast }, 1, SLICE_NONE);
    if (catalog == NULL)
        return NULL;
    live = arena_copy(&c->s.arena, catalog, sizeof *catalog);
    live->role = server->role;
    note_leftovers(c, live, server);
    return live;
}

const struct catalog *
source_describe(struct cli *c, const char *url, struct schemac_db *db,
                const struct catalog *beside)
{
    struct slice text;
    struct described_server server = { 0 };
    struct describe_declared declared;
    bool is_read;

    declared_find(&c->s.arena, beside, &declared);
    is_read = source_database_dialect(url) == &dialect_postgres
                  ? describe_postgres(&c->s, url, NULL, &declared, &text, &server)
                  : describe_database(&c->s, db, NULL, &text);
    return is_read ? source_read_described(c, url, text, &server) : NULL;
}

/* ---- databases ---- */

bool
source_read_known(struct cli *c, const char *url, struct schemac_db *db,
                  struct diff_known *out)
{
    char *lines = NULL;
    enum schemac_status status = schemac__expressions_read(db, &lines);

    if (status == SCHEMAC_OK)
        diff_known_read(&c->s, slice_from(lines), out);
    else
        cli_report_database(c, url, db);
    schemac__free(lines);
    return status == SCHEMAC_OK;
}

bool
source_describe_text(struct cli *c, const char *url,
                     const struct describe_declared *declared, struct slice *out,
                     struct described_server *server)
{
    struct describe_filter filter;
    struct schemac_db *db;
    bool is_read;

    *server = (struct described_server){ 0 };
    if (!filter_read(c, &filter))
        return false;
    if (source_database_dialect(url) == &dialect_postgres)
        return describe_postgres(&c->s, url, &filter, declared, out, server);
    db = source_open_database(c, url, SCHEMAC_OPEN_EXISTING | SCHEMAC_OPEN_KEEP_JOURNAL);
    if (db == NULL)
        return false;
    is_read = describe_database(&c->s, db, &filter, out);
    schemac_close(db);
    return is_read;
}

static bool
load_database(struct cli *c, const char *url, const struct describe_declared *declared,
              struct loaded_source *out)
{
    struct described_server server;
    struct slice text;

    out->kind = SOURCE_DATABASE;
    out->title = source_title(c, url);
    if (source_describe_text(c, url, declared, &text, &server))
        out->catalog = source_read_described(c, url, text, &server);
    out->server_version = server.version;
    return out->catalog != NULL;
}

/*
 * The '@' of folder@version: the last one that stands behind a folder.  What is there by
 * the whole name is no version.
 */
static const char *
find_version_mark(struct cli *c, const char *arg)
{
    if (file_exists(arg))
        return NULL;
    for (const char *at = arg + strlen(arg); at > arg; at--) {
        struct slice folder = { arg, (size_t)(at - arg) };

        if (*at == '@' && file_is_folder(slice_z(&c->s.arena, folder)))
            return at;
    }
    return NULL;
}

static bool
load_schema(struct cli *c, const char *folder, struct slice version,
            struct loaded_source *out)
{
    out->kind = SOURCE_SCHEMA;
    out->schema = ARENA_NEW(&c->s.arena, struct schema);
    if (!schema_open(&c->s, folder, out->schema))
        return false;
    out->version = schema_find(&c->s, out->schema, version, SPAN_NONE);
    if (out->version == NULL)
        return false;
    out->catalog = schema_load(&c->s, out->schema, out->version);
    return out->catalog != NULL;
}

static bool
refuse_folder(struct cli *c, const char *path)
{
    struct diag *d;

    if (!file_is_folder(path))
        return false;
    d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                 "%s is a folder: only files are read together", path);
    diag_hint(&c->s.diags, d, "a folder is a source of its own");
    return true;
}

static const struct ast *
parse_file(struct cli *c, const char *path)
{
    struct ast *ast = NULL;
    uint32_t source = refuse_folder(c, path) ? 0 : schema_read_file(&c->s, path);

    if (source != 0)
        parse_source(&c->s, source, &ast);
    if (ast != NULL && !slice_is_none(ast->extends)) {
        struct diag *d = diag_add(&c->s.diags, D_NO_SUCH_VERSION, ast->extends_span,
                                  "a file on its own extends nothing");

        diag_hint(&c->s.diags, d, "name the version in its folder: FOLDER@VERSION");
        return NULL;
    }
    return ast;
}

/* Files that are no declarations of ours may be SQL of the engine that they are wanted
 * for, or of the only one that takes them. */
static struct slice
terms_of_files(struct cli *c, const struct ast *const *asts, size_t count,
               const char *title)
{
    bool wanted = c->target == &dialect_sqlite;
    bool needed = (wanted || c->target == NULL) && files_need_sqlite(asts, count);

    if (!files_are_bare(asts, count) || !(wanted || needed))
        return SLICE_NONE;
    if (wanted && !session_has_errors(&c->s) && native_to_sqlite(c, asts, count))
        cli_say(c, "%s: read as SQLite's own, which loads it as it stands", title);
    else if (needed)
        cli_say(c, "%s: read as SQLite's own: only it has columns without a type", title);
    else
        return SLICE_NONE;
    return slice_from(dialect_sqlite.name);
}

/* ---- folders of other tools' migrations ---- */

/* The way up of a file that has marks; the down part is no part of the source. */
static uint32_t
read_migration(struct cli *c, enum migration_tool tool, const char *path)
{
    uint32_t source = schema_read_file(&c->s, path);
    const struct source *file;
    char *up;

    if (source == 0 || (tool != TOOL_DBMATE && tool != TOOL_GOOSE))
        return source;
    file = source_get(&c->s.sources, source);
    up = arena_copy(&c->s.arena, file->text.ptr, file->text.len);
    if (!marks_keep_up(&c->s, tool, source, file->text, up))
        return 0;
    return source_add(&c->s.arena, &c->s.sources, slice_from(path),
                      (struct slice){ up, file->text.len });
}

static const struct ast *
parse_migration(struct cli *c, enum migration_tool tool, const char *path)
{
    uint32_t source = read_migration(c, tool, path);
    struct ast *ast = NULL;

    if (source != 0 && !parse_source(&c->s, source, &ast))
        return NULL;
    return ast;
}

/*
 * All files are read, whatever is wrong with one of them; but the statements are applied
 * only when there is none missing, as each of them leads to messages on later ones.
 */
static const struct catalog *
apply_migrations(struct cli *c, const struct migrations *m, size_t count,
                 const char *title)
{
    const struct ast **asts = ARENA_ARRAY(&c->s.arena, const struct ast *, count);
    size_t errors = c->s.diags.error_count;
    struct resolve_input in = { .mode = RESOLVE_SCRIPT,
                                .asts = asts,
                                .count = count,
                                .leaves_sqlite = c->target == &dialect_postgres };
    struct catalog *catalog;

    for (size_t i = 0; i < count; i++)
        asts[i] = parse_migration(c, m->tool, m->all.items[i].path);
    if (errors != c->s.diags.error_count)
        return NULL;
    in.name = schema_folder_name(&c->s, m->folder);
    if (c->target != NULL)
        in.engine = slice_from(c->target->name);
    for (size_t i = count; slice_is_none(in.version) && i-- > 0;)
        in.version = m->all.items[i].version;
    in.dialect =
        slice_is_none(m->dialect) ? terms_of_files(c, asts, count, title) : m->dialect;
    return resolve_catalog(&c->s, &in, &catalog) ? catalog : NULL;
}

static bool
load_migrations(struct cli *c, struct migrations *m, struct slice version,
                struct loaded_source *out)
{
    out->kind = SOURCE_MIGRATIONS;
    out->migrations = m;
    out->is_loose = slice_is_none(m->dialect);
    if (session_has_errors(&c->s))
        return false;
    out->applied = migrations_up_to(&c->s, m, version);
    if (out->applied > 0)
        out->catalog = apply_migrations(c, m, out->applied, out->title);
    return out->catalog != NULL;
}

static bool
load_folder(struct cli *c, const char *folder, struct slice version,
            struct loaded_source *out)
{
    struct migrations *m = ARENA_NEW(&c->s.arena, struct migrations);

    if (migrations_open(&c->s, folder, m))
        return load_migrations(c, m, version, out);
    return load_schema(c, folder, version, out);
}

bool
source_parse_files(struct cli *c, const char *const *args, size_t count,
                   const struct ast **asts)
{
    bool all = true;

    for (size_t i = 0; i < count; i++) {
        asts[i] = parse_file(c, args[i]);
        all = all && asts[i] != NULL;
    }
    return all;
}

bool
source_resolve_files(struct cli *c, const char *const *args, size_t count,
                     const struct ast *const *asts, struct loaded_source *out)
{
    *out =
        (struct loaded_source){ .kind = SOURCE_FILES, .title = source_title(c, args[0]) };
    out->catalog = resolve_asts(c, asts, count, terms_of_files(c, asts, count, args[0]));
    out->is_loose = files_are_bare(asts, count);
    return out->catalog != NULL && !session_has_errors(&c->s);
}

static bool
load_files(struct cli *c, const char *const *args, size_t count,
           struct loaded_source *out)
{
    const struct ast **asts = ARENA_ARRAY(&c->s.arena, const struct ast *, count);

    out->kind = SOURCE_FILES;
    return source_parse_files(c, args, count, asts)
           && source_resolve_files(c, args, count, asts, out);
}

bool
source_is_files(struct cli *c, const char *const *args, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (file_is_folder(args[i]) || source_database_dialect(args[i]) != NULL
            || find_version_mark(c, args[i]) != NULL)
            return false;
    return true;
}

bool
source_load(struct cli *c, const char *const *args, size_t count,
            struct loaded_source *out)
{
    const char *mark;

    *out = (struct loaded_source){ .title = source_title(c, args[0]) };
    if (count > 1)
        return load_files(c, args, count, out);
    if (source_database_dialect(args[0]) != NULL)
        return load_database(c, args[0], NULL, out);
    mark = find_version_mark(c, args[0]);
    if (mark != NULL) {
        struct slice folder = { args[0], (size_t)(mark - args[0]) };

        return load_folder(c, slice_z(&c->s.arena, folder), slice_from(mark + 1), out);
    }
    if (file_is_folder(args[0]))
        return load_folder(c, args[0], SLICE_NONE, out);
    return load_files(c, args, 1, out);
}

static bool
load_beside(struct cli *c, const char *const *arg, const struct loaded_source *beside,
            struct loaded_source *out)
{
    struct describe_declared declared;

    if (source_database_dialect(*arg) == NULL)
        return source_load(c, arg, 1, out);
    *out = (struct loaded_source){ 0 };
    declared_find(&c->s.arena, beside == NULL ? NULL : beside->catalog, &declared);
    return load_database(c, *arg, &declared, out);
}

static bool
is_sqlite(const struct loaded_source *l)
{
    return slice_is(l->catalog->dialect, dialect_sqlite.name);
}

/* In its own terms SQLite keeps a DECIMAL as it comes, in ours as a scaled integer. */
static void
warn_of_mixed_terms(struct cli *c, const struct loaded_source *one,
                    const struct loaded_source *other)
{
    const struct loaded_source *own = is_sqlite(one) ? one : other;
    const struct loaded_source *neutral = own == one ? other : one;
    struct diag *d;

    if (!one->is_loose || !other->is_loose || is_sqlite(one) == is_sqlite(other))
        return;
    d = diag_add(&c->s.diags, D_MIXED_TERMS, SPAN_NONE,
                 "%s is read as SQLite's own and %s is not: a type may mean another "
                 "thing in it, and the rows are converted",
                 own->title, neutral->title);
    diag_hint(&c->s.diags, d,
              "-- @dialect sqlite at the head of both says that both are SQLite's");
}

static bool
load_two(struct cli *c, const char *const *args, struct loaded_source *one,
         struct loaded_source *other)
{
    bool is_live = source_database_dialect(args[0]) != NULL;
    bool is_other_live = source_database_dialect(args[1]) != NULL;
    bool is_loaded;

    if (is_live && !is_other_live) {
        is_loaded = source_load(c, &args[1], 1, other);
        return load_beside(c, &args[0], other, one) && is_loaded;
    }
    is_loaded = load_beside(c, &args[0], NULL, one);
    return load_beside(c, &args[1], is_other_live && is_live ? NULL : one, other)
           && is_loaded;
}

bool
source_load_pair(struct cli *c, const char *const *args, struct loaded_source *one,
                 struct loaded_source *other)
{
    bool is_loaded = load_two(c, args, one, other);

    if (is_loaded)
        warn_of_mixed_terms(c, one, other);
    return is_loaded;
}

void
source_write_for(struct cli *c, const struct loaded_source *source)
{
    if (source->server_version == 0 || c->o.server_version != NULL)
        return;
    c->s.server_version = source->server_version;
    c->s.server_version_is_live = true;
}

bool
source_transforms_fit(struct cli *c, const struct catalog *older,
                      const struct catalog *newer, bool down)
{
    if (slice_is(older->dialect, "sqlite") || slice_is(newer->dialect, "sqlite"))
        return true; /* its types promise nothing */
    return transforms_check(&c->s, down ? newer : older, down ? older : newer, down);
}

bool
source_neighbours_fit(struct cli *c, const struct catalog *older,
                      const struct catalog *newer)
{
    bool named = old_names_check(&c->s, older, newer);
    bool up = source_transforms_fit(c, older, newer, false);

    return source_transforms_fit(c, older, newer, true) && named && up;
}

/* The one version of a folder and the one right after it? */
static bool
are_neighbours(const struct loaded_source *older, const struct loaded_source *newer)
{
    return older->kind == SOURCE_SCHEMA && newer->kind == SOURCE_SCHEMA
           && strcmp(older->schema->folder, newer->schema->folder) == 0
           && older->version - older->schema->versions.items + 1
                  == newer->version - newer->schema->versions.items;
}

bool
source_pair_fits(struct cli *c, const struct loaded_source *older,
                 const struct loaded_source *newer, bool down)
{
    if (are_neighbours(older, newer)
        && !old_names_check(&c->s, older->catalog, newer->catalog))
        return false;
    return source_transforms_fit(c, older->catalog, newer->catalog, down);
}

const struct catalog *
source_lower(struct cli *c, const struct dialect *d, const struct catalog *catalog)
{
    struct catalog *lowered;

    if (!d->lower(&c->s, catalog, &lowered))
        return NULL;
    versions_check(&c->s, d, lowered);
    return session_has_errors(&c->s) ? NULL : lowered;
}
