/*
 * Numbers that are the same bits in a field and at the server, in another order: what
 * most columns hold, and therefore moved without a look at what they mean.
 */
#ifndef SCHEMAC_RUNTIME_POSTGRES_BITS_H
#define SCHEMAC_RUNTIME_POSTGRES_BITS_H

#include "runtime/postgres_wire.h"

#define CODECS_MAX 16 /* room in a table of them */

/* By codec: the form that has its bits, and how many bytes they are. */
static const struct postgres_bits {
    uint8_t wire;  /* enum wire */
    uint8_t bytes; /* 0: no form has */
} postgres_bits[CODECS_MAX] = {
    [SCHEMAC_CODEC_INT16] = { WIRE_INT2, 2 },
    [SCHEMAC_CODEC_INT32] = { WIRE_INT4, 4 },
    [SCHEMAC_CODEC_INT64] = { WIRE_INT8, 8 },
    [SCHEMAC_CODEC_FLOAT] = { WIRE_FLOAT4, 4 },
    [SCHEMAC_CODEC_DOUBLE] = { WIRE_FLOAT8, 8 },
};

/* How many bytes to move; 0: field and form differ in more than the order. */
static inline int
postgres_bits_of(const struct schemac_column *c, enum wire wire)
{
    const struct postgres_bits *b = &postgres_bits[c->codec];

    return b->wire == wire ? b->bytes : 0;
}

static inline void
postgres_bits_put(char *to, const void *field, int bytes)
{
    uint64_t v8;
    uint32_t v4;
    uint16_t v2;

    if (bytes == 8) {
        memcpy(&v8, field, sizeof v8);
        schemac__wire_put(to, v8, 8);
    } else if (bytes == 4) {
        memcpy(&v4, field, sizeof v4);
        schemac__wire_put(to, v4, 4);
    } else {
        memcpy(&v2, field, sizeof v2);
        schemac__wire_put(to, v2, 2);
    }
}

static inline void
postgres_bits_get(const char *from, void *field, int bytes)
{
    uint64_t v8;
    uint32_t v4;
    uint16_t v2;

    if (bytes == 8) {
        v8 = schemac__wire_get(from, 8);
        memcpy(field, &v8, sizeof v8);
    } else if (bytes == 4) {
        v4 = (uint32_t)schemac__wire_get(from, 4);
        memcpy(field, &v4, sizeof v4);
    } else {
        v2 = (uint16_t)schemac__wire_get(from, 2);
        memcpy(field, &v2, sizeof v2);
    }
}

#endif
