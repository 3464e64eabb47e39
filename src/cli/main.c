/*
 * schemac: reads the command line, runs one command, prints what it has to say.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

typedef enum exit_code command_fn(struct cli *c);

static command_fn *const commands[] = {
#define COMMAND(id, name, least, most, usage, help) [COMMAND_##id] = command_##id,
#include "cli/commands.def"
#undef COMMAND
};

static void
out_of_memory(void)
{
    static const char message[] = "schemac: out of memory\n";

    (void)!write(STDERR_FILENO, message, sizeof message - 1);
    _exit(EXIT_SYSTEM);
}

/* https://no-color.org: any value that is not empty turns color off. */
static bool
wants_color(const struct options *o)
{
    const char *no_color = getenv("NO_COLOR");

    if (o->color != NULL && strcmp(o->color, "auto") != 0)
        return strcmp(o->color, "always") == 0;
    return (no_color == NULL || no_color[0] == '\0') && isatty(STDERR_FILENO);
}

static bool
is_shown(const struct cli *c, const struct diag *d)
{
    switch (diag_info(d->code)->severity) {
    case DIAG_NOTE:
        return c->o.verbose != NULL;
    case DIAG_WARNING:
        return c->o.quiet == NULL;
    case DIAG_ERROR:
        break;
    }
    return true;
}

static void
print_diagnostics(struct cli *c)
{
    struct diags *diags = &c->s.diags;
    struct text t;

    text_init(&t, &c->s.arena);
    VEC_EACH (i, &diags->all)
        if (is_shown(c, diags->all.items[i]))
            diag_render_text(&c->s.scratch, &c->s.sources, diags->all.items[i], c->color,
                             &t);
    if (diags->dropped > 0)
        text_addf(&t, "schemac: %zu more errors are not shown\n", diags->dropped);
    fwrite(text_slice(&t).ptr, 1, text_slice(&t).len, stderr);
}

/* A result that did not arrive is not a result: the disk is full, the pipe is closed. */
static enum exit_code
print_result(struct cli *c, enum exit_code code)
{
    struct slice out = text_slice(&c->out);

    if (code == EXIT_INPUT || code == EXIT_SYSTEM)
        return code;
    if (fwrite(out.ptr, 1, out.len, stdout) == out.len && fflush(stdout) == 0)
        return code;
    fprintf(stderr, "schemac: cannot write the result: %s\n", strerror(errno));
    return EXIT_SYSTEM;
}

static enum exit_code
run(struct cli *c)
{
    if (c->o.version != NULL) {
        text_addz(&c->out, "schemac " SCHEMAC_VERSION "\n");
        return EXIT_DONE;
    }
    if (c->o.help != NULL) {
        options_help(c->o.command, &c->out);
        return EXIT_DONE;
    }
    return commands[c->o.command](c);
}

int
main(int argc, char **argv)
{
    struct cli c = { 0 };
    enum exit_code code = EXIT_INPUT;

    session_init(&c.s);
    c.s.arena.out_of_memory = out_of_memory;
    c.s.scratch.out_of_memory = out_of_memory;
    text_init(&c.out, &c.s.arena);
    if (options_parse(&c.s, argc, argv, &c.o))
        code = run(&c);
    c.color = wants_color(&c.o);
    print_diagnostics(&c);
    code = print_result(&c, code);
    session_free(&c.s);
    return (int)code;
}
