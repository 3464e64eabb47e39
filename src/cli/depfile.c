/*
 * Dependencies for make and ninja.
 */
#include "cli/depfile.h"

#include <string.h>

/* Characters that end a name or begin something else. */
static void
add_name(struct text *t, const char *name)
{
    for (; *name != '\0'; name++) {
        if (*name == ' ' || *name == '#')
            text_addc(t, '\\');
        text_addc(t, *name);
        if (*name == '$')
            text_addc(t, '$');
    }
}

static void
add_names(struct text *t, const struct file_paths *names)
{
    VEC_EACH (i, &names->all) {
        text_addz(t, " \\\n ");
        add_name(t, names->all.items[i]);
    }
}

void
depfile_print(struct text *t, const struct dependencies *d, const char *target)
{
    if (target != NULL)
        add_name(t, target);
    VEC_EACH (i, &d->made.all) {
        if (target != NULL)
            break;
        text_addz(t, i == 0 ? "" : " \\\n");
        add_name(t, d->made.all.items[i]);
    }
    text_addc(t, ':');
    add_names(t, &d->read);
    text_addc(t, '\n');
}

/* ---- a makefile ---- */

enum made_kind { MADE_SOURCES, MADE_HEADERS, MADE_OTHERS, MADE_KIND_COUNT };

static const char *const kind_names[] = {
    [MADE_SOURCES] = "SOURCES",
    [MADE_HEADERS] = "HEADERS",
    [MADE_OTHERS] = "OTHERS",
};

static enum made_kind
kind_of(const char *name)
{
    const struct slice file = slice_from(name);

    if (slice_ends(file, ".c"))
        return MADE_SOURCES;
    return slice_ends(file, ".h") ? MADE_HEADERS : MADE_OTHERS;
}

/* "build/parking.mk" → "parking" */
static struct slice
stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct slice name = slice_from(slash == NULL ? path : slash + 1);
    const char *dot = strchr(slash == NULL ? path : slash + 1, '.');

    return dot == NULL ? name : slice_sub(name, 0, (size_t)(dot - name.ptr));
}

static void
add_variable(struct text *t, const struct dependencies *d, struct slice stem,
             enum made_kind kind)
{
    text_addf(t, "%.*s_%s :=", SLICE_ARG(stem), kind_names[kind]);
    VEC_EACH (i, &d->made.all)
        if (kind_of(d->made.all.items[i]) == kind) {
            text_addz(t, " \\\n ");
            add_name(t, d->made.all.items[i]);
        }
    text_addz(t, "\n\n");
}

void
makefile_print(struct text *t, const struct dependencies *d, const char *path)
{
    text_addz(t, "# Made by schemac gen; do not edit.\n\n");
    for (enum made_kind kind = 0; kind < MADE_KIND_COUNT; kind++)
        add_variable(t, d, stem_of(path), kind);
    depfile_print(t, d, path);
    /* What is no longer there must not stop make: it is asked for anew. */
    VEC_EACH (i, &d->read.all) {
        text_addc(t, '\n');
        add_name(t, d->read.all.items[i]);
        text_addz(t, ":\n");
    }
}
