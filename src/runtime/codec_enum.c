/*
 * Fields of enums, which engines have as their labels.
 */
#include <stdio.h>

#include "runtime/row.h"

#define NUMBER_BYTES 16 /* ": -2147483648" */

static struct schemac_text
write_enum(const struct row_place *place, const struct schemac_column *c,
           const void *field, char to[ROW_TEXT_BYTES])
{
    const struct schemac_labels *labels = c->labels;
    int value = row_enum_at(field);
    char number[NUMBER_BYTES];

    (void)to; /* labels are literals of generated code */
    if (value > 0 && (size_t)value <= labels->count)
        return labels->items[value - 1];
    (void)snprintf(number, sizeof number, ": %d", value);
    (void)schemac__row_fail(place, SCHEMAC_CHECK, number);
    schemac__error_add(place->db, " is no value of ");
    schemac__error_add(place->db, labels->name);
    return (struct schemac_text){ NULL, 0 };
}

static bool
read_enum(const struct schemac_column *c, struct schemac_text text, void *field)
{
    int value = schemac_labels_find(c->labels, text);

    memcpy(field, &value, sizeof value);
    return value != 0;
}

static const char *
wanted(const struct schemac_column *c)
{
    return c->labels->name;
}

const struct schemac_texts schemac_enums = { write_enum, read_enum, wanted };
