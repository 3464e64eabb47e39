/*
 * What the automaton of the lexer tells apart.
 */
#ifndef SCHEMAC_SYNTAX_LEXEME_H
#define SCHEMAC_SYNTAX_LEXEME_H

/* What stands at a place, before anything is made of it. */
enum lexeme {
    LEXEME_END,
    LEXEME_NUL, /* which text_check has reported */
    LEXEME_WORD,
    LEXEME_NUMBER,
    LEXEME_NUMBER_JUNK, /* 1abc */
    LEXEME_SIGN,        /* one byte that is a token */
    LEXEME_OPERATOR,
    LEXEME_SEMICOLON,
    LEXEME_CLOSE_BRACKET,
    LEXEME_OPEN_BRACKET,
    LEXEME_TYPECAST,
    LEXEME_ASSIGN,
    LEXEME_PARAM,
    LEXEME_COLON_WORD, /* :name, or the end of a slice [1:n] */
    LEXEME_DOT_WORD,   /* .mode, or .name */
    LEXEME_STRING,
    LEXEME_ESCAPE_STRING,
    LEXEME_BLOB,
    LEXEME_BITS,
    LEXEME_QUOTED_NAME,
    LEXEME_BACKTICK_NAME,
    LEXEME_DOLLAR_QUOTE,
    LEXEME_LINE_COMMENT,
    LEXEME_BLOCK_COMMENT,
    LEXEME_CONDITION, /* of a comment that MySQL reads */
    LEXEME_CONDITION_END,
    LEXEME_CLIENT_COMMAND,
    LEXEME_BYTE_ORDER_MARK,
    LEXEME_ODD_BLANK,
    LEXEME_ODD_QUOTE,
    LEXEME_OTHER,
    LEXEME_COUNT
};

#endif
