/*
 * Options behind WITH, and the words that say where and how an engine stores things:
 * one canonical text, so that order and quotes are no difference.
 */
#include "resolve/build.h"

#include <stdlib.h>

#include "expr/sqlw.h"

/*
 * Words that change no value and mean nothing to another engine.  MySQL's are noted;
 * PostgreSQL's are a loss to who wrote them, because nobody writes them again.
 */
static const struct {
    const char *word;
    enum diag_code code;
} storage_words[] = {
    { "engine", D_STORAGE_WORD },
    { "charset", D_STORAGE_WORD },
    { "character set", D_STORAGE_WORD },
    { "default charset", D_STORAGE_WORD },
    { "default character set", D_STORAGE_WORD },
    { "collate", D_STORAGE_WORD },
    { "default collate", D_STORAGE_WORD },
    { "auto_increment", D_STORAGE_WORD },
    { "row_format", D_STORAGE_WORD },
    { "key_block_size", D_STORAGE_WORD },
    { "comment", D_STORAGE_WORD },
    { "avg_row_length", D_STORAGE_WORD },
    { "max_rows", D_STORAGE_WORD },
    { "min_rows", D_STORAGE_WORD },
    { "pack_keys", D_STORAGE_WORD },
    { "checksum", D_STORAGE_WORD },
    { "delay_key_write", D_STORAGE_WORD },
    { "stats_persistent", D_STORAGE_WORD },
    { "tablespace", D_STORAGE_LOST },
    { "using", D_STORAGE_LOST },
    { "on_commit", D_STORAGE_WORD },
};

struct slice
tablespace_plain(struct slice tablespace)
{
    return slice_is(tablespace, "pg_default") ? SLICE_NONE : tablespace;
}

static void
report_storage_lost(struct build *b, struct span span, const char *word,
                    struct slice value)
{
    diag_add(&b->s->diags, D_STORAGE_LOST, span,
             "%s %.*s is not kept: where and how a server stores it is no part of a "
             "schema",
             word, SLICE_ARG(value));
}

/* True when the option is only about storage, and was reported. */
static bool
is_storage_word(struct build *b, const struct ast_option *o, struct span span)
{
    if (o->span.source != 0)
        span = o->span;
    if (slice_is(o->name, "using") && slice_is(o->value, "heap"))
        return true; /* what every table is */
    if (slice_is(o->name, "oids") && !slice_is(o->value, "true"))
        return true; /* no table has any by now */
    for (size_t i = 0; i < ARRAY_LEN(storage_words); i++) {
        if (!slice_is_fold(o->name, storage_words[i].word))
            continue;
        if (storage_words[i].code == D_STORAGE_LOST)
            report_storage_lost(
                b, span, slice_is(o->name, "using") ? "USING" : "TABLESPACE", o->value);
        else
            diag_add(&b->s->diags, D_STORAGE_WORD, span,
                     "%.*s says how MySQL stores a table, and is not kept",
                     SLICE_ARG(o->name));
        return true;
    }
    return false;
}

/* What the grammar takes behind '=' without quotes: a word or a number. */
static bool
is_bare_value(struct slice value)
{
    bool number = true;
    bool word = value.len > 0;

    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        bool digit = c >= '0' && c <= '9';
        bool letter = (c >= 'a' && c <= 'z') || c == '_';

        number = number && (digit || (c == '.' && i > 0) || (c == '-' && i == 0));
        word = word && (letter || (digit && i > 0));
    }
    return word || (number && value.len > 0);
}

/* "fillfactor = 70"; a name alone is what the server keeps as true. */
static struct slice
option_text(struct build *b, const struct ast_option *o)
{
    struct slice value = slice_is_none(o->value) ? SLICE("true") : o->value;
    struct text out;
    struct sqlw w;

    text_init(&out, b->a);
    text_addf(&out, "%.*s = ", SLICE_ARG(o->name));
    sqlw_init(&w, &sql_style_canonical, &out);
    if (is_bare_value(value))
        sqlw_raw(&w, value);
    else
        sqlw_string(&w, value);
    return text_slice(&out);
}

static int
compare_texts(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static struct slice
join_options(struct build *b, struct slices *texts)
{
    struct text out;

    if (texts->all.count > 1)
        qsort(texts->all.items, texts->all.count, sizeof *texts->all.items,
              compare_texts);
    text_init(&out, b->a);
    VEC_EACH (i, &texts->all) {
        if (i > 0)
            text_addz(&out, ", ");
        text_add(&out, texts->all.items[i]);
    }
    return text_slice(&out);
}

struct slice
options_text(struct build *b, const struct ast_options *from, struct span span)
{
    struct slices texts = { 0 };

    VEC_EACH (i, &from->all)
        if (!is_storage_word(b, &from->all.items[i], span))
            VEC_PUSH(b->a, &texts.all, option_text(b, &from->all.items[i]));
    return join_options(b, &texts);
}

/* ---- ALTER … SET and RESET ---- */

/* The first option of a canonical text; *rest begins behind the comma. */
static struct slice
first_option(struct slice options, struct slice *rest)
{
    bool quoted = false;

    for (size_t i = 0; i < options.len; i++) {
        if (options.ptr[i] == '\'')
            quoted = !quoted;
        if (quoted || options.ptr[i] != ',')
            continue;
        *rest = slice_trim(slice_sub(options, i + 1, options.len));
        return slice_sub(options, 0, i);
    }
    *rest = SLICE("");
    return options;
}

static bool
is_among(struct slice option, const struct ast_options *names)
{
    if (names == NULL)
        return false;
    VEC_EACH (i, &names->all) {
        struct slice name = names->all.items[i].name;

        if (option.len > name.len && option.ptr[name.len] == ' '
            && slice_equal_fold(slice_sub(option, 0, name.len), name))
            return true;
    }
    return false;
}

struct slice
options_merge(struct build *b, struct slice old, const struct ast_options *set,
              const struct ast_options *reset, struct span span)
{
    struct slices texts = { 0 };

    while (old.len > 0) {
        struct slice option = first_option(old, &old);

        if (!is_among(option, set) && !is_among(option, reset))
            VEC_PUSH(b->a, &texts.all, option);
    }
    if (set != NULL)
        VEC_EACH (i, &set->all)
            if (!is_storage_word(b, &set->all.items[i], span))
                VEC_PUSH(b->a, &texts.all, option_text(b, &set->all.items[i]));
    return join_options(b, &texts);
}
