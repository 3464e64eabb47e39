/*
 * All templates: those compiled in, and a folder whose files replace and add to them.
 */
#include "gen/template.h"

#include <string.h>

#include "base/file.h"
#include "gen/embedded.h"

static bool
add_template(struct template_set *set, struct slice file, const char *name,
             struct slice text, bool is_builtin)
{
    struct template *made = template_parse(set->session, file, slice_from(name), text);

    if (made == NULL)
        return false;
    made->is_builtin = is_builtin;
    map_put(&set->by_name, made->name, made);
    return true;
}

static bool
load_embedded(struct template_set *set)
{
    struct arena *a = &set->session->arena;
    bool ok = true;

    for (size_t i = 0; i < embedded_templates_count; i++) {
        const struct embedded_file *t = &embedded_templates[i];
        struct slice file = slice_format(a, "templates/%s", t->name);

        ok &= add_template(set, file, t->name,
                           (struct slice){ (const char *)t->bytes, t->size }, true);
    }
    return ok;
}

static bool
report_file(struct template_set *set, const char *path, int error)
{
    diag_add(&set->session->diags, D_FILE, SPAN_NONE, "cannot read %s: %s", path,
             strerror(error));
    return false;
}

static bool
load_file(struct template_set *set, const char *name)
{
    struct arena *a = &set->session->arena;
    const char *path = slice_z(a, slice_format(a, "%s/%s", set->folder, name));
    struct slice text;
    int error = file_read(a, path, &text);

    if (error != 0)
        return report_file(set, path, error);
    VEC_PUSH(a, &set->read, path);
    return add_template(set, slice_from(path), name, text, false);
}

static bool
load_folder(struct template_set *set)
{
    struct file_names files = { .names = { .count = 0 } };
    int error;
    bool ok = true;

    if (set->folder == NULL)
        return true;
    error = file_list(&set->session->arena, set->folder, &files);
    if (error != 0)
        return report_file(set, set->folder, error);
    VEC_EACH (i, &files.names)
        if (slice_ends(slice_from(files.names.items[i]), ".tmpl"))
            ok &= load_file(set, files.names.items[i]);
    return ok;
}

bool
template_writes(const struct template_set *set, const struct template *t)
{
    return t->path != NULL && !(set->folder_only && t->is_builtin);
}

/* A folder without templates is another one than was meant. */
static bool
check_writes(const struct template_set *set)
{
    for (size_t i = 0; i < set->by_name.count; i++)
        if (template_writes(set, set->by_name.entries[i].value))
            return true;
    diag_add(&set->session->diags, D_TEMPLATE, SPAN_NONE,
             "no template in %s writes a file: none of its *.tmpl has a line "
             "%% file PATH",
             set->folder);
    return false;
}

bool
template_set_load(struct session *s, const char *folder, bool folder_only,
                  struct template_set *out)
{
    *out = (struct template_set){ .session = s,
                                  .folder = folder,
                                  .folder_only = folder_only };
    map_init(&out->by_name, &s->arena);
    return load_embedded(out) && load_folder(out) && (!folder_only || check_writes(out));
}
