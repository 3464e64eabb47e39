/*
 * Arrays to and from PostgreSQL.
 *
 * They travel in the server's binary form where their items have one; else as the text of
 * an array, {"a","b"}, which every type reads.
 */
#include <string.h>

#include "runtime/postgres_rows.h"
#include "runtime/postgres_types.h"

/* ---- from C ---- */

static bool
is_binary_array(const struct schemac_column *column, const struct postgres_slot *slot)
{
    return slot->wire == WIRE_ARRAY
           && schemac__postgres_is_binary(column->element, slot->item);
}

/* An array on its way out, in the slot of its parameter. */
struct array_out {
    struct field_out *f;
    const struct postgres_items *items;
    struct field_out item;
    struct postgres_slot slot; /* of one item */
    size_t used;
};

static enum schemac_status
put(struct array_out *out, const char *bytes, size_t len)
{
    struct postgres_slot *slot = out->f->slot;
    size_t wanted = out->used + len;

    if (wanted > WIRE_BYTES_MAX)
        return schemac__row_fail(&out->f->place, SCHEMAC_CHECK,
                                 ": the array is longer than 1 GiB");
    if (wanted > slot->size
        && schemac__postgres_slot_room(out->f->place.db, slot,
                                       wanted > slot->size * 2 ? wanted : slot->size * 2)
               == NULL)
        return SCHEMAC_NO_MEMORY;
    memcpy(slot->copy + out->used, bytes, len);
    out->used = wanted;
    return SCHEMAC_OK;
}

static enum schemac_status
put_binary_item(struct array_out *out)
{
    const struct field_out *item = &out->item;
    char length[WIRE_LENGTH_BYTES];
    enum schemac_status status;

    schemac__wire_put(length, item->value == NULL ? UINT32_MAX : (uint64_t)item->len,
                      WIRE_LENGTH_BYTES);
    status = put(out, length, sizeof length);
    return status == SCHEMAC_OK && item->value != NULL
               ? put(out, item->value, (size_t)item->len)
               : status;
}

/* Everything is quoted, so that nothing is taken for NULL, and blanks stay. */
static enum schemac_status
put_text_item(struct array_out *out)
{
    const struct field_out *item = &out->item;
    enum schemac_status status =
        out->used == 1 ? SCHEMAC_OK : put(out, ",", 1);

    if (item->value == NULL)
        return status == SCHEMAC_OK ? put(out, "NULL", 4) : status;
    if (status == SCHEMAC_OK)
        status = put(out, "\"", 1);
    for (int i = 0; i < item->len && status == SCHEMAC_OK; i++) {
        const char escaped[] = { '\\', item->value[i] };
        bool is_plain = item->value[i] != '"' && item->value[i] != '\\';

        status = put(out, escaped + is_plain, sizeof escaped - is_plain);
    }
    return status == SCHEMAC_OK ? put(out, "\"", 1) : status;
}

static enum schemac_status
put_items(struct array_out *out, enum schemac_status (*put_item)(struct array_out *out))
{
    enum schemac_status status = SCHEMAC_OK;

    for (size_t i = 0; i < out->items->count && status == SCHEMAC_OK; i++) {
        status = schemac__postgres_field_out(&out->item,
                                             out->items->first + i * out->items->stride);
        if (status == SCHEMAC_OK)
            status = put_item(out);
    }
    return status;
}

static bool
has_null(const struct array_out *out)
{
    for (size_t i = 0; i < out->items->count; i++)
        if (schemac__row_item_is_null(out->item.place.column,
                                      out->items->first + i * out->items->stride))
            return true;
    return false;
}

static enum schemac_status
put_binary(struct array_out *out)
{
    char head[WIRE_ARRAY_HEAD_BYTES];
    int len = schemac__wire_put_array(head, out->f->slot->element, out->items->count,
                                      has_null(out));
    enum schemac_status status = put(out, head, (size_t)len);

    return status == SCHEMAC_OK ? put_items(out, put_binary_item) : status;
}

static enum schemac_status
put_text(struct array_out *out)
{
    enum schemac_status status = put(out, "{", 1);

    if (status == SCHEMAC_OK)
        status = put_items(out, put_text_item);
    return status == SCHEMAC_OK ? put(out, "}", 2) : status; /* with its zero byte */
}

