/*
 * work.h - what both sides of the comparison do: the generated code, and a program as one
 * writes it by hand with prepared statements.
 */
#ifndef BENCH_TYPED_WORK_H
#define BENCH_TYPED_WORK_H

#include "bench.h"

struct work {
    struct schemac_db *db; /* open and migrated; by hand: its native handle */
    struct bench_readings *rows; /* to insert: ids from 0 */
    size_t count;
    void *prepared; /* of the hand-written side */
    int64_t sum;    /* of what was read: both sides must agree */
    bool is_done;
};

/* Each returns false where something failed. */
bool hand_sqlite_prepare_insert(struct work *w);
bool hand_sqlite_prepare_get(struct work *w);
bool hand_sqlite_prepare_scan(struct work *w);
void hand_sqlite_finish(struct work *w);
bool hand_sqlite_insert(struct work *w);
bool hand_sqlite_get(struct work *w);
bool hand_sqlite_scan(struct work *w);
bool hand_sqlite_all(struct work *w);
bool hand_postgres_prepare_get(struct work *w);
bool hand_postgres_get(struct work *w);
bool hand_postgres_load(struct work *w);

static inline int64_t
sum_of(const struct bench_readings *row)
{
    return row->id + row->device + (int64_t)row->value + row->amount
           + (int64_t)row->label.len + (int64_t)row->note.len;
}

#endif
