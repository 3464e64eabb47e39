#include "base/map.h"

#include <string.h>

#include "base/vec.h"

void
map_init(struct map *m, struct arena *a)
{
    *m = (struct map){ .arena = a };
}

/* Eight bytes at a time; its order shows nowhere. */
static uint64_t
hash(struct slice key)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t h = key.len * odd;
    size_t i = 0;

    for (; i + 8 <= key.len; i += 8) {
        h = (h ^ slice_load(key.ptr + i, 8)) * odd;
        h ^= h >> 32;
    }
    h = (h ^ slice_load(key.ptr + i, key.len - i)) * odd;
    h = (h ^ h >> 32) * odd; /* a multiplication moves what differs upward only */
    return h ^ h >> 32;
}

/* The slot that holds `key`, or the free one where it belongs.  Needs: at least one free
 * slot. */
static uint32_t *
find_slot(const struct map *m, struct slice key)
{
    size_t mask = m->slot_count - 1;
    size_t at = (size_t)hash(key) & mask;

    while (m->slots[at] != 0 && !slice_equal(m->entries[m->slots[at] - 1].key, key))
        at = (at + 1) & mask;
    return &m->slots[at];
}

/* At most half of the slots are taken, so that a probe stays short. */
static void
grow_slots(struct map *m)
{
    if (m->slot_count / 2 > m->count)
        return;
    m->slot_count = m->slot_count == 0 ? 16 : m->slot_count * 2;
    m->slots = ARENA_ARRAY(m->arena, uint32_t, m->slot_count);
    for (size_t i = 0; i < m->count; i++)
        *find_slot(m, m->entries[i].key) = (uint32_t)(i + 1);
}

static const struct map_entry *
find(const struct map *m, struct slice key)
{
    uint32_t at = m->slot_count == 0 ? 0 : *find_slot(m, key);

    return at == 0 ? NULL : &m->entries[at - 1];
}

void *
map_get(const struct map *m, struct slice key)
{
    const struct map_entry *e = find(m, key);

    return e == NULL ? NULL : e->value;
}

bool
map_has(const struct map *m, struct slice key)
{
    return find(m, key) != NULL;
}

void *
map_put(struct map *m, struct slice key, void *value)
{
    uint32_t *slot;
    void *before;

    grow_slots(m);
    slot = find_slot(m, key);
    if (*slot != 0) {
        before = m->entries[*slot - 1].value;
        m->entries[*slot - 1].value = value;
        return before;
    }
    if (m->count == m->capacity)
        m->entries =
            vec_grow(m->arena, m->entries, m->count, &m->capacity, sizeof *m->entries);
    m->entries[m->count] = (struct map_entry){ key, value };
    *slot = (uint32_t)++m->count;
    return NULL;
}

struct slice
intern(struct map *names, struct slice s)
{
    const struct map_entry *e = find(names, s);

    if (e != NULL)
        return e->key;
    s = slice_copy(names->arena, s);
    if (s.ptr == NULL)
        s.ptr = "";
    map_put(names, s, NULL);
    return s;
}
