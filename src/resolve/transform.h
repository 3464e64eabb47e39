/*
 * Do @from and @back give values of their columns' types?  They are about two versions,
 * which are not known where one of them is declared.
 */
#ifndef SCHEMAC_RESOLVE_TRANSFORM_H
#define SCHEMAC_RESOLVE_TRANSFORM_H

#include "model/catalog.h"

/* The way from one catalog to the other, both in the same terms and not in SQLite's own,
 * where a type is no promise; on the way down `from` is the newer one.  False: something
 * was reported.  Types that are not known fit. */
bool transforms_check(struct session *s, const struct catalog *from,
                      const struct catalog *to, bool down);

#endif
