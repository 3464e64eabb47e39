#include "diag/session.h"

void
session_init(struct session *s)
{
    *s = (struct session){ 0 };
    map_init(&s->names, &s->arena);
    s->diags.arena = &s->arena;
}

void
session_free(struct session *s)
{
    arena_free(&s->scratch);
    arena_free(&s->arena);
}

bool
session_has_errors(const struct session *s)
{
    return s->diags.error_count > 0;
}
