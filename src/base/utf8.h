/*
 * UTF-8: where characters end, and text that is certain to be valid.
 */
#ifndef SCHEMAC_BASE_UTF8_H
#define SCHEMAC_BASE_UTF8_H

#include "base/slice.h"

/* Bytes of the character at the beginning of s, or 0 where there is none. */
size_t utf8_length(struct slice s);

/* s itself where it is valid; else a copy with U+FFFD for each byte that is not. */
struct slice utf8_repair(struct arena *a, struct slice s);

#endif
