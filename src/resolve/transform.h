/*
 * What a version says of the one before, which is not known where it is declared: do
 * @from and @back give values of their columns' types, and was there what @was names?
 */
#ifndef SCHEMAC_RESOLVE_TRANSFORM_H
#define SCHEMAC_RESOLVE_TRANSFORM_H

#include "model/catalog.h"

/* The way from one catalog to the other, both in the same terms and not in SQLite's own,
 * where a type is no promise; on the way down `from` is the newer one.  False: something
 * was reported.  Types that are not known fit. */
bool transforms_check(struct session *s, const struct catalog *from,
                      const struct catalog *to, bool down);

/* @was of `newer`, which comes right after `older`: there it has the old name, or the new
 * one already.  False: something was reported. */
bool renames_check(struct session *s, const struct catalog *older,
                   const struct catalog *newer);

#endif
