#include "cli/options.h"

#include <assert.h>
#include <string.h>

#include "dialect/versions.h"

struct option_info {
    size_t offset;
    enum option_kind kind;
    const char *name;
    char letter; /* 0: none */
    const char *value;
    const char *commands; /* "": all */
    const char *help;
};

static const struct option_info option_infos[] = {
#define OPTION(field, kind, name, letter, value, commands, help)                         \
    { offsetof(struct options, field), kind, name, letter, value, commands, help },
#include "cli/options.def"
#undef OPTION
};

static const struct command_info command_infos[] = {
#define COMMAND(id, name, least, most, usage, help)                                      \
    [COMMAND_##id] = { name, least, most, usage, help },
#include "cli/commands.def"
#undef COMMAND
};

static_assert(ARRAY_LEN(command_infos) == COMMAND_COUNT, "describe every command");

/* Named in the manual, and to come: they are refused by name rather than called unknown.
 */
static const char *const later_commands[] = { "docs" };

const struct command_info *
command_info(enum command_id id)
{
    assert(id < COMMAND_COUNT);
    return &command_infos[id];
}

static struct diag *
usage_error(struct session *s, const char *what, const char *word)
{
    return diag_add(&s->diags, D_USAGE, SPAN_NONE, "%s \"%s\"", what, word);
}

/* Is `word` one of the words of `list`? */
static bool
list_has(const char *list, const char *word)
{
    size_t n = strlen(word);

    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word))
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
            return true;
    return false;
}

static bool
option_applies(const struct option_info *o, enum command_id id)
{
    if (o->commands[0] == '\0' || id == COMMAND_COUNT)
        return true;
    return list_has(o->commands, command_infos[id].name);
}

static enum command_id
find_command(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(command_infos); i++)
        if (strcmp(command_infos[i].name, name) == 0)
            return (enum command_id)i;
    return COMMAND_COUNT;
}

static bool
report_unknown_command(struct session *s, const char *name)
{
    struct slice names[ARRAY_LEN(command_infos)];
    struct slice near;
    struct diag *d;

    for (size_t i = 0; i < ARRAY_LEN(later_commands); i++)
        if (strcmp(later_commands[i], name) == 0) {
            usage_error(s, "this version has no command", name);
            return false;
        }
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        names[i] = slice_from(command_infos[i].name);
    d = usage_error(s, "there is no command", name);
    near = diag_nearest(slice_from(name), names, ARRAY_LEN(names));
    if (slice_is_none(near))
        diag_hint(&s->diags, d, "schemac --help lists the commands");
    else
        diag_hint(&s->diags, d, "did you mean \"%.*s\"?", SLICE_ARG(near));
    return false;
}

static const struct option_info *
find_option(struct slice name, char letter)
{
    for (size_t i = 0; i < ARRAY_LEN(option_infos); i++) {
        const struct option_info *o = &option_infos[i];

        if (letter != 0 ? o->letter == letter : slice_is(name, o->name))
            return o;
    }
    return NULL;
}

struct scan {
    struct session *s;
    int argc;
    char **argv;
    int at; /* of the next word */
    struct options *out;
};

/* What "--name=value" has behind the '='; NULL when there is none. */
static const char *
attached_value(const char *word)
{
    const char *equals = strchr(word, '=');

    return word[1] == '-' && equals != NULL ? equals + 1 : NULL;
}

static const struct option_info *
option_of_word(const char *word)
{
    if (word[1] == '-')
        return find_option((struct slice){ word + 2, strcspn(word + 2, "=") }, 0);
    return word[2] == '\0' ? find_option(SLICE_NONE, word[1]) : NULL;
}

static bool
scan_option(struct scan *scan, const char *word)
{
    const struct option_info *o = option_of_word(word);
    const char *value = attached_value(word);
    const char **field;

    if (o == NULL) {
        usage_error(scan->s, "there is no option", word);
        return false;
    }
    if (o->kind == OPTION_FLAG && value != NULL) {
        usage_error(scan->s, "this option takes no value:", word);
        return false;
    }
    if (o->kind == OPTION_VALUE && value == NULL) {
        if (scan->at >= scan->argc) {
            usage_error(scan->s, "a value is missing behind", word);
            return false;
        }
        value = scan->argv[scan->at++];
    }
    if (value != NULL && value[0] == '\0') {
        usage_error(scan->s, "the value is empty:", word);
        return false;
    }
    field = (const char **)(void *)((char *)scan->out + o->offset);
    *field = o->kind == OPTION_FLAG ? o->name : value == NULL ? "" : value;
    return true;
}

