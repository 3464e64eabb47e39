/*
 * Arrays in rows, whatever the engine: their items, and copies of them.
 */
#include "runtime/row.h"

#define ALIGN 16 /* of copies: more than any item needs */

static bool
says_null(uint8_t codec)
{
    return codec == SCHEMAC_CODEC_TEXT || codec == SCHEMAC_CODEC_BYTES
           || codec == SCHEMAC_CODEC_ENUM;
}

struct schemac_column
schemac__row_item(const struct schemac_column *c)
{
    struct schemac_column item = *c;
    bool has_opt = (c->flags & SCHEMAC_COLUMN_OPT_ITEMS) != 0;

    item.codec = c->element;
    item.flags = says_null(c->element) || has_opt ? SCHEMAC_COLUMN_NULLABLE : 0;
    return item;
}

/* Bytes of the _opt of a codec; of its plain type where that says NULL itself. */
static size_t
opt_bytes(enum schemac_codec codec)
{
    switch (codec) {
    case SCHEMAC_CODEC_BOOL:
        return sizeof(struct schemac_bool_opt);
    case SCHEMAC_CODEC_INT16:
        return sizeof(struct schemac_int16_opt);
    case SCHEMAC_CODEC_INT32:
    case SCHEMAC_CODEC_DATE:
        return sizeof(struct schemac_int32_opt);
    case SCHEMAC_CODEC_INT64:
    case SCHEMAC_CODEC_DECIMAL:
    case SCHEMAC_CODEC_TIME:
    case SCHEMAC_CODEC_TIMESTAMP:
        return sizeof(struct schemac_int64_opt);
    case SCHEMAC_CODEC_FLOAT:
        return sizeof(struct schemac_float_opt);
    case SCHEMAC_CODEC_DOUBLE:
        return sizeof(struct schemac_double_opt);
    case SCHEMAC_CODEC_UUID:
        return sizeof(struct schemac_uuid_opt);
    case SCHEMAC_CODEC_TEXT:
    case SCHEMAC_CODEC_BYTES:
    case SCHEMAC_CODEC_ENUM:
    case SCHEMAC_CODEC_ARRAY:
        break;
    }
    return schemac__codec_bytes(codec);
}

size_t
schemac__row_item_bytes(const struct schemac_column *c)
{
    enum schemac_codec codec = (enum schemac_codec)c->element;

    return (c->flags & SCHEMAC_COLUMN_OPT_ITEMS) != 0 ? opt_bytes(codec)
                                                      : schemac__codec_bytes(codec);
}

bool
schemac__row_item_is_null(const struct schemac_column *item, const void *value)
{
    if (item->codec == SCHEMAC_CODEC_ENUM)
        return row_enum_at(value) == 0;
    if (item->codec == SCHEMAC_CODEC_TEXT || item->codec == SCHEMAC_CODEC_BYTES)
        return schemac__row_array(value).items == NULL;
    return row_has_opt(item)
           && !*(const bool *)((const char *)value + row_is_set_offset(item));
}

void *
schemac__row_new_items(struct schemac_db *db, const struct schemac_column *c,
                       size_t count, struct schemac_arena *into)
{
    size_t bytes = schemac__row_item_bytes(c);
    void *items =
        count > SIZE_MAX / bytes ? NULL : schemac_arena_alloc(into, count * bytes);

    if (items == NULL)
        schemac__no_memory(db);
    else
        memset(items, 0, count * bytes); /* what is between value and is_set, too */
    return items;
}

enum schemac_status
schemac__row_null_item(const struct row_place *place)
{
    return schemac__row_tell(place, SCHEMAC_DECODE,
                             " holds an array with NULL in it, which its items "
                             "cannot be");
}

enum schemac_status
schemac__row_check_array(const struct row_place *place, struct row_array array)
{
    if (array.items == NULL && array.count > 0)
        return schemac__row_tell(place, SCHEMAC_MISUSE,
                                 ": %zu items, but no pointer to them", array.count);
    if (array.count > ROW_ITEMS_MAX)
        return schemac__row_tell(place, SCHEMAC_CHECK,
                                 ": the array has %zu items, more than %zu", array.count,
                                 ROW_ITEMS_MAX);
    return SCHEMAC_OK;
}

/* ---- copies ---- */

static size_t
aligned(size_t bytes)
{
    return (bytes + ALIGN - 1) / ALIGN * ALIGN;
}

static bool
points(const struct schemac_column *c)
{
    return c->element == SCHEMAC_CODEC_TEXT || c->element == SCHEMAC_CODEC_BYTES;
}

/* Text and bytes have the shape of an array: a pointer, and how many. */
static struct row_array
text_at(const struct schemac_column *c, struct row_array array, size_t i)
{
    return schemac__row_array((const char *)array.items + i * schemac__row_item_bytes(c));
}

static bool
is_in(const struct schemac_arena *arena, const struct schemac_column *c,
      struct row_array array)
{
    if (schemac__arena_holds(arena, array.items))
        return true;
    for (size_t i = 0; points(c) && i < array.count; i++) {
        const void *text = text_at(c, array, i).items;

        if (text != NULL && schemac__arena_holds(arena, text))
            return true;
    }
    return false;
}

/* The room for a copy. */
static size_t
bytes_of(const struct schemac_column *c, struct row_array array)
{
    size_t total = aligned(array.count * schemac__row_item_bytes(c));

    for (size_t i = 0; points(c) && i < array.count; i++)
        total += text_at(c, array, i).count;
    return total;
}

/* The copy, at `to`, and behind it what its items point to. */
static void
copy_items(const struct schemac_column *c, struct row_array array, char *to)
{
    size_t item_bytes = schemac__row_item_bytes(c);
    char *behind = to + aligned(array.count * item_bytes);

    memcpy(to, array.items, array.count * item_bytes);
    for (size_t i = 0; points(c) && i < array.count; i++) {
        struct row_array text = text_at(c, array, i);

        if (text.items == NULL)
            continue;
        memcpy(behind, text.items, text.count);
        schemac__row_put_array(to + i * item_bytes,
                               (struct row_array){ behind, text.count });
        behind += text.count;
    }
}

enum schemac_status
schemac__row_keep_array(struct row_table *home, const struct schemac_column *c,
                        void *field)
{
    struct row_array array = schemac__row_array(field);
    char *to;

    if (array.items == NULL || !is_in(&home->current, c, array))
        return SCHEMAC_OK;
    to = schemac_arena_alloc(&home->spare, bytes_of(c, array));
    if (to == NULL)
        return schemac__no_memory(home->db);
    copy_items(c, array, to);
    schemac__row_put_array(field, (struct row_array){ to, array.count });
    return SCHEMAC_OK;
}
