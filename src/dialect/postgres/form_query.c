/* stub, replaced below */
#include "dialect/postgres/form.h"
const struct expr *
form_query(const struct form_world *w, const struct expr *query)
{
    (void)w;
    return query;
}
