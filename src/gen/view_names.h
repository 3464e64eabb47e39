/*
 * Names of C from names of SQL.
 *
 * Letters, digits and _ stay; any other ASCII character becomes _, any other character
 * uXXXX (its code point).  A name that begins with a digit gets a _ in front, one that is
 * a word of C or C++ or begins as those of compilers do a _ behind.  A field in capitals
 * is in small letters: there is no telling which header has a macro of that name.  A name
 * that is taken gets a suffix, then a number.
 */
#ifndef SCHEMAC_GEN_VIEW_NAMES_H
#define SCHEMAC_GEN_VIEW_NAMES_H

#include "base/map.h"
#include "base/text.h"

/* Only the characters are looked at: the result may begin with a digit. */
struct slice name_part(struct arena *a, struct slice sql);
/* A whole identifier: a field, a parameter. */
struct slice name_field(struct arena *a, struct slice sql);
/* "ORDER_ID" → "order_id"; "Id", "A" stay. */
struct slice name_not_in_capitals(struct arena *a, struct slice sql);
struct slice name_upper(struct arena *a, struct slice name);
bool name_is_reserved(struct slice name); /* a word or common macro of C or C++ */

/* `wanted`, or wanted + suffix, or that with _2, _3 …: the first that is not in `taken`,
 * which then holds it. */
struct slice name_claim(struct map *taken, struct slice wanted, const char *suffix);

#endif
