#include "model/account.h"

#include <assert.h>

static const struct {
    const char *one;
    const char *many;
} fates[] = {
#define FATE(name, one, many) [FATE_##name] = { one, many },
#include "model/account.def"
#undef FATE
};

void
account_print(const struct account *a, struct text *out)
{
    const char *between = ": ";
    size_t sum = 0;

    text_addf(out, "%zu statement%s", a->statements, a->statements == 1 ? "" : "s");
    for (size_t i = 0; i < FATE_COUNT; i++) {
        sum += a->counts[i];
        if (a->counts[i] == 0)
            continue;
        text_addf(out, "%s%zu %s", between, a->counts[i],
                  a->counts[i] == 1 ? fates[i].one : fates[i].many);
        between = ", ";
    }
    assert(sum == a->statements);
}
