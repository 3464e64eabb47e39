#include "runtime/digest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define FNV_OFFSET UINT64_C(14695981039346656037)
#define FNV_PRIME UINT64_C(1099511628211)

#define LIST_BYTES_MIN 1024
#define DIGEST_WIDTH 17       /* 16 digits and a space at the beginning of each line */
#define EXTENSION "extension" /* the kind of what SQLite does not have */
#define DIFFERENCES_MAX 8     /* as many as a person reads; the rest is counted */

/* The terminating zero is hashed too, so that "ab" "c" is not "a" "bc". */
static uint64_t
hash_text(uint64_t hash, struct schemac_text text)
{
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * FNV_PRIME;
    return hash * FNV_PRIME;
}

/* Room for `more` bytes and a terminating zero. */
static bool
reserve(struct schemac__digest *digest, size_t *capacity, size_t more)
{
    size_t wanted = *capacity == 0 ? LIST_BYTES_MIN : *capacity;
    char *grown;

    while (wanted - digest->objects_len <= more)
        wanted *= 2;
    if (wanted == *capacity)
        return true;
    grown = schemac__resize(digest->objects, wanted);
    if (grown == NULL)
        return false;
    digest->objects = grown;
    *capacity = wanted;
    return true;
}

/* Lines hold no control characters, whatever is in a name. */
static void
add_text(struct schemac__digest *digest, struct schemac_text text, char after)
{
    char *to = digest->objects + digest->objects_len;

    for (size_t i = 0; i < text.len; i++)
        to[i] = (unsigned char)text.ptr[i] < ' ' ? '?' : text.ptr[i];
    to[text.len] = after;
    to[text.len + 1] = '\0';
    digest->objects_len += text.len + 1;
}

static bool
add_line(struct schemac__digest *digest, size_t *capacity, struct schemac_stmt *stmt,
         uint64_t hash)
{
    struct schemac_text kind = schemac_column_text(stmt, 0);
    struct schemac_text name = schemac_column_text(stmt, 1);

    if (!reserve(digest, capacity, DIGEST_WIDTH + kind.len + name.len + 2))
        return false;
    digest->objects_len += (size_t)snprintf(digest->objects + digest->objects_len,
                                            DIGEST_WIDTH + 1, "%016" PRIx64 " ", hash);
    add_text(digest, kind, ' ');
    add_text(digest, name, '\n');
    /* A DBA creates extensions before anybody migrates: they leave a database empty. */
    if (kind.len != strlen(EXTENSION) || memcmp(kind.ptr, EXTENSION, kind.len) != 0)
        digest->count++;
    return true;
}

/* False when there is no memory for one of the texts. */
static bool
hash_row(struct schemac_stmt *stmt, uint64_t *hash)
{
    *hash = FNV_OFFSET;
    for (int i = 0; i < 3; i++) {
        struct schemac_text text = schemac_column_text(stmt, i);

        if (text.ptr == NULL)
            return false;
        *hash = hash_text(*hash, text);
    }
    return true;
}

