/*
 * UUIDs and their text.
 */
#include "runtime/row.h"

int
schemac__hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Is there a hyphen before this byte?  8-4-4-4-12 digits. */
static bool
hyphen_before(int byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

bool
schemac_uuid_from_text(struct schemac_text text, struct schemac_uuid *to)
{
    const char *at = text.ptr;
    struct schemac_uuid value = { .bytes = { 0 } };

    if (at == NULL || text.len != SCHEMAC_UUID_TEXT_BYTES - 1)
        return false;
    for (int digit = 0; digit < 32; digit++) {
        int v;

        if (digit % 2 == 0 && hyphen_before(digit / 2) && *at++ != '-')
            return false;
        v = schemac__hex_value(*at++);
        if (v < 0)
            return false;
        value.bytes[digit / 2] = (uint8_t)(value.bytes[digit / 2] * 16 + v);
    }
    *to = value;
    return true;
}

size_t
schemac_uuid_to_text(const struct schemac_uuid *uuid, char to[SCHEMAC_UUID_TEXT_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    char *at = to;

    for (int i = 0; i < 16; i++) {
        if (hyphen_before(i))
            *at++ = '-';
        *at++ = digits[uuid->bytes[i] / 16];
        *at++ = digits[uuid->bytes[i] % 16];
    }
    *at = '\0';
    return (size_t)(at - to);
}

/* ---- fields ---- */

static struct schemac_text
write_uuid(const struct row_place *place, const struct schemac_column *c,
           const void *field, char to[ROW_TEXT_BYTES])
{
    (void)place; /* each has a text */
    (void)c;
    return (struct schemac_text){ to, schemac_uuid_to_text(field, to) };
}

static bool
read_uuid(const struct schemac_column *c, struct schemac_text text, void *field)
{
    (void)c;
    return schemac_uuid_from_text(text, field);
}

static const char *
wanted(const struct schemac_column *c)
{
    (void)c;
    return "a UUID";
}

const struct schemac_texts schemac_uuids = { write_uuid, read_uuid, wanted };
