/*
 * The fingerprint: SHA-256 of the structural print.
 */
#include <nettle/sha2.h>

#include "model/print.h"

static struct slice
hex(struct arena *a, const uint8_t *bytes, size_t count)
{
    struct text t;

    text_init(&t, a);
    for (size_t i = 0; i < count; i++)
        text_addf(&t, "%02x", (unsigned)bytes[i]);
    return text_slice(&t);
}

struct slice
catalog_fingerprint(struct session *s, const struct catalog *c)
{
    struct arena temporary = { .out_of_memory = s->arena.out_of_memory };
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx sha;
    struct text structure;

    text_init(&structure, &temporary);
    catalog_print_structure(s, c, &structure);
    sha256_init(&sha);
    sha256_update(&sha, structure.len, (const uint8_t *)structure.ptr);
    sha256_digest(&sha, sizeof digest, digest);
    arena_free(&temporary);
    return hex(&s->arena, digest, sizeof digest);
}
