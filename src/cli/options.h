/*
 * The command line as data: which command, its options, its arguments.
 */
#ifndef SCHEMAC_CLI_OPTIONS_H
#define SCHEMAC_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/session.h"

enum option_kind {
    OPTION_FLAG,  /* const char * field: not NULL when given */
    OPTION_VALUE, /* const char * field: the value; NULL when not given */
    OPTION_EITHER, /* a flag that takes a value behind '=': "" without one */
};

enum command_id {
#define COMMAND(id, name, least, most, usage, help) COMMAND_##id,
#include "cli/commands.def"
#undef COMMAND
    COMMAND_COUNT
};

struct options {
#define OPTION(field, kind, name, letter, value, commands, help) const char *field;
#include "cli/options.def"
#undef OPTION
    enum command_id command; /* COMMAND_COUNT: none was given */
    const char **args;
    size_t arg_count;
};

/* False after reporting D_USAGE. */
bool options_parse(struct session *s, int argc, char **argv, struct options *out);

struct command_info {
    const char *name;
    size_t least;
    size_t most;
    const char *usage;
    const char *help;
};

const struct command_info *command_info(enum command_id id);

/* `schemac --help`, or that of one command. */
void options_help(enum command_id id, struct text *out);

#endif
