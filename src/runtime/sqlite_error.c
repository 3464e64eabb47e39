/*
 * What SQLite's errors mean: status, name of the code, and the table, columns and
 * constraint that its messages name.
 */
#include <stdio.h>
#include <string.h>

#include "runtime/sqlite.h"

#define CODE_NAME_BYTES 22 /* "CONSTRAINT_FOREIGNKEY" */

/* Extended codes first where they mean something else than the primary code. */
static const struct {
    uint16_t code;
    uint8_t status;             /* enum schemac_status */
    char name[CODE_NAME_BYTES]; /* behind SQLITE_ */
} codes[] = {
#define CODE(name, status)                                                               \
    {                                                                                    \
        SQLITE_##name, status, #name                                                     \
    }
    CODE(CONSTRAINT_UNIQUE, SCHEMAC_UNIQUE),
    CODE(CONSTRAINT_PRIMARYKEY, SCHEMAC_UNIQUE),
    CODE(CONSTRAINT_ROWID, SCHEMAC_UNIQUE),
    CODE(CONSTRAINT_FOREIGNKEY, SCHEMAC_FOREIGN_KEY),
    CODE(CONSTRAINT_NOTNULL, SCHEMAC_NOT_NULL),
    CODE(CONSTRAINT_CHECK, SCHEMAC_CHECK),
    CODE(CONSTRAINT_DATATYPE, SCHEMAC_CHECK),
    CODE(CONSTRAINT_TRIGGER, SCHEMAC_CHECK),
    CODE(CONSTRAINT, SCHEMAC_CHECK),
    CODE(MISMATCH, SCHEMAC_CHECK),
    CODE(BUSY_SNAPSHOT, SCHEMAC_RETRY),
    CODE(BUSY_RECOVERY, SCHEMAC_BUSY),
    CODE(BUSY, SCHEMAC_BUSY),
    CODE(LOCKED_SHAREDCACHE, SCHEMAC_BUSY),
    CODE(LOCKED, SCHEMAC_BUSY),
    CODE(IOERR_NOMEM, SCHEMAC_NO_MEMORY),
    CODE(NOMEM, SCHEMAC_NO_MEMORY),
    CODE(FULL, SCHEMAC_FULL),
    CODE(READONLY_DBMOVED, SCHEMAC_CONNECTION),
    CODE(READONLY_DIRECTORY, SCHEMAC_READ_ONLY),
    CODE(READONLY, SCHEMAC_READ_ONLY),
    CODE(PERM, SCHEMAC_READ_ONLY),
    CODE(NOTADB, SCHEMAC_NOT_A_DATABASE),
    CODE(CORRUPT_VTAB, SCHEMAC_ERROR),
    CODE(CORRUPT, SCHEMAC_NOT_A_DATABASE),
    CODE(CANTOPEN, SCHEMAC_CONNECTION),
    CODE(IOERR, SCHEMAC_CONNECTION),
    CODE(RANGE, SCHEMAC_MISUSE),
    CODE(MISUSE, SCHEMAC_MISUSE),
    CODE(TOOBIG, SCHEMAC_CHECK),
    CODE(INTERRUPT, SCHEMAC_ERROR),
    CODE(AUTH, SCHEMAC_ERROR),
    CODE(SCHEMA, SCHEMAC_ERROR),
    CODE(NOLFS, SCHEMAC_ERROR),
    CODE(ERROR, SCHEMAC_ERROR),
#undef CODE
};

#define CODE_COUNT (sizeof codes / sizeof *codes)

/* CODE_COUNT: there is none. */
static size_t
find_code(int code)
{
    size_t at = 0;

    while (at < CODE_COUNT && codes[at].code != code)
        at++;
    return at;
}

