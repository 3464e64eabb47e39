/*
 * gen: typed C with the migrations inside.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/chain.h"
#include "cli/depfile.h"

static const char *
path_in(struct cli *c, const char *folder, struct slice name)
{
    return slice_z(&c->s.arena,
                   slice_format(&c->s.arena, "%s/%.*s", folder, SLICE_ARG(name)));
}

static void
report_file(struct cli *c, const char *path, int error)
{
    diag_add(&c->s.diags, D_FILE, SPAN_NONE, "cannot write %s: %s", path,
             strerror(error));
}

static bool
write_file(struct cli *c, const char *path, struct slice bytes)
{
    int error;

    if (file_write_if_changed(path, bytes, &error) != FILE_FAILED)
        return true;
    report_file(c, path, error);
    return false;
}

static bool
write_files(struct cli *c, const struct gen_files *files)
{
    int error = file_make_folders(c->o.out);

    if (error != 0) {
        report_file(c, c->o.out, error);
        return false;
    }
    VEC_EACH (i, &files->all)
        if (!write_file(c, path_in(c, c->o.out, files->all.items[i].path),
                        files->all.items[i].bytes))
            return false;
    return true;
}

static bool
make_folder_of(struct cli *c, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder;
    int error;

    if (slash == NULL || slash == path)
        return true;
    folder = slice_z(&c->s.arena, (struct slice){ path, (size_t)(slash - path) });
    error = file_make_folders(folder);
    if (error != 0)
        report_file(c, folder, error);
    return error == 0;
}

/* Also where its bytes are the same: it is newer then than what it depends on. */
static bool
write_anew(struct cli *c, const char *path, struct slice bytes)
{
    int error;

    if (!make_folder_of(c, path))
        return false;
    error = file_write(path, bytes);
    if (error != 0)
        report_file(c, path, error);
    return error == 0;
}

/* The folders too: a version or template that is added to them is read next time. */
static void
list_read(struct cli *c, const struct schema *schema, const struct gen_files *files,
          struct file_paths *out)
{
    struct arena *a = &c->s.arena;

    VEC_PUSH(a, &out->all, schema->folder);
    VEC_EACH (i, &schema->read)
        VEC_PUSH(a, &out->all, schema->read.items[i]);
    if (c->o.templates != NULL)
        VEC_PUSH(a, &out->all, c->o.templates);
    if (c->o.templates_only != NULL)
        VEC_PUSH(a, &out->all, c->o.templates_only);
    VEC_EACH (i, &files->read)
        VEC_PUSH(a, &out->all, files->read.items[i]);
}

static bool
write_dependencies(struct cli *c, const struct schema *schema,
                   const struct gen_files *files)
{
    struct dependencies d = { 0 };
    struct text depfile;
    struct text makefile;

    VEC_EACH (i, &files->all)
        VEC_PUSH(&c->s.arena, &d.made.all,
                 path_in(c, c->o.out, files->all.items[i].path));
    list_read(c, schema, files, &d.read);
    text_init(&depfile, &c->s.arena);
    text_init(&makefile, &c->s.arena);
    if (c->o.depfile != NULL) {
        depfile_print(&depfile, &d, c->o.depfile_target);
        if (!make_folder_of(c, c->o.depfile)
            || !write_file(c, c->o.depfile, text_slice(&depfile)))
            return false;
    }
    if (c->o.makefile == NULL)
        return true;
    makefile_print(&makefile, &d, c->o.makefile);
    return write_anew(c, c->o.makefile, text_slice(&makefile));
}

static void
list_files(struct cli *c, const struct gen_files *files)
{
    VEC_EACH (i, &files->all)
        text_addf(&c->out, "%.*s\n", SLICE_ARG(files->all.items[i].path));
}

/* All versions up to the one asked for, so that a program brings every older database
 * there. */
static bool
add_chain(struct cli *c, const struct loaded_source *source, const struct dialect *d,
          struct gen_request *out)
{
    size_t last = (size_t)(source->version - source->schema->versions.items);
    struct gen_chain *plans = ARENA_NEW(&c->s.arena, struct gen_chain);
    struct chain chain;

    if (!chain_load(c, d, source->schema, 0, last, &chain))
        return false;
    chain.online = d->plans_online && c->o.offline == NULL;
    chain.parks_by_choice = c->o.keep != NULL;
    if (!chain_for_runner(c, &chain, plans))
        return false;
    out->chains[out->chain_count++] = plans;
    return true;
}

/* For every engine, unless one is named. */
static bool
make_request(struct cli *c, const struct loaded_source *source, struct gen_request *out)
{
    static const struct dialect *const all[] = { &dialect_sqlite, &dialect_postgres };

    *out = (struct gen_request){ .catalog = source->catalog,
                                 .templates = c->o.templates };
    if (c->o.templates_only != NULL) {
        out->templates = c->o.templates_only;
        out->templates_only = true;
    }
    if (c->target != NULL)
        return add_chain(c, source, c->target, out);
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (!add_chain(c, source, all[i], out))
            return false;
    return true;
}

static void
generate(struct cli *c, const struct loaded_source *source,
         const struct gen_request *request)
{
    struct gen_files files;

    if (!gen_typed_c(&c->s, request, &files))
        return;
    if (c->o.list != NULL)
        list_files(c, &files);
    else if (write_files(c, &files))
        write_dependencies(c, source->schema, &files);
}

static bool
check_request(struct cli *c, const struct loaded_source *source)
{
    if (!cli_choose_target(c))
        return false;
    if (source->kind != SOURCE_SCHEMA)
        diag_add(
            &c->s.diags, D_USAGE, SPAN_NONE,
            "gen takes a schema folder, or FOLDER@VERSION: migrations need versions");
    else if (c->o.out == NULL && c->o.list == NULL && c->o.format == NULL)
        diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                 "name the folder to write to: --out DIR");
    else if (c->o.depfile_target != NULL && c->o.depfile == NULL)
        diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                 "--depfile-target says what stands in a file: --depfile FILE");
    else if (c->o.keep != NULL && c->o.keep[0] != '\0')
        diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                 "how long is said where the program migrates (keep_days): gen takes "
                 "--keep alone");
    else if (c->o.templates != NULL && c->o.templates_only != NULL)
        diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                 "--templates adds to the C, --templates-only leaves it out: give one");
    return !session_has_errors(&c->s);
}

enum exit_code
command_gen(struct cli *c)
{
    struct loaded_source source;
    struct gen_request request;

    if (!source_load(c, c->o.args, 1, &source) || !check_request(c, &source)
        || !make_request(c, &source, &request))
        return cli_outcome(c);
    if (c->o.format != NULL)
        gen_view_json(&c->s, &request, &c->out);
    else
        generate(c, &source, &request);
    return cli_outcome(c);
}
