/*
 * Whole files in, whole files out.  Errors are errno values; the caller knows the path.
 */
#ifndef SCHEMAC_BASE_FILE_H
#define SCHEMAC_BASE_FILE_H

#include "base/slice.h"
#include "base/vec.h"

/* The largest file that we read: spans hold 32-bit offsets. */
#define FILE_BYTES_MAX ((size_t)1 << 30)

enum file_write {
    FILE_WRITTEN,
    FILE_UNCHANGED, /* the bytes were the same; the file was not touched */
    FILE_FAILED,    /* *error holds errno */
};

/* 0, or errno (EISDIR for a folder, EFBIG above FILE_BYTES_MAX).  "-" is standard input.
 */
int file_read(struct arena *a, const char *path, struct slice *out);

/*
 * Write to a temporary neighbour, then rename: a reader never sees half a file.
 * Permissions are kept, links are followed, and a pipe or device is written to as it
 * stands.
 */
enum file_write file_write_if_changed(const char *path, struct slice bytes, int *error);

/* The same whether its bytes change or not; 0 or errno. */
int file_write(const char *path, struct slice bytes);

bool file_is_folder(const char *path);
bool file_exists(const char *path);
int file_make_folders(const char *path); /* as mkdir -p; 0 or errno */

struct file_names {
    VEC(const char *) names; /* sorted by bytes; without "." and ".." */
};
int file_list(struct arena *a, const char *folder, struct file_names *out);

#endif
