#define _XOPEN_SOURCE 700 /* realpath */

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

bool
file_is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
file_exists(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0;
}

static int
open_for_reading(const char *path)
{
    struct stat st;
    int fd =
        strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);

    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(fd);
        errno = EISDIR;
        return -1;
    }
    return fd;
}

static int
read_all(int fd, struct text *t)
{
    struct stat st;

    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        if ((size_t)st.st_size > FILE_BYTES_MAX)
            return EFBIG;
        /* One more, so that the end is seen without growing. */
        text_reserve(t, (size_t)st.st_size + 1);
    }
    for (;;) {
        ssize_t got;

        text_reserve(t, 1);
        got = read(fd, t->ptr + t->len, t->capacity - t->len);
        if (got == 0)
            return 0;
        if (got < 0 && errno != EINTR)
            return errno;
        if (got > 0)
            t->len += (size_t)got;
        if (t->len > FILE_BYTES_MAX)
            return EFBIG;
    }
}

int
file_read(struct arena *a, const char *path, struct slice *out)
{
    struct text t;
    int fd = open_for_reading(path);
    int error;

    if (fd < 0)
        return errno;
    text_init(&t, a);
    error = read_all(fd, &t);
    close(fd);
    *out = text_slice(&t);
    return error;
}

#define CHUNK_BYTES ((size_t)16 * 1024)

/* Does the file begin with these bytes? */
static bool
begins_with(int fd, struct slice bytes)
{
    char chunk[CHUNK_BYTES];

    while (bytes.len > 0) {
        ssize_t got = read(fd, chunk, bytes.len < CHUNK_BYTES ? bytes.len : CHUNK_BYTES);

        if (got == 0 || (got < 0 && errno != EINTR)
            || (got > 0 && memcmp(chunk, bytes.ptr, (size_t)got) != 0))
            return false;
        if (got > 0) {
            bytes.ptr += got;
            bytes.len -= (size_t)got;
        }
    }
    return true;
}

/* Of ten thousand files that are the same, each costs four calls of the system. */
static bool
holds(const char *path, const struct stat *st, struct slice bytes)
{
    bool same;
    int fd;

    if (!S_ISREG(st->st_mode) || (size_t)st->st_size != bytes.len)
        return false;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    same = fd >= 0 && begins_with(fd, bytes);
    if (fd >= 0)
        close(fd);
    return same;
}

static int
write_all(int fd, struct slice bytes)
{
    while (bytes.len > 0) {
        ssize_t put = write(fd, bytes.ptr, bytes.len);

        if (put < 0 && errno != EINTR)
            return errno;
        if (put > 0) {
            bytes.ptr += put;
            bytes.len -= (size_t)put;
        }
    }
    return 0;
}

static int
write_open(int fd, struct slice bytes)
{
    int error = fd < 0 ? errno : write_all(fd, bytes);

    if (fd >= 0 && close(fd) != 0 && error == 0)
        error = errno;
    return error;
}

/* A pipe or a device keeps its place; renaming a file to it would put an end to it. */
static int
write_in_place(const char *path, struct slice bytes)
{
    return write_open(open(path, O_WRONLY | O_CLOEXEC), bytes);
}

/* `old`: the file that is there already and gives its permissions; NULL: none. */
static int
write_renamed(const char *path, const struct stat *old, struct slice bytes)
{
    struct arena a = { 0 };
    const char *temporary =
        slice_z(&a, slice_format(&a, "%s.%ld.tmp", path, (long)getpid()));
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int error = 0;

    if (fd >= 0 && old != NULL && fchmod(fd, old->st_mode & 07777) != 0)
        error = errno;
    if (error == 0)
        error = write_open(fd, bytes);
    else
        close(fd);
    if (error == 0 && rename(temporary, path) != 0)
        error = errno;
    if (error != 0 && fd >= 0)
        unlink(temporary);
    arena_free(&a);
    return error;
}

/* A link stays a link: the file that it leads to is replaced.  A file that must not be
 * written is not, although its folder would allow to. */
static int
replace(const char *path, const struct stat *old, struct slice bytes)
{
    char *real;
    int error;

    if (access(path, W_OK) != 0)
        return errno;
    real = realpath(path, NULL);
    error = real == NULL ? errno : write_renamed(real, old, bytes);
    free(real);
    return error;
}

/* `old`: what is there; NULL: nothing. */
static int
write_over(const char *path, const struct stat *old, struct slice bytes)
{
    if (old == NULL)
        return write_renamed(path, NULL, bytes);
    return S_ISREG(old->st_mode) ? replace(path, old, bytes)
                                 : write_in_place(path, bytes);
}

int
file_write(const char *path, struct slice bytes)
{
    struct stat old;

    return write_over(path, stat(path, &old) == 0 ? &old : NULL, bytes);
}

enum file_write
file_write_if_changed(const char *path, struct slice bytes, int *error)
{
    struct stat old;
    bool is_there = stat(path, &old) == 0;

    *error = 0;
    if (is_there && holds(path, &old, bytes))
        return FILE_UNCHANGED;
    *error = write_over(path, is_there ? &old : NULL, bytes);
    return *error == 0 ? FILE_WRITTEN : FILE_FAILED;
}

static int
make_folder(const char *path)
{
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && file_is_folder(path)))
        return 0;
    return errno;
}

int
file_make_folders(const char *path)
{
    struct arena a = { 0 };
    char *part = arena_copy(&a, path, strlen(path) + 1);
    int error = 0;

    for (char *p = part + 1; error == 0 && part[0] != '\0' && *p != '\0'; p++)
        if (*p == '/') {
            *p = '\0';
            error = make_folder(part);
            *p = '/';
        }
    if (error == 0)
        error = make_folder(path);
    arena_free(&a);
    return error;
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int
file_list(struct arena *a, const char *folder, struct file_names *out)
{
    DIR *dir = opendir(folder);
    const struct dirent *e;

    *out = (struct file_names){ 0 };
    if (dir == NULL)
        return errno;
    while ((e = readdir(dir)) != NULL)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            VEC_PUSH(a, &out->names, slice_z(a, slice_from(e->d_name)));
    closedir(dir);
    if (out->names.count > 0)
        qsort(out->names.items, out->names.count, sizeof *out->names.items,
              compare_names);
    return 0;
}
