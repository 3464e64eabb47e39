/*
 * What the grammar reads from and builds into: the tokens of one statement, one at a
 * time, and the statement that becomes of them.
 */
#ifndef SCHEMAC_SYNTAX_READER_H
#define SCHEMAC_SYNTAX_READER_H

#include "syntax/ast.h"
#include "syntax/token.h"

/* Which words mean something else in which statement. */
enum reader_mode {
    READ_PLAIN,
    READ_CREATE_TABLE,
    READ_ALTER_TABLE, /* from here on words.c has some for it */
    READ_ALTER_TYPE,
    READ_DROP,
    READ_COMMENT,
    READ_SIGNATURE, /* COMMENT ON FUNCTION, GRANT: arguments are read */
    READ_ROUTINE,
    READ_TRIGGER,
    READ_RULE,
};

/* A call with words of its own that is open. */
struct form_frame {
    const char *form;
    size_t depth; /* of what stands between its parentheses */
};

struct reader {
    struct session *s;
    struct arena *arena;   /* of the tree */
    struct arena *scratch; /* of lists while they grow */
    const struct tokens *tokens;
    size_t begin;
    size_t at;  /* index of the next token */
    size_t end; /* index behind the last token */
    int start;  /* T_START_…: handed out first; 0 when that is done */
    enum reader_mode mode;
    size_t name;        /* index of the first token of the object's name */
    size_t actions;     /* index of what follows the name */
    bool in_body; /* of SQLite's trigger, of BEGIN ATOMIC: its words are of queries */
    size_t body;  /* where that of BEGIN ATOMIC begins */
    size_t depth;       /* open '(' before `at` */
    size_t skipped;     /* tokens before VIEW that mean nothing here */
    size_t into;        /* of SELECT … INTO t: the tokens from here … */
    size_t into_end;    /* … to here are left out; 0: there are none */
    struct token given; /* the token handed out last, for messages */
    struct token before;
    bool quick;  /* say nothing of syntax errors: the statement is read again */
    bool failed; /* an error was reported: the tree is not to be used */

    VEC(struct form_frame)
    forms; /* open ones; a closed one is taken off when next asked */

    size_t interval_unit; /* index of the unit of INTERVAL n SECOND; 0: none is awaited */
    bool updates_many;    /* behind the UPDATE of several tables */
    bool updates_duplicates;  /* behind ON DUPLICATE KEY UPDATE */
    bool merges;              /* a MERGE was met: WHEN MATCHED is one of its words */
    struct slice bare_option; /* ENGINE, waiting for its value; else none */
    struct slice object;      /* START_ALTER …: the kind, which was read already */
    struct slice next_name;   /* CONSTRAINT n, waiting for its constraint */
    /* What is being built: one of these, also in stmt. */
    struct stmt *stmt; /* NULL for a lone expression or type */
    struct ast_create_table *table;
    struct ast_create_index *index;
    struct ast_create_view *view;
    struct ast_create_extension *extension;
    struct ast_alter_table *alter;
    struct ast_create_routine *routine;
    struct ast_alter_routine *alter_routine;
    struct ast_create_trigger *trigger;
    struct ast_create_rule *rule;
    struct ast_policy *policy;
    const struct expr *expr;
    const struct type *type;
};

/* The same grammar as sql_parse, whose errors say less (sql.y). */
int sql_quick_parse(struct reader *rd);

/* The kind of the next token, perhaps renamed after what follows it; its text and place.
 */
int reader_next(struct reader *rd, struct slice *text, struct span *span);

/* Report a mistake, and give the statement up. */
struct diag *reader_error(struct reader *rd, enum diag_code code, struct span span,
                          const char *format, ...) PRINTF_LIKE(4, 5);
void reader_report_depth(struct reader *rd, struct span span);
/* `expected`: names of tokens as the grammar calls them. */
void reader_report_syntax(struct reader *rd, struct span span, const char **expected,
                          size_t count);

/* words.c: count of the tokens from `ahead` on that are these words, which are one blank
 * apart and in lower case; 0: they are not. */
size_t reader_match(const struct reader *rd, size_t ahead, const char *words);
/* How many tokens from the next one on are one word of the grammar in this kind of
 * statement; 0: none. */
size_t reader_find_words(struct reader *rd, struct slice *text, int *kind);

/* Is the action that begins at `at` one that the grammar does not read? */
bool reader_is_other_action(const struct reader *rd);
/* What a name that begins an action is to the grammar; 0: a name. */
int reader_action_word(const struct reader *rd);

/*
 * forms.c: the form or the phrase of one that begins here, behind a token of the kind
 * `before`: count of its tokens, 0 for none.
 */
size_t reader_find_form(struct reader *rd, int before, int *kind, struct slice *text);

/* phrases.c: the same for words that are no call; and: does IS … of another kind begin?
 */
size_t reader_find_phrase(struct reader *rd, int *kind, struct slice *text);
bool reader_is_test(const struct reader *rd, size_t ahead);

/* literal.c: a string and those that go on with it: count of their tokens. */
size_t reader_take_string(struct reader *rd, struct slice *text);
/* Of x'…' and b'…', without the quotes. */
struct slice reader_digits(struct reader *rd, const struct token *t);
/* Is the next token a U&'…' or U&"…" with an UESCAPE, and which character is that? */
bool reader_has_uescape(const struct reader *rd);
char reader_uescape(struct reader *rd);

/* rename.c: the kind of the keyword that is next, after what follows it. */
int reader_rename(const struct reader *rd, int kind);

/* Does an action of ALTER begin here? */
bool reader_begins_action(const struct reader *rd);
bool reader_begins_element(const struct reader *rd); /* of a table: its name is next */

extern const struct token reader_no_token; /* a T_END */

/* The token before the next one; T_END at the begin. */
static inline int
reader_kind_before(const struct reader *rd)
{
    return rd->at > rd->begin ? rd->tokens->all.items[rd->at - 1].kind : 0;
}

/* The token `ahead` of the next; its T_END behind the last. */
static inline const struct token *
reader_peek(const struct reader *rd, size_t ahead)
{
    return ahead < rd->end - rd->at ? &rd->tokens->all.items[rd->at + ahead]
                                    : &reader_no_token;
}

static inline int
reader_peek_kind(const struct reader *rd, size_t ahead)
{
    return reader_peek(rd, ahead)->kind;
}

static inline bool
reader_peek_is(const struct reader *rd, size_t ahead, const char *word)
{
    return token_is_word(rd->tokens, reader_peek(rd, ahead), word);
}

#endif