static enum schemac_status
read_objects(struct schemac_stmt *stmt, struct schemac__digest *digest, size_t *capacity,
             uint64_t *whole)
{
    enum schemac_status status;
    uint64_t hash;

    while ((status = schemac_step(stmt)) == SCHEMAC_ROW) {
        if (!hash_row(stmt, &hash) || !add_line(digest, capacity, stmt, hash))
            return schemac__no_memory(stmt->db);
        *whole = (*whole ^ hash) * FNV_PRIME;
    }
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

static enum schemac_status
read_query(struct schemac_db *db, const char *query, struct schemac__digest *digest,
           size_t *capacity, uint64_t *whole)
{
    struct schemac_stmt *stmt;
    enum schemac_status status = schemac_prepare(db, query, &stmt);

    if (status != SCHEMAC_OK)
        return status;
    status = read_objects(stmt, digest, capacity, whole);
    schemac_finalize(stmt);
    return status;
}

static enum schemac_status
read_comments(struct schemac_db *db, struct schemac__digest *digest, size_t *capacity,
              uint64_t *whole)
{
    const struct schemac__ddl *ddl = db->driver->ddl;
    enum schemac_status status;
    bool exist;

    if (ddl->comments == NULL)
        return SCHEMAC_OK;
    status = schemac__gives_row(db, ddl->comments_exists, &exist);
    if (status != SCHEMAC_OK || !exist)
        return status;
    return read_query(db, ddl->comments, digest, capacity, whole);
}

enum schemac_status
schemac__digest_read(struct schemac_db *db, struct schemac__digest *digest)
{
    uint64_t whole = FNV_OFFSET;
    size_t capacity = 0;
    enum schemac_status status;

    *digest = (struct schemac__digest){ .objects = NULL };
    status = read_comments(db, digest, &capacity, &whole);
    for (const char *const *query = db->driver->ddl->objects;
         status == SCHEMAC_OK && *query != NULL; query++)
        status = read_query(db, *query, digest, &capacity, &whole);
    (void)snprintf(digest->hex, sizeof digest->hex, "%016" PRIx64, whole);
    return status;
}

void
schemac__digest_free(struct schemac__digest *digest)
{
    schemac__free(digest->objects);
    digest->objects = NULL;
}

/* ---- what differs ---- */

/* A line of a list; key is "table vehicles".  len 0 at the end of the list. */
struct line {
    const char *hex;
    const char *key;
    size_t len;
};

static struct line
line_at(const char *at)
{
    struct line line = { .hex = at };
    const char *end = strchr(at, '\n');

    if (end == NULL || end - at <= DIGEST_WIDTH)
        return line;
    line.key = at + DIGEST_WIDTH;
    line.len = (size_t)(end - line.key);
    return line;
}

static struct line
line_next(struct line line)
{
    return line_at(line.key + line.len + 1);
}

/* As the lists are sorted: kinds hold no space, so "index b" is before "table a".  The
 * end of a list comes last. */
static int
line_compare(struct line a, struct line b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order;

    if (a.len == 0 || b.len == 0)
        return (a.len == 0) - (b.len == 0);
    order = memcmp(a.key, b.key, shorter);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static void
tell(struct schemac_db *db, size_t number, struct line line, const char *what)
{
    if (number <= DIFFERENCES_MAX)
        schemac__error_after(db, "%s%.*s %s", number == 1 ? ": " : ", ", (int)line.len,
                             line.key, what);
}

static void
compare_lists(struct schemac_db *db, struct line was, struct line is)
{
    size_t count = 0;

    while (was.len > 0 || is.len > 0) {
        int order = line_compare(was, is);

        if (order < 0)
            tell(db, ++count, was, "is gone");
        else if (order > 0)
            tell(db, ++count, is, "is new");
        else if (memcmp(was.hex, is.hex, DIGEST_WIDTH) != 0)
            tell(db, ++count, is, "was changed");
        if (order <= 0)
            was = line_next(was);
        if (order >= 0)
            is = line_next(is);
    }
    if (count > DIFFERENCES_MAX)
        schemac__error_after(db, " and %zu more", count - DIFFERENCES_MAX);
}

void
schemac__digest_explain(struct schemac_db *db, const struct schemac__digest *now)
{
    struct schemac__error story = db->error;
    struct schemac_stmt *stmt;

    if (schemac_prepare(
            db, "SELECT objects FROM schemac_history ORDER BY id DESC LIMIT 1", &stmt)
        == SCHEMAC_OK) {
        bool is_there = schemac_step(stmt) == SCHEMAC_ROW;
        const char *was = is_there ? schemac_column_text(stmt, 0).ptr : NULL;

        schemac__error_restore(db, &story);
        if (was != NULL)
            compare_lists(db, line_at(was),
                          line_at(now->objects == NULL ? "" : now->objects));
        story = db->error;
        schemac_finalize(stmt);
    }
    schemac__error_restore(db, &story);
}
