/*
 * The order of comparison: types first (tables name them), then table by table in the
 * order of the new catalog, then what stands on tables.
 */
#include "diff/differ.h"

bool
same_text(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || slice_equal(a, b));
}

void
add_change(struct differ *d, enum change_kind kind, struct change_side old,
           struct change_side new)
{
    VEC_PUSH(&d->s->arena, &d->out->all, ((struct change){ kind, old, new }));
}

void
diff_catalogs(struct session *s, const struct diff_forms *forms,
              const struct catalog *from, const struct catalog *to, struct changes *out)
{
    struct differ d = { .s = s, .forms = forms, .from = from, .to = to, .out = out };

    struct slice role = slice_is_none(to->role) ? from->role : to->role;

    *out = (struct changes){ 0 };
    domain_types_init(&out->stored, &s->arena);
    domain_types_add(&out->stored, from);
    domain_types_add(&out->stored, to);
    if (forms != NULL) {
        d.old_world = forms->open(s, from, role);
        d.new_world = forms->open(s, to, role);
    }
    retyping_init(&d.types, &s->arena);
    differ_find_moves(&d);
    match_tables(&d);
    match_definitions(&d);
    diff_enums(&d);
    diff_tables(&d);
    diff_indexes(&d);
    diff_views(&d);
    diff_definitions(&d);
    diff_initial_rows(&d);
}

const struct type *
diff_stored(const struct changes *changes, const struct type *t)
{
    return domain_types_find(&changes->stored, t);
}
