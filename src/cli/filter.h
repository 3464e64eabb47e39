/*
 * --schema and --exclude: which part of the databases among the sources is looked at.
 */
#ifndef SCHEMAC_CLI_FILTER_H
#define SCHEMAC_CLI_FILTER_H

#include "cli/source.h"

/* What the options say, in the session's arena; false after reporting. */
bool filter_read(struct cli *c, struct describe_filter *out);

/* Is there a database that they are about?  False after reporting that there is none. */
bool filter_has_use(struct cli *c);

/*
 * What the other side declares and the filter leaves out of the database would be created
 * there again: reported, each with its place.  Needs: one of the two is a database.
 */
bool filter_fits(struct cli *c, const struct loaded_source *one,
                 const struct loaded_source *other);

#endif