/* "t.a, t.b" → table "t", column "a, b". */
static void
split_columns(struct schemac__error *e, const char *names)
{
    const char *dot = strchr(names, '.');
    size_t prefix = dot == NULL ? 0 : (size_t)(dot - names) + 1;

    if (dot == NULL)
        return;
    schemac__copy(e->table, sizeof e->table, names, prefix - 1);
    for (const char *at = names; at != NULL;) {
        const char *end = strstr(at, ", ");
        const char *name = strncmp(at, names, prefix) == 0 ? at + prefix : at;
        size_t len = end == NULL ? strlen(name) : (size_t)(end - name);

        schemac__append(e->column, sizeof e->column, ", ", at == names ? 0 : 2);
        schemac__append(e->column, sizeof e->column, name, len);
        at = end == NULL ? NULL : end + 2;
    }
}

/* A unique index over expressions is named, columns are not: "index 'name'". */
static void
split_unique(struct schemac__error *e, const char *rest)
{
    static const char index[] = "index '";
    size_t len = strlen(rest);

    if (strncmp(rest, index, sizeof index - 1) != 0) {
        split_columns(e, rest);
        return;
    }
    rest += sizeof index - 1;
    len -= sizeof index - 1;
    schemac__copy(e->constraint, sizeof e->constraint, rest, len > 0 ? len - 1 : 0);
}

static void
split_check(struct schemac__error *e, const char *rest)
{
    schemac__copy(e->constraint, sizeof e->constraint, rest, strlen(rest));
}

/* Only columns of STRICT tables say this: "cannot store TEXT value in INTEGER column
 * t.a". */
static void
split_datatype(struct schemac__error *e, const char *rest)
{
    const char *column = strstr(rest, " column ");

    if (column != NULL)
        split_columns(e, column + strlen(" column "));
}

static const struct {
    const char *prefix;
    void (*split)(struct schemac__error *e, const char *rest);
} messages[] = {
    { "UNIQUE constraint failed: ", split_unique },
    { "NOT NULL constraint failed: ", split_columns },
    { "CHECK constraint failed: ", split_check },
    { "cannot store ", split_datatype },
};

#define MESSAGE_COUNT (sizeof messages / sizeof *messages)

static void
split_message(struct schemac__error *e, const char *message)
{
    for (size_t i = 0; i < MESSAGE_COUNT; i++) {
        size_t len = strlen(messages[i].prefix);

        if (strncmp(message, messages[i].prefix, len) == 0)
            messages[i].split(e, message + len);
    }
}

static void
name_code(struct schemac__error *e, int extended, size_t at)
{
    if (at < CODE_COUNT && codes[at].code == extended)
        (void)snprintf(e->code, sizeof e->code, "SQLITE_%s", codes[at].name);
    else if (at < CODE_COUNT)
        (void)snprintf(e->code, sizeof e->code, "SQLITE_%s (%d)", codes[at].name,
                       extended);
    else
        (void)snprintf(e->code, sizeof e->code, "%d", extended);
}

/* ON DELETE and ON UPDATE RESTRICT are triggers to SQLite, which say so in their code. */
static enum schemac_status
status_of(int extended, size_t at, const char *message)
{
    if (extended == SQLITE_CONSTRAINT_TRIGGER
        && strcmp(message, "FOREIGN KEY constraint failed") == 0)
        return SCHEMAC_FOREIGN_KEY;
    return at < CODE_COUNT ? (enum schemac_status)codes[at].status : SCHEMAC_ERROR;
}

enum schemac_status
schemac__sqlite_error(struct schemac_db *db)
{
    int extended = sqlite3_extended_errcode(db->native);
    const char *message = sqlite3_errmsg(db->native);
    size_t at = find_code(extended);

    if (at == CODE_COUNT)
        at = find_code(extended & 0xFF);
    schemac__refuse(db, status_of(extended, at, message), message, "");
    name_code(&db->error, extended, at);
    if ((extended & 0xFF) == SQLITE_CONSTRAINT)
        split_message(&db->error, message);
    return db->error.status;
}
