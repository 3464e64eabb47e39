/*
 * sqitch.plan, line by line:
 *
 *     %project=flipr                                   a pragma
 *     users [roles !old] 2024-01-31T10:00:00Z A <a@b>  # a change, with what it requires
 *     @v1.0 2024-02-01T10:00:00Z A <a@b>               # a tag on the change above it
 *
 * A change that stands there a second time is reworked: the script of the first is kept
 * as deploy/NAME@TAG.sql, TAG being one between the two.  The deploy folder is that
 * beside the plan; sqitch.conf, which may say otherwise, is asked for its engine only.
 */
#include "cli/migrations.h"

#include <string.h>

#include "base/file.h"
#include "cli/schema.h"

struct plan {
    struct session *s;
    struct migrations *out;
    uint32_t source;
    struct slice text;
    struct map names; /* of the changes so far */
};

static struct span
span_of(const struct plan *p, struct slice part)
{
    uint32_t begin = (uint32_t)(part.ptr - p->text.ptr);

    return (struct span){ p->source, begin, begin + (uint32_t)part.len };
}

/* Up to the next white space. */
static struct slice
first_word(struct slice line)
{
    size_t end = 0;

    while (end < line.len && line.ptr[end] != ' ' && line.ptr[end] != '\t')
        end++;
    return slice_sub(line, 0, end);
}

/* "appuser [a b]" and "appuser" are names; "@v1" is not, and neither is "a@b". */
static bool
is_change_name(struct slice word)
{
    return word.len > 0 && memchr(word.ptr, '@', word.len) == NULL
           && memchr(word.ptr, '#', word.len) == NULL && word.ptr[0] != '['
           && word.ptr[0] != '%' && word.ptr[0] != '/' && word.ptr[0] != '.';
}

static void
add_tag(struct plan *p, struct slice word)
{
    struct slice tag = slice_sub(word, 1, word.len);

    if (p->out->all.count == 0 || tag.len == 0)
        diag_add(&p->s->diags, D_MIGRATION_PLAN, span_of(p, word),
                 tag.len == 0 ? "a tag without a name"
                              : "a tag stands behind the change that it is on");
    else
        VEC_PUSH(&p->s->arena, &p->out->all.items[p->out->all.count - 1].tags.all, tag);
}

static const char *
script_path(const struct plan *p, struct slice name, struct slice tag)
{
    const char *at = slice_is_none(tag) ? "" : "@";

    return slice_z(&p->s->arena,
                   slice_format(&p->s->arena, "%s/deploy/%.*s%s%.*s.sql", p->out->folder,
                                SLICE_ARG(name), at, SLICE_ARG(tag)));
}

/* The older change `at` is reworked by a later one: its script has the name of a tag. */
static void
find_reworked_script(struct plan *p, size_t at, struct slice word)
{
    struct migration *old = &p->out->all.items[at];
    struct diag *d;

    for (size_t i = at; i < p->out->all.count; i++)
        VEC_EACH (k, &p->out->all.items[i].tags.all) {
            const char *path =
                script_path(p, old->stem, p->out->all.items[i].tags.all.items[k]);

            if (!file_exists(path))
                continue;
            old->path = path;
            return;
        }
    d = diag_add(&p->s->diags, D_MIGRATION_PLAN, span_of(p, word),
                 "change \"%.*s\" is reworked, and its older script is not there",
                 SLICE_ARG(word));
    diag_hint(&p->s->diags, d,
              "sqitch keeps it as deploy/%.*s@TAG.sql, with a tag between the two",
              SLICE_ARG(word));
}

static void
add_change(struct plan *p, struct slice word)
{
    struct migration m = { .version = word, .stem = word };

    for (size_t i = p->out->all.count; map_has(&p->names, word) && i-- > 0;)
        if (slice_equal(p->out->all.items[i].stem, word)) {
            find_reworked_script(p, i, word);
            break;
        }
    map_put(&p->names, word, p);
    m.path = script_path(p, word, SLICE_NONE);
    VEC_PUSH(&p->s->arena, &p->out->all, m);
}

static void
take_line(struct plan *p, struct slice line)
{
    struct slice word;
    struct diag *d;

    line = slice_trim(line);
    if (line.len == 0 || line.ptr[0] == '#' || line.ptr[0] == '%')
        return;
    word = first_word(line);
    if (slice_starts(word, "+"))
        word = first_word(slice_trim(slice_sub(line, 1, line.len)));
    if (slice_starts(word, "@"))
        add_tag(p, word);
    else if (!slice_starts(word, "-") && is_change_name(word))
        add_change(p, word);
    else {
        d = diag_add(&p->s->diags, D_MIGRATION_PLAN, span_of(p, word),
                     "neither a change nor a tag");
        diag_hint(&p->s->diags, d,
                  "a line of a plan begins with a name, @ and a tag, %% or #");
    }
}

/* engine = sqlite in sqitch.conf; PostgreSQL's SQL is the base of ours. */
static void
read_engine(struct session *s, struct migrations *out)
{
    struct slice text;
    const char *path =
        slice_z(&s->arena, slice_format(&s->arena, "%s/sqitch.conf", out->folder));

    if (file_read(&s->arena, path, &text) != 0)
        return;
    for (size_t at = 0; at < text.len; at++) {
        size_t end = at;
        struct slice line;

        while (end < text.len && text.ptr[end] != '\n')
            end++;
        line = slice_trim(slice_sub(text, at, end));
        at = end;
        if (!slice_starts(line, "engine") || !slice_ends(line, "sqlite"))
            continue;
        line = slice_trim(slice_sub(line, 6, line.len - 6));
        if (slice_is(line, "="))
            out->dialect = SLICE("sqlite");
    }
}

void
sqitch_read_plan(struct session *s, struct migrations *out)
{
    struct plan p = { .s = s, .out = out };
    const char *path =
        slice_z(&s->arena, slice_format(&s->arena, "%s/sqitch.plan", out->folder));

    p.source = schema_read_file(s, path);
    if (p.source == 0)
        return;
    p.text = source_get(&s->sources, p.source)->text;
    map_init(&p.names, &s->arena);
    for (size_t at = 0; at < p.text.len; at++) {
        size_t end = at;

        while (end < p.text.len && p.text.ptr[end] != '\n')
            end++;
        take_line(&p, slice_sub(p.text, at, end));
        at = end;
    }
    read_engine(s, out);
    if (out->all.count == 0)
        diag_add(&s->diags, D_EMPTY_SOURCE, SPAN_NONE, "%s holds no change", path);
}
