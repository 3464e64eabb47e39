/*
 * Words that mean something in one call only: xmlelement(NAME a), JSON_OBJECT('a' VALUE
 * 1), XMLTABLE(… COLUMNS …).  They are no keywords anywhere else, so the reader renames
 * them while it is between the parentheses of such a call (forms.def), and one rule of
 * the grammar reads all forms.
 */
#include "grammar/parser.h"
#include "syntax/reader.h"

enum form_place { FIRST, COMMA, INSIDE, START, ANYWHERE };

struct form {
    const char *name;
    bool always;
};

struct phrase {
    const char *form;
    const char *words;
    enum form_place place;
    int token;
};

#define WORDS T_FORM_WORDS
#define NAMED T_FORM_NAMED
#define TYPED T_FORM_TYPED
#define COLUMNS T_FORM_COLUMNS
#define NESTED T_FORM_NESTED

static const struct form forms[] = {
#define FORM(name, always) { name, always },
#include "syntax/forms.def"
#undef FORM
};

static const struct phrase phrases[] = {
#define PHRASE(form, words, place, token) { form, words, place, token },
#include "syntax/forms.def"
#undef PHRASE
};

#define FORM_TOKENS_MAX 10000 /* a longer call counts as a plain one */

static bool
is_at_place(int before, enum form_place place)
{
    switch (place) {
    case FIRST:
        return before == '(';
    case COMMA:
        return before == ',';
    case INSIDE:
        return before != '(' && before != ',';
    case START:
        return before == '(' || before == ',';
    case ANYWHERE:
        return true;
    }
    return false;
}

/* NULL: none begins at token `ahead`, which stands behind one of the kind `before`. */
static const struct phrase *
find_phrase(const struct reader *rd, const char *form, size_t ahead, int before,
            size_t *count)
{
    for (size_t i = 0; i < ARRAY_LEN(phrases); i++) {
        if (phrases[i].form[0] != form[0] || !is_at_place(before, phrases[i].place)
            || !slice_is(slice_from(phrases[i].form), form))
            continue;
        *count = reader_match(rd, ahead, phrases[i].words);
        if (*count > 0)
            return &phrases[i];
    }
    return NULL;
}

/* Does a phrase of the form stand right between the parentheses that open at `open`? */
static bool
has_phrase(const struct reader *rd, const char *form, size_t open)
{
    size_t depth = 1;
    size_t count;

    for (size_t i = open + 1; i < FORM_TOKENS_MAX; i++) {
        int kind = reader_peek_kind(rd, i);

        if (kind == T_END || (kind == ')' && --depth == 0))
            return false;
        if (i == open + 1 && kind == T_SELECT)
            return true; /* JSON_ARRAY(SELECT …): no plain call has a bare query */
        if (kind == '(')
            depth++;
        if (depth == 1 && kind != '('
            && find_phrase(rd, form, i, reader_peek_kind(rd, i - 1), &count) != NULL)
            return true;
    }
    return false;
}

static const struct form *
find_form(const struct reader *rd, size_t *words)
{
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        *words = reader_match(rd, 0, forms[i].name);
        if (*words > 0 && reader_peek_kind(rd, *words) == '('
            && (forms[i].always || has_phrase(rd, forms[i].name, *words)))
            return &forms[i];
    }
    return NULL;
}

static void
push_frame(struct reader *rd, const char *form)
{
    struct form_frame frame = { form, rd->depth + 1 };

    VEC_PUSH(rd->scratch, &rd->forms, frame);
}

/* The phrase that begins here, of the form whose parentheses these are. */
static size_t
read_phrase(struct reader *rd, int before, int *kind, struct slice *text)
{
    const struct form_frame *frame = &rd->forms.items[rd->forms.count - 1];
    const struct phrase *phrase;
    size_t count;

    if (frame->depth != rd->depth)
        return 0;
    phrase = find_phrase(rd, frame->form, 0, before, &count);
    if (phrase == NULL)
        return 0;
    *kind = phrase->token;
    *text = slice_from(phrase->words);
    if (phrase->token == T_FORM_COLUMNS && reader_peek_kind(rd, count) == '(')
        push_frame(rd, frame->form);
    return count;
}

size_t
reader_find_form(struct reader *rd, int before, int *kind, struct slice *text)
{
    const struct form *form;
    size_t words = 0;

    while (rd->forms.count > 0 && rd->forms.items[rd->forms.count - 1].depth > rd->depth)
        rd->forms.count--;
    if (rd->forms.count > 0) {
        words = read_phrase(rd, before, kind, text);
        if (words > 0)
            return words;
    }
    form = reader_peek(rd, 0)->cues & CUE_FORM ? find_form(rd, &words) : NULL;
    if (form == NULL)
        return 0;
    *kind = T_FORM;
    *text = slice_from(form->name);
    push_frame(rd, form->name);
    return words;
}
