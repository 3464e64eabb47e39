/*
 * The list of outputs: each template says which file it writes, or which one for each
 * item of a list.
 */
#include "gen/gen.h"

#include <stdlib.h>

#include "gen/template.h"
#include "gen/view.h"

struct output {
    struct session *s;
    const struct template_set *set;
    const struct record *root;
    struct gen_files *files;
    struct map paths; /* so that no two templates write the same file */
    struct arena work; /* of `bytes` alone */
    struct text bytes; /* of the file that is being written: grows once for all */
};

/* A path stays in the output folder. */
static bool
is_safe_path(struct slice path)
{
    if (path.len == 0 || path.ptr[0] == '/')
        return false;
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '/' || (unsigned char)path.ptr[i] < 0x20)
            return false;
    return !slice_is(path, ".") && !slice_is(path, "..");
}

static bool
check_path(struct output *o, const struct template *t, struct slice path)
{
    if (!is_safe_path(path)) {
        diag_add(&o->s->diags, D_TEMPLATE, t->span,
                 "\"%.*s\" is no name for a file in the output folder", SLICE_ARG(path));
        return false;
    }
    if (map_put(&o->paths, path, o) != NULL) {
        diag_add(&o->s->diags, D_TEMPLATE, t->span,
                 "the file %.*s would be written twice", SLICE_ARG(path));
        return false;
    }
    return true;
}

static bool
write_file(struct output *o, const struct template *t, const struct template_scope *scope)
{
    struct gen_file file;
    struct text path;

    text_init(&path, &o->s->arena);
    o->bytes.len = 0;
    if (!template_render(o->set, t->path, o->root, scope, &path)
        || !check_path(o, t, text_slice(&path))
        || !template_render(o->set, t->body, o->root, scope, &o->bytes))
        return false;
    file.path = text_slice(&path);
    file.bytes = slice_copy(&o->s->arena, text_slice(&o->bytes));
    VEC_PUSH(&o->s->arena, &o->files->all, file);
    return true;
}

static bool
write_files_for_list(struct output *o, const struct template *t)
{
    const struct value *v = template_lookup(o->s, t->item_list, t->span, o->root, NULL);

    if (v == NULL)
        return false;
    if (v->kind != VALUE_LIST) {
        diag_add(&o->s->diags, D_TEMPLATE, t->span, "%.*s is not a list",
                 SLICE_ARG(t->item_list));
        return false;
    }
    VEC_EACH (i, &v->u.list->items) {
        const struct template_scope scope = { .name = t->item,
                                              .value = v->u.list->items.items[i] };

        if (!write_file(o, t, &scope))
            return false;
    }
    return true;
}

static bool
write_file_if(struct output *o, const struct template *t)
{
    const struct value *v = template_lookup(o->s, t->condition, t->span, o->root, NULL);

    if (v == NULL)
        return false;
    return !value_is_true(v) || write_file(o, t, NULL);
}

static bool
write_template(struct output *o, const struct template *t)
{
    if (!template_writes(o->set, t))
        return true;
    if (t->condition.len > 0)
        return write_file_if(o, t);
    return t->item.len > 0 ? write_files_for_list(o, t) : write_file(o, t, NULL);
}

static int
compare_paths(const void *a, const void *b)
{
    const struct gen_file *left = a;
    const struct gen_file *right = b;

    return slice_compare(left->path, right->path);
}

bool
gen_typed_c(struct session *s, const struct gen_request *request, struct gen_files *out)
{
    struct template_set set;
    struct output o = { .s = s, .set = &set, .files = out };
    bool ok = true;

    o.work.out_of_memory = s->arena.out_of_memory;
    text_init(&o.bytes, &o.work);

    *out = (struct gen_files){ .all = { .count = 0 } };
    map_init(&o.paths, &s->arena);
    o.root = view_build(s, request);
    if (o.root == NULL
        || !template_set_load(s, request->templates, request->templates_only, &set))
        return false;
    for (size_t i = 0; ok && i < set.by_name.count; i++)
        ok = write_template(&o, set.by_name.entries[i].value);
    arena_free(&o.work);
    VEC_EACH (i, &set.read)
        VEC_PUSH(&s->arena, &out->read, set.read.items[i]);
    if (ok && out->all.count > 0)
        qsort(out->all.items, out->all.count, sizeof *out->all.items, compare_paths);
    return ok;
}

bool
gen_view_json(struct session *s, const struct gen_request *request, struct text *out)
{
    const struct record *root = view_build(s, request);

    if (root != NULL)
        record_print_json(root, out);
    return root != NULL;
}
