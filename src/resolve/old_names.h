/*
 * What a version says of the names in the one before, which is not known where it is
 * declared.
 */
#ifndef SCHEMAC_RESOLVE_OLD_NAMES_H
#define SCHEMAC_RESOLVE_OLD_NAMES_H

#include "model/catalog.h"

/* @was of `newer`, which comes right after `older`: there it has the old name, or the new
 * one already.  False: something was reported. */
bool old_names_check(struct session *s, const struct catalog *older,
                     const struct catalog *newer);

#endif