static bool
scan_word(struct scan *scan, const char *word)
{
    struct options *out = scan->out;

    if (out->command == COMMAND_COUNT) {
        out->command = find_command(word);
        return out->command != COMMAND_COUNT || report_unknown_command(scan->s, word);
    }
    if (word[0] == '\0') {
        diag_add(&scan->s->diags, D_USAGE, SPAN_NONE, "argument number %zu is empty",
                 out->arg_count + 1);
        return false;
    }
    out->args[out->arg_count++] = word;
    return true;
}

static bool
scan_words(struct scan *scan)
{
    bool options_end = false;

    while (scan->at < scan->argc) {
        const char *word = scan->argv[scan->at++];

        if (!options_end && strcmp(word, "--") == 0)
            options_end = true;
        else if (!options_end && word[0] == '-' && word[1] != '\0') {
            if (!scan_option(scan, word))
                return false;
        } else if (!scan_word(scan, word)) {
            return false;
        }
    }
    return true;
}

/*
 * A command line that is wrong is reported in the form that the rest of it asks for:
 * whoever reads documents reads nothing else.
 */
static void
scan_rest_for_form(struct scan *scan)
{
    for (; scan->at < scan->argc; scan->at++) {
        const char *word = scan->argv[scan->at];

        if (strncmp(word, "--diagnostics=", strlen("--diagnostics=")) == 0)
            scan->out->diagnostics = attached_value(word);
        else if (strcmp(word, "--diagnostics") == 0 && scan->at + 1 < scan->argc)
            scan->out->diagnostics = scan->argv[++scan->at];
    }
}

/* Options that the command does not know would be ignored in silence. */
static bool
check_options_apply(struct session *s, const struct options *o)
{
    for (size_t i = 0; i < ARRAY_LEN(option_infos); i++) {
        const struct option_info *info = &option_infos[i];
        const char *const *field =
            (const char *const *)(const void *)((const char *)o + info->offset);

        if (*field == NULL || option_applies(info, o->command))
            continue;
        diag_add(&s->diags, D_USAGE, SPAN_NONE, "\"%s\" has no option --%s",
                 command_infos[o->command].name, info->name);
        return false;
    }
    return true;
}

static bool
is_one_of(const char *value, const char *list)
{
    return value == NULL || (value[0] != '\0' && list_has(list, value));
}

static void
read_version(struct session *s, const struct dialect *d, const char *text,
             const char *option, int *out)
{
    if (text != NULL && !version_from_text(d, text, out))
        diag_add(&s->diags, D_USAGE, SPAN_NONE,
                 "%s takes a version from %s on, not \"%s\"", option,
                 d == &dialect_sqlite ? "3.25" : "14", text);
}

static bool
check_values(struct session *s, const struct options *o)
{
    if (!is_one_of(o->color, "auto always never"))
        usage_error(s, "--color is auto, always or never, not", o->color);
    if (!is_one_of(o->diagnostics, "text json sarif"))
        usage_error(s, "--diagnostics is text, json or sarif, not", o->diagnostics);
    if (o->command == COMMAND_gen && !is_one_of(o->format, "json"))
        usage_error(s, "what templates are given is printed as json only, not as",
                    o->format);
    if (o->command == COMMAND_plan && !is_one_of(o->format, "text json markdown html"))
        usage_error(s, "plans are printed as text, json, markdown or html, not as",
                    o->format);
    read_version(s, &dialect_postgres, o->server_version, "--server-version",
                 &s->server_version);
    read_version(s, &dialect_sqlite, o->sqlite_version, "--sqlite-version",
                 &s->sqlite_version);
    return !session_has_errors(s);
}

static bool
check_arguments(struct session *s, const struct options *o)
{
    const struct command_info *c;
    struct diag *d;

    if (o->help != NULL || o->version != NULL)
        return true;
    if (o->command == COMMAND_COUNT) {
        d = diag_add(&s->diags, D_USAGE, SPAN_NONE, "no command was given");
        diag_hint(&s->diags, d, "schemac --help lists the commands");
        return false;
    }
    c = command_info(o->command);
    if (o->arg_count < c->least || o->arg_count > c->most) {
        d = diag_add(&s->diags, D_USAGE, SPAN_NONE, "\"%s\" takes other arguments",
                     c->name);
        diag_hint(&s->diags, d, "schemac %s %s", c->name, c->usage);
        return false;
    }
    return check_options_apply(s, o) && check_values(s, o);
}

