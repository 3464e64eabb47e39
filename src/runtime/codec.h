/*
 * What the codec files share with the row layer.  The conversions themselves are public:
 * schemac_row.h.
 */
#ifndef SCHEMAC_RUNTIME_CODEC_H
#define SCHEMAC_RUNTIME_CODEC_H

#include "runtime/schemac_row.h"

/* Bytes of the plain C type of a codec: where is_set stands in its _opt. */
size_t schemac__codec_bytes(enum schemac_codec codec);

/* Of a hexadecimal digit, either case; -1: it is none. */
int schemac__hex_value(char c);

#endif
