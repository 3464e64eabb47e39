/*
 * Texts that are equal, and the labels of enums.
 */
#include <string.h>

#include "runtime/schemac_row.h"

bool
schemac_text_equal(struct schemac_text a, struct schemac_text b)
{
    if (a.ptr == NULL || b.ptr == NULL)
        return a.ptr == b.ptr;
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

int
schemac_labels_find(const struct schemac_labels *labels, struct schemac_text label)
{
    for (size_t i = 0; i < labels->count; i++)
        if (schemac_text_equal(labels->items[i], label))
            return (int)i + 1;
    return 0;
}

const char *
schemac_labels_text(const struct schemac_labels *labels, int value)
{
    return value >= 1 && (size_t)value <= labels->count ? labels->items[value - 1].ptr
                                                        : NULL;
}