bool
options_parse(struct session *s, int argc, char **argv, struct options *out)
{
    struct scan scan = { s, argc, argv, 1, out };

    *out = (struct options){ .command = COMMAND_COUNT };
    out->args = ARENA_ARRAY(&s->arena, const char *, argc);
    if (scan_words(&scan))
        return check_arguments(s, out);
    scan_rest_for_form(&scan);
    return false;
}

static void
help_options(enum command_id id, struct text *out)
{
    for (size_t i = 0; i < ARRAY_LEN(option_infos); i++) {
        const struct option_info *o = &option_infos[i];
        size_t width = strlen(o->name) + 1 + strlen(o->value);

        if (!option_applies(o, id) || (id == COMMAND_COUNT && o->commands[0] != '\0'))
            continue;
        text_addf(out, o->letter == 0 ? "      " : "  -%c, ", o->letter);
        text_addf(out, "--%s%s%s", o->name, o->kind == OPTION_EITHER ? "" : " ",
                  o->value);
        text_repeat(out, ' ', width < 20 ? 20 - width : 1);
        text_addf(out, "%s\n", o->help);
    }
}

/* Shown by `schemac COMMAND --help`; each line is a command that works on this project.
 */
static const char *const examples[] = {
    [COMMAND_check] = "  schemac check schemas/parking\n",
    [COMMAND_fmt] = "  schemac fmt --check schemas/parking/1.0.0.sql\n",
    [COMMAND_print] = "  schemac print --fingerprint schemas/parking@1.1.0\n",
    [COMMAND_ddl] = "  schemac ddl --dialect sqlite schemas/parking | sqlite3 lot.db\n",
    [COMMAND_diff] =
        "  schemac diff --dialect sqlite schemas/parking@1.0.0 schemas/parking@1.1.0\n"
        "  schemac diff --exit-code schemas/parking sqlite:lot.db\n",
    [COMMAND_plan] =
        "  schemac plan --dialect sqlite schemas/parking@1.0.0 schemas/parking\n"
        "  schemac plan --dialect sqlite --format html schemas/parking@1.0.0 "
        "schemas/parking > plan.html\n",
    [COMMAND_gen] = "  schemac gen --out generated/parking schemas/parking\n",
    [COMMAND_migrate] =
        "  schemac migrate up --database sqlite:lot.db schemas/parking\n"
        "  schemac migrate to 1.0.0 --allow data-loss --database lot.db schemas/parking\n"
        "  schemac migrate status --database lot.db schemas/parking\n"
        "  schemac migrate up --keep=30d --database lot.db schemas/parking\n",
    [COMMAND_lint] = "  schemac lint schemas/parking\n"
                     "  schemac lint --rule varchar-limit=warning,small-key=off app.sql\n"
                     "  schemac lint --list\n",
    [COMMAND_describe] = "  schemac describe sqlite:lot.db\n",
};

static_assert(ARRAY_LEN(examples) == COMMAND_COUNT, "give every command an example");

static void
help_overview(struct text *out)
{
    text_addz(out, "schemac - a compiler for database schemas\n\n"
                   "usage: schemac COMMAND [OPTION...] ARGUMENT...\n\ncommands:\n");
    for (size_t i = 0; i < ARRAY_LEN(command_infos); i++)
        text_addf(out, "  %-10s %s\n", command_infos[i].name, command_infos[i].help);
    text_addz(out, "\noptions of every command:\n");
    help_options(COMMAND_COUNT, out);
    text_addz(out, "\nA SOURCE is a file, several files, - for standard input, a schema "
                   "folder,\nFOLDER@VERSION, or a live database (sqlite:FILE, "
                   "postgresql://...).\n"
                   "schemac COMMAND --help shows the options of a command.\n");
}

void
options_help(enum command_id id, struct text *out)
{
    if (id == COMMAND_COUNT) {
        help_overview(out);
        return;
    }
    text_addf(out, "usage: schemac %s [OPTION...] %s\n\n%s\n\noptions:\n",
              command_infos[id].name, command_infos[id].usage, command_infos[id].help);
    help_options(id, out);
    text_addf(out, "\nexamples:\n%s", examples[id]);
}
