/*
 * A live database as declarations in its own dialect's terms: text that goes through the
 * one parser. A bounded number of set-based queries, whatever the number of tables;
 * system objects and schemac_history are left out.
 */
#ifndef SCHEMAC_DESCRIBE_DESCRIBE_H
#define SCHEMAC_DESCRIBE_DESCRIBE_H

#include "diag/session.h"
#include "runtime/schemac.h"

/* False after reporting D_DATABASE.  The text begins with "-- @dialect sqlite" (or
 * postgres). */
bool describe_database(struct session *s, struct schemac_db *db, struct slice *out);

#endif
