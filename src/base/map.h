/*
 * A map from text to pointers that remembers the order of insertion.  Keys are not
 * copied: they must live as long as the map.  Lookup is by bytes; whoever wants names
 * without case folds them first.
 */
#ifndef SCHEMAC_BASE_MAP_H
#define SCHEMAC_BASE_MAP_H

#include "base/slice.h"

struct map_entry {
    struct slice key;
    void *value;
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* in the order of insertion */
    size_t count;
    size_t capacity;
    uint32_t *slots;   /* open addressing: index into entries plus one, 0 = free */
    size_t slot_count; /* a power of two, or 0 */
};

void map_init(struct map *m, struct arena *a);
void *map_get(const struct map *m, struct slice key); /* NULL: not there */
bool map_has(const struct map *m, struct slice key);
/* Insert or replace; returns what the key stood for before, or NULL. */
void *map_put(struct map *m, struct slice key, void *value);

/* One copy of each text, so that equal names are equal pointers. */
struct slice intern(struct map *names, struct slice s);

#endif
