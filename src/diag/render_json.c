/*
 * Diagnostics as a JSON array.  Every key is always there, null where there is nothing to
 * say, so that a reader needs no check; docs/commands.md lists the keys, and that list is
 * only ever added to.
 */
#include "diag/jsonw.h"

/* In bytes: a file may be one line, and each place would repeat it. */
#define LINE_TEXT_MAX 1000

static json_t *
line_text(struct json_writer *w, struct slice line)
{
    return line.len > LINE_TEXT_MAX ? json_null() : jsonw_text(w, line);
}

static void
put_place(struct json_writer *w, json_t *to, struct span span)
{
    struct place begin = source_place(w->arena, w->sources, span);
    struct place end = jsonw_end(w, span);

    jsonw_put(w, to, "file", jsonw_text(w, begin.file));
    jsonw_put(w, to, "line", jsonw_number(begin.line));
    jsonw_put(w, to, "column", jsonw_number(begin.column));
    jsonw_put(w, to, "end_line", jsonw_number(end.line));
    jsonw_put(w, to, "end_column", jsonw_number(end.column));
    jsonw_put(w, to, "offset", jsonw_number(span.begin));
    jsonw_put(w, to, "length", jsonw_number(span.end - span.begin));
    jsonw_put(w, to, "line_text", line_text(w, begin.text));
}

static void
put_no_place(struct json_writer *w, json_t *to)
{
    static const char *const keys[] = { "file",       "line",   "column", "end_line",
                                        "end_column", "offset", "length", "line_text" };

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        jsonw_put(w, to, keys[i], json_null());
}

static void
put_message(struct json_writer *w, json_t *to, struct slice message, struct span span)
{
    jsonw_put(w, to, "message", jsonw_text(w, message));
    if (span.source == 0)
        put_no_place(w, to);
    else
        put_place(w, to, span);
}

static json_t *
notes_of(struct json_writer *w, const struct diag *d)
{
    json_t *notes = json_array();

    VEC_EACH (i, &d->notes) {
        json_t *note = json_object();

        put_message(w, note, d->notes.items[i].message, d->notes.items[i].span);
        jsonw_push(w, notes, note);
    }
    return notes;
}

static json_t *
diagnostic(struct json_writer *w, const struct diag *d)
{
    const struct diag_info *info = diag_info_of(d);
    json_t *o = json_object();

    jsonw_put(w, o, "code", json_string(info->code));
    jsonw_put(w, o, "name", jsonw_text(w, diag_name(w->arena, info)));
    jsonw_put(w, o, "severity", json_string(diag_severity_name(info->severity)));
    put_message(w, o, d->message, d->span);
    jsonw_put(w, o, "notes", notes_of(w, d));
    jsonw_put(w, o, "hint",
              slice_is_none(d->hint) ? json_null() : jsonw_text(w, d->hint));
    jsonw_put(w, o, "page", info->page == NULL ? json_null() : json_string(info->page));
    return o;
}

bool
diag_render_json(struct arena *a, struct sources *sources, const struct diag_list *list,
                 struct text *out)
{
    struct json_writer w = { .arena = a, .sources = sources };
    json_t *root = json_array();

    VEC_EACH (i, &list->all)
        jsonw_push(&w, root, diagnostic(&w, list->all.items[i]));
    return jsonw_finish(&w, root, out);
}
