#include "diag/session.h"

void
session_init(struct session *s)
{
    *s = (struct session){ 0 };
    map_init(&s->names, &s->arena);
    map_init(&s->unread, &s->arena);
    map_init(&s->types, &s->arena);
    s->diags.arena = &s->arena;
}

void
session_free(struct session *s)
{
    arena_free(&s->scratch);
    arena_free(&s->arena);
}

void
session_add_unread(struct session *s, struct slice name)
{
    map_put(&s->unread, name, &s->unread);
}

bool
session_is_unread(const struct session *s, struct slice name)
{
    return map_get(&s->unread, name) != NULL;
}

void
session_add_type(struct session *s, struct slice name)
{
    map_put(&s->types, name, &s->types);
}

bool
session_makes_type(const struct session *s, struct slice name)
{
    return map_get(&s->types, name) != NULL;
}

bool
session_has_errors(const struct session *s)
{
    return s->diags.error_count > 0;
}
