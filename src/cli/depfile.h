/*
 * What a build is told about the files that gen writes: which they are, and what they
 * are made from.
 */
#ifndef SCHEMAC_CLI_DEPFILE_H
#define SCHEMAC_CLI_DEPFILE_H

#include "base/text.h"
#include "base/vec.h"

struct file_paths {
    VEC(const char *) all;
};

struct dependencies {
    struct file_paths made;
    struct file_paths read; /* files, and folders that decide which files are read */
};

/*
 * `made: read`, as make and ninja read it; `target` stands for all that is made unless it
 * is NULL.
 */
void depfile_print(struct text *t, const struct dependencies *d, const char *target);

/*
 * A makefile to include from the place `path`, which make updates itself: NAME_SOURCES,
 * NAME_HEADERS and NAME_OTHERS, where NAME is that of the file, and what they depend on.
 */
void makefile_print(struct text *t, const struct dependencies *d, const char *path);

#endif
