/*
 * The account of a source's statements: each of them is in it exactly once, under what
 * became of it.  A reader can so be held to losing none.
 */
#ifndef SCHEMAC_MODEL_ACCOUNT_H
#define SCHEMAC_MODEL_ACCOUNT_H

#include "base/text.h"

enum fate {
#define FATE(name, one, many) FATE_##name,
#include "model/account.def"
#undef FATE
};
#define FATE_COUNT (FATE_REFUSED + 1)

struct account {
    size_t statements; /* as the text was cut, before anything was understood */
    size_t counts[FATE_COUNT];
};

/* "7 statements: 2 tables, 1 altered, 4 skipped" */
void account_print(const struct account *a, struct text *out);

#endif
