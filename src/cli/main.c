/*
 * schemac: reads the command line, runs one command, prints what it has to say.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/report.h"

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

/* A result that did not arrive is not a result: the disk is full, the pipe is closed. */
static enum exit_code
print_result(struct cli *c, enum exit_code code)
{
    struct slice out = text_slice(&c->out);

    if (code == EXIT_INPUT || code == EXIT_SYSTEM)
        return code;
    if (fwrite(out.ptr, 1, out.len, stdout) == out.len && fflush(stdout) == 0)
        return code;
    if (report_is_document(&c->o))
        diag_add(&c->s.diags, D_FILE, SPAN_NONE, "cannot write the result: %s",
                 strerror(errno));
    else
        fprintf(stderr, "schemac: cannot write the result: %s\n", strerror(errno));
    return EXIT_SYSTEM;
}

static void
report(struct cli *c)
{
    if (!report_print(c))
        out_of_memory();
}

/*
 * Text stands before the result, whose reader may be gone and end us.  A document is
 * complete only when the result is written, so that no reader may end us.
 */
static enum exit_code
finish(struct cli *c, enum exit_code code)
{
    if (!report_is_document(&c->o)) {
        report(c);
        return print_result(c, code);
    }
    (void)signal(SIGPIPE, SIG_IGN);
    code = print_result(c, code);
    report(c);
    return code;
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
    if (options_parse(&c.s, argc, argv, &c.o)) {
        c.s.diags.strict = c.o.strict != NULL;
        code = run(&c);
    }
    code = finish(&c, code);
    session_free(&c.s);
    return (int)code;
}
