/*
 * What is known of the functions of both engines, from the table functions.def: of which
 * kind they are, how steady, and what a call of theirs gives (resolve/infer_call.c).
 */
#ifndef SCHEMAC_MODEL_FUNCTIONS_H
#define SCHEMAC_MODEL_FUNCTIONS_H

#include "model/definition.h"

enum function_kind {
    FUNCTION_UNKNOWN, /* nothing is certain of it */
    FUNCTION_SCALAR,
    FUNCTION_AGGREGATE,
    FUNCTION_WINDOW,
    FUNCTION_SET, /* it returns rows */
};

struct function_facts {
    enum function_kind kind;
    enum volatility volatility; /* as pg_proc says */
    bool moment; /* STABLE, and another value in the next transaction or session */
};

/* A type, or where it comes from: functions.def says how. */
enum function_result {
    RESULT_BOOLEAN,
    RESULT_INT4,
    RESULT_INT8,
    RESULT_NUMERIC,
    RESULT_REAL,
    RESULT_DOUBLE,
    RESULT_TEXT,
    RESULT_BYTES,
    RESULT_DATE,
    RESULT_TIME,
    RESULT_TIMESTAMP,
    RESULT_TIMESTAMPTZ,
    RESULT_INTERVAL,
    RESULT_UUID,
    RESULT_JSON,
    RESULT_JSONB,
    RESULT_TSVECTOR,
    RESULT_TSQUERY,
    RESULT_INET,
    RESULT_XML,
    RESULT_REGCLASS,
    RESULT_NAME,
    RESULT_INT4_ARRAY,
    RESULT_TEXT_ARRAY,
    RESULT_TYPE_COUNT, /* those behind it depend on the arguments */
    RESULT_SAME,
    RESULT_EXTREME,
    RESULT_SAME2,
    RESULT_COMMON,
    RESULT_SECOND_COMMON,
    RESULT_ELEMENT,
    RESULT_ARRAY,
    RESULT_SUM,
    RESULT_AVG,
    RESULT_TIMEZONE,
    RESULT_UNKNOWN,
};

/* A row of the table. */
struct function {
    const char *name;
    const char *arguments;
    enum function_result result;
    struct function_facts facts;
};

/* What a call names whose arguments have their types; NULL: none that the engines have.
 */
const struct function *function_find(const struct expr *call);
/* Of a call or a word like CURRENT_USER; false: it is none that the engines have.  Before
 * the arguments are bound their types are not known: then the name decides. */
bool function_find_facts(const struct expr *call, struct function_facts *out);
/* May one statement get several values of it?  True of what the engines do not have. */
bool function_varies(const struct expr *call);

#endif