enum schemac_status
schemac__postgres_items_out(struct field_out *f, const struct postgres_items *items)
{
    bool is_binary =
        f->slot->wire == WIRE_ARRAY
        && schemac__postgres_is_binary(items->column->codec, f->slot->item);
    struct array_out out = {
        .f = f,
        .items = items,
        .item = { .place = { f->place.db, f->place.table, items->column },
                  .keeps = true },
        .slot = { .wire = is_binary ? f->slot->item : WIRE_OTHER },
    };
    enum schemac_status status;

    if (f->slot->wire != WIRE_ARRAY && f->slot->wire != WIRE_OTHER)
        return schemac__row_fail(&f->place, SCHEMAC_CHECK,
                                 ": the column is no array in this database");
    out.item.slot = &out.slot;
    status = is_binary ? put_binary(&out) : put_text(&out);
    schemac__free(out.slot.copy);
    if (status != SCHEMAC_OK)
        return status;
    f->value = f->slot->copy;
    f->len = (int)(is_binary ? out.used : out.used - 1);
    f->format = is_binary ? 1 : 0;
    return SCHEMAC_OK;
}

static enum schemac_status
array_out(struct field_out *f, struct row_array array)
{
    const struct schemac_column column = schemac__row_item(f->place.column);
    const struct postgres_items items = {
        .column = &column,
        .first = array.items,
        .stride = schemac__row_item_bytes(f->place.column),
        .count = array.count,
    };
    enum schemac_status status;

    if (array.items == NULL && array.count == 0)
        return SCHEMAC_OK;
    status = schemac__row_check_array(&f->place, array);
    return status == SCHEMAC_OK ? schemac__postgres_items_out(f, &items) : status;
}

/* ---- to C ---- */

/* Where texts are to stay, all of the value is copied, and they point into that. */
static enum schemac_status
keep_value(struct field_in *f)
{
    bool points = f->place.column->element == SCHEMAC_CODEC_TEXT
                  || f->place.column->element == SCHEMAC_CODEC_BYTES;
    char *copy;

    if (f->into == NULL || !points)
        return SCHEMAC_OK;
    copy = schemac_arena_alloc(f->into, (size_t)f->len);
    if (copy == NULL)
        return schemac__no_memory(f->place.db);
    memcpy(copy, f->ptr, (size_t)f->len);
    f->ptr = copy;
    return SCHEMAC_OK;
}

static enum schemac_status
read_items(const struct field_in *f, struct wire_array array, char *to)
{
    const struct schemac_column column = schemac__row_item(f->place.column);
    size_t bytes = schemac__row_item_bytes(f->place.column);
    struct field_in item = *f;

    item.place.column = &column;
    item.into = NULL;
    item.wire = schemac__postgres_known_wire(f->place.db, array.element);
    for (size_t i = 0; i < array.count; i++) {
        enum schemac_status status;

        if (!schemac__wire_next_item(&array, &item.ptr, &item.len))
            return schemac__postgres_refuse(f, "an array");
        if (item.ptr != NULL)
            status = schemac__postgres_field_in(&item, to + i * bytes);
        else
            status = (column.flags & SCHEMAC_COLUMN_NULLABLE) != 0
                         ? SCHEMAC_OK /* zeros say it */
                         : schemac__row_null_item(&f->place);
        if (status != SCHEMAC_OK)
            return status;
    }
    return array.items == array.end ? SCHEMAC_OK
                                    : schemac__postgres_refuse(f, "an array");
}

static enum schemac_status
array_in(const struct field_in *f, void *field)
{
    struct field_in kept = *f;
    struct wire_array array;
    enum schemac_status status;
    const char *why;
    char *items;

    if (f->wire != WIRE_ARRAY)
        return schemac__postgres_refuse(f, "an array");
    status = keep_value(&kept);
    if (status != SCHEMAC_OK)
        return status;
    why = schemac__wire_get_array(kept.ptr, kept.len, &array);
    if (why != NULL)
        return schemac__postgres_refuse(f, why);
    items = schemac__row_new_items(f->place.db, f->place.column, array.count, f->items);
    if (items == NULL)
        return SCHEMAC_NO_MEMORY;
    schemac__row_put_array(field, (struct row_array){ items, array.count });
    return read_items(&kept, array, items);
}

const struct schemac__postgres_arrays schemac__postgres_arrays = {
    .out = array_out,
    .is_binary = is_binary_array,
    .in = array_in,
};
