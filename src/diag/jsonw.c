#include "diag/jsonw.h"

#include "base/utf8.h"

json_t *
jsonw_text(struct json_writer *w, struct slice s)
{
    struct slice valid = utf8_repair(w->arena, s);

    return json_stringn(valid.len == 0 ? "" : valid.ptr, valid.len);
}

json_t *
jsonw_number(size_t n)
{
    return json_integer((json_int_t)n);
}

void
jsonw_put(struct json_writer *w, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        w->failed = true;
}

void
jsonw_push(struct json_writer *w, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        w->failed = true;
}

static int
add_bytes(const char *bytes, size_t count, void *out)
{
    text_add(out, (struct slice){ bytes, count });
    return 0;
}

bool
jsonw_finish(struct json_writer *w, json_t *root, struct text *out)
{
    bool done =
        !w->failed && json_dump_callback(root, add_bytes, out, JSON_INDENT(2)) == 0;

    json_decref(root);
    text_addc(out, '\n');
    return done;
}

struct place
jsonw_end(struct json_writer *w, struct span span)
{
    return source_place(w->arena, w->sources,
                        (struct span){ span.source, span.end, span.end });
}
