/*
 * Diagnostics as a SARIF 2.1.0 log: one run, whose rules are all of diag/diag.def in
 * their order, so that a code is its own ruleIndex, and behind them those of the list.
 *
 * Not in here: what a reader can find in the files themselves (snippets, hashes), and
 * absolute paths; file names are relative to where the program ran, as the user wrote
 * them.
 */
#include <string.h>

#include "diag/jsonw.h"

#define SCHEMA_URI                                                                       \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"                \
    "sarif-schema-2.1.0.json"

static json_t *
message_of(struct json_writer *w, struct slice text)
{
    json_t *message = json_object();

    jsonw_put(w, message, "text", jsonw_text(w, text));
    return message;
}

static bool
stands_in_uri(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || (c != '\0' && strchr("-._~/", c) != NULL);
}

/* A file name as a URI reference: `a b.sql` -> `a%20b.sql`, `/a.sql` -> `file:///a.sql`.
 */
static struct slice
uri_of(struct arena *a, struct slice file)
{
    struct text t;

    text_init(&t, a);
    if (slice_starts(file, "/"))
        text_addz(&t, "file://");
    for (size_t i = 0; i < file.len; i++)
        if (stands_in_uri(file.ptr[i]))
            text_addc(&t, file.ptr[i]);
        else
            text_addf(&t, "%%%02X", (unsigned)(unsigned char)file.ptr[i]);
    return text_slice(&t);
}

static json_t *
region_of(struct json_writer *w, struct span span, const struct place *begin)
{
    struct place end = jsonw_end(w, span);
    json_t *region = json_object();

    jsonw_put(w, region, "startLine", jsonw_number(begin->line));
    jsonw_put(w, region, "startColumn", jsonw_number(begin->column));
    jsonw_put(w, region, "endLine", jsonw_number(end.line));
    jsonw_put(w, region, "endColumn", jsonw_number(end.column));
    return region;
}

static json_t *
physical_location(struct json_writer *w, struct span span)
{
    struct place begin = source_place(w->arena, w->sources, span);
    json_t *artifact = json_object();
    json_t *physical = json_object();

    jsonw_put(w, artifact, "uri", jsonw_text(w, uri_of(w->arena, begin.file)));
    jsonw_put(w, physical, "artifactLocation", artifact);
    jsonw_put(w, physical, "region", region_of(w, span, &begin));
    return physical;
}

static json_t *
location(struct json_writer *w, struct span span)
{
    json_t *l = json_object();

    if (span.source != 0)
        jsonw_put(w, l, "physicalLocation", physical_location(w, span));
    return l;
}

static json_t *
locations_of(struct json_writer *w, const struct diag *d)
{
    json_t *locations = json_array();

    if (d->span.source != 0)
        jsonw_push(w, locations, location(w, d->span));
    return locations;
}

/* Notes that say the same twice differ by their id: the schema wants no two alike. */
static json_t *
related_locations(struct json_writer *w, const struct diag *d)
{
    json_t *related = json_array();

    VEC_EACH (i, &d->notes) {
        json_t *l = location(w, d->notes.items[i].span);

        jsonw_put(w, l, "id", jsonw_number(i + 1));
        jsonw_put(w, l, "message", message_of(w, d->notes.items[i].message));
        jsonw_push(w, related, l);
    }
    return related;
}

/* The hint is part of the message, because few viewers show more than that. */
static struct slice
full_message(struct arena *a, const struct diag *d)
{
    struct text t;

    if (slice_is_none(d->hint))
        return d->message;
    text_init(&t, a);
    text_add(&t, d->message);
    text_addz(&t, "\nhint: ");
    text_add(&t, d->hint);
    return text_slice(&t);
}

static size_t
rule_index(const struct diag_list *list, const struct diag *d)
{
    return d->rule == NULL ? (size_t)d->code
                           : DIAG_CODE_COUNT + (size_t)(d->rule - list->rules);
}

static json_t *
result_of(struct json_writer *w, const struct diag_list *list, const struct diag *d)
{
    const struct diag_info *info = diag_info_of(d);
    json_t *result = json_object();

    jsonw_put(w, result, "ruleId", json_string(info->code));
    jsonw_put(w, result, "ruleIndex", jsonw_number(rule_index(list, d)));
    jsonw_put(w, result, "level", json_string(diag_severity_name(info->severity)));
    jsonw_put(w, result, "message", message_of(w, full_message(w->arena, d)));
    jsonw_put(w, result, "locations", locations_of(w, d));
    if (d->notes.count > 0)
        jsonw_put(w, result, "relatedLocations", related_locations(w, d));
    return result;
}

static json_t *
rule_of(struct json_writer *w, const struct diag_info *info)
{
    json_t *configuration = json_object();
    json_t *rule = json_object();

    jsonw_put(w, configuration, "level", json_string(diag_severity_name(info->severity)));
    jsonw_put(w, rule, "id", json_string(info->code));
    jsonw_put(w, rule, "name", jsonw_text(w, diag_name(w->arena, info)));
    jsonw_put(w, rule, "shortDescription", message_of(w, slice_from(info->meaning)));
    if (info->page != NULL)
        jsonw_put(w, rule, "help", message_of(w, slice_from(info->page)));
    jsonw_put(w, rule, "defaultConfiguration", configuration);
    return rule;
}

static json_t *
tool_of(struct json_writer *w, const struct diag_list *list, const char *version)
{
    json_t *rules = json_array();
    json_t *driver = json_object();
    json_t *tool = json_object();

    for (int code = 0; code < DIAG_CODE_COUNT; code++)
        jsonw_push(w, rules, rule_of(w, diag_info((enum diag_code)code)));
    for (size_t i = 0; i < list->rule_count; i++)
        jsonw_push(w, rules, rule_of(w, &list->rules[i]));
    jsonw_put(w, driver, "name", json_string("schemac"));
    jsonw_put(w, driver, "version", json_string(version));
    jsonw_put(w, driver, "rules", rules);
    jsonw_put(w, tool, "driver", driver);
    return tool;
}

static json_t *
run_of(struct json_writer *w, const struct diag_list *list, const char *version)
{
    json_t *results = json_array();
    json_t *run = json_object();

    VEC_EACH (i, &list->all)
        jsonw_push(w, results, result_of(w, list, list->all.items[i]));
    jsonw_put(w, run, "tool", tool_of(w, list, version));
    jsonw_put(w, run, "columnKind", json_string("unicodeCodePoints"));
    jsonw_put(w, run, "results", results);
    return run;
}

bool
diag_render_sarif(struct arena *a, struct sources *sources, const struct diag_list *list,
                  const char *version, struct text *out)
{
    struct json_writer w = { .arena = a, .sources = sources };
    json_t *runs = json_array();
    json_t *root = json_object();

    jsonw_push(&w, runs, run_of(&w, list, version));
    jsonw_put(&w, root, "$schema", json_string(SCHEMA_URI));
    jsonw_put(&w, root, "version", json_string("2.1.0"));
    jsonw_put(&w, root, "runs", runs);
    return jsonw_finish(&w, root, out);
}
