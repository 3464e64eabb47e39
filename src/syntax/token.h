/*
 * Tokens of a source, and the comments between them.  A token is a kind and a place; what
 * it means (the folded name, the decoded string) is worked out when the parser takes it,
 * so that a dump of 100 MB costs 12 bytes for each word.
 */
#ifndef SCHEMAC_SYNTAX_TOKEN_H
#define SCHEMAC_SYNTAX_TOKEN_H

#include "diag/session.h"

/* Nothing accepts longer names: PostgreSQL cuts at 63 bytes, MySQL refuses above 64. */
#define NAME_BYTES_LIMIT 1000

/* What a word may begin, by words.awk; a word that begins nothing is taken as it is. */
enum cue {
    CUE_STATEMENT = 1 << 0, /* STATEMENT of phrases.def */
    CUE_FORM = 1 << 1,      /* FORM of forms.def */
    CUE_PHRASE = 1 << 2,    /* the others of phrases.def */
    CUE_TYPE = 1 << 3,      /* TYPE */
    CUE_ACTION = 1 << 4,    /* an action of ALTER TABLE, or STORAGE of a column */
    CUE_RENAMED = 1 << 5,   /* a keyword with another name after what follows it */
    CUE_ESCAPES = 1 << 6,   /* a name U&"…", which UESCAPE may follow */
    CUE_SPELLED = 1 << 7,   /* T_IDENT: its name is not its text: "Quoted", Capital */
};

struct token {
    uint32_t begin;
    uint32_t end;
    uint16_t kind; /* enum sql_tokentype; T_END behind the last */
    uint8_t cues;  /* of enum cue */
    bool first_on_line;
};

struct comment {
    uint32_t begin; /* of its "--", "#" or "/ *" */
    uint32_t end;   /* without the line's end */
    uint32_t next;  /* number of the token that follows it, in the whole source */
    bool own_line;  /* no token stands before it on its line */
};

struct tokens {
    uint32_t source;
    struct slice text; /* of the whole source */
    VEC(struct token) all;
    size_t dropped; /* count of those that stood before them: lex_part */
    bool is_part;   /* more follow behind the last, which ends a statement */
    VEC(struct comment) comments;
    bool has_conditions; /* some comments are the ends of MySQL's conditional ones */
    bool asked_mysql;    /* tokens_are_of_mysql was asked, and is_mysql is its answer */
    bool is_mysql;       /* backslashes in strings mean something */
};

/*
 * Cut `span` into tokens, ended by one T_END.  What is wrong with the characters is
 * reported, each mistake once, and left out.
 */
void lex_span(struct session *s, struct arena *a, struct span span, struct tokens *out);

/*
 * The same a few statements at a time, so that tokens need not be kept: the tokens of a
 * large file take more room than what is made of them.
 */
struct lexer *lex_begin(struct session *s, struct arena *a, struct span span,
                        struct tokens *out);
/*
 * Drop the first tokens, and lex on to the end of some statement.  False: to the end of
 * the source.  A T_END stands behind the last token in any case.
 */
bool lex_part(struct lexer *l, size_t dropped);

/*
 * Look at the bytes before anything else does.  False: the text is UTF-16 and there is
 * nothing to read.  NUL bytes and bad UTF-8 are reported, the first of each.
 */
bool text_check(struct session *s, struct span span);

/* Does the source show that it is MySQL's?  See docs/language.md. */
bool tokens_are_of_mysql(struct tokens *t);

/* operator.c: the operator that begins the text; and its token, T_OP for most. */
struct slice operator_cut(struct slice text);
int operator_kind(struct slice op);

/* split.c: are the tokens from `first` on COPY … FROM STDIN, which rows follow? */
bool tokens_are_copy(const struct tokens *t, size_t first);

static inline struct span
token_span(const struct tokens *t, const struct token *token)
{
    return (struct span){ t->source, token->begin, token->end };
}

static inline struct slice
token_text(const struct tokens *t, const struct token *token)
{
    return (struct slice){ t->text.ptr + token->begin, token->end - token->begin };
}

/* A word that was written without quotes, in any case? */
static inline bool
token_is_word(const struct tokens *t, const struct token *token, const char *word)
{
    return slice_is_fold(token_text(t, token), word);
}

/* The name that an identifier token stands for: unquoted and folded; of the text itself
 * where it is written so. */
struct slice token_name(struct session *s, const struct tokens *t,
                        const struct token *token);
/* Without underscores, in base ten. */
struct slice token_number(struct session *s, const struct tokens *t,
                          const struct token *token);
/* The characters of a string token of any form. */
struct slice token_string(struct session *s, const struct tokens *t,
                          const struct token *token);
/* U&'…' or U&"…" with another escape than the backslash. */
struct slice token_unicode(struct session *s, const struct tokens *t,
                           const struct token *token, char escape);

enum keyword_category {
    KEYWORD_UNRESERVED,
    KEYWORD_AS_LABEL,
    KEYWORD_COLUMN,
    KEYWORD_FUNCTION,
    KEYWORD_RESERVED,
};

struct keyword {
    const char *word; /* lower case */
    uint16_t token;
    enum keyword_category category;
};

/* The token that an unquoted word is, T_IDENT when it is no keyword.  Case does not
 * matter. */
int keyword_look_up(struct slice word, uint8_t *cues);
/* NULL: a plain identifier.  Case does not matter. */
const struct keyword *keyword_find(struct slice word);
/* NULL: the token is no keyword. */
const struct keyword *keyword_of_token(int token);

#endif
