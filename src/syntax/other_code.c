/*
 * Which routines, triggers and rules the grammar does not read: those in the words of
 * MySQL, and rare forms of PostgreSQL.  They are kept whole.
 */
#include "syntax/scan.h"

/* A body without its END has been reported where the statement was cut. */
static bool
is_closed(const struct scan *c)
{
    return kind_at(c, c->piece.end - 1) == T_END_P;
}

/* DEFINER = a@b stands before what is created; an aggregate FUNCTION is MySQL's. */
static bool
has_word_before(const struct scan *c, size_t name, const char *word)
{
    for (size_t i = c->piece.begin; i < name; i++)
        if (word_at(c, i, word) && !word_at(c, i + 1, "("))
            return true;
    return false;
}

/* What follows the arguments of a routine of MySQL, and of no other. */
static const char *const mysql_words[] = {
    "deterministic", "reads",  "modifies", "contains", "soname",  "comment",
    "begin",         "select", "insert",   "update",   "delete",  "call",
    "declare",       "if",     "sql",      "is",       "replace",
};

static bool
is_mysql_word(const struct scan *c, size_t i)
{
    for (size_t k = 0; k < ARRAY_LEN(mysql_words); k++)
        if (word_at(c, i, mysql_words[k]))
            return true;
    return false;
}

/* FOR UPDATE, PARALLEL SAFE: the words of PostgreSQL before a word that MySQL has, too.
 */
static bool
is_value_of(const struct scan *c, size_t i)
{
    return word_at(c, i - 1, "language") || kind_at(c, i - 1) == T_SET
           || kind_at(c, i - 1) == T_TO || kind_at(c, i - 1) == '='
           || word_at(c, i - 1, "support");
}

/* t.c%TYPE stands between the parentheses, mostly. */
static bool
has_type_of_column(const struct scan *c, size_t name)
{
    for (size_t i = name; i + 1 < c->piece.end && kind_at(c, i) != T_SCONST; i++)
        if (kind_at(c, i) == '%' && kind_at(c, i + 1) == T_TYPE)
            return true;
    return false;
}

/*
 * What the grammar reads of routines is what PostgreSQL has: AS and a string, BEGIN
 * ATOMIC or RETURN.  A body in the words of another engine is no part of any grammar
 * here.
 */
static bool
is_other_routine(const struct scan *c, size_t name)
{
    size_t i;

    scan_read_name(c, scan_skip_if_exists(c, name), &i);
    if (has_word_before(c, name, "definer") || has_word_before(c, name, "aggregate")
        || has_type_of_column(c, name))
        return true;
    if (kind_at(c, i) != '(')
        return i < c->piece.end;
    for (; i < c->piece.end; i++) {
        if (kind_at(c, i) == '(')
            i = scan_skip_parens(c, i) - 1;
        else if (kind_at(c, i) == T_AS)
            return kind_at(c, i + 1) != T_SCONST && i + 1 < c->piece.end;
        else if (word_at(c, i, "begin") && word_at(c, i + 1, "atomic"))
            return !is_closed(c);
        else if (is_mysql_word(c, i) && !is_value_of(c, i))
            return true;
        else if (word_at(c, i, "return"))
            return false;
    }
    return false;
}

/* Does a statement of SQLite's trigger begin here, written as SQLite has it? */
static bool
is_trigger_statement(const struct scan *c, size_t i)
{
    size_t next;

    switch (kind_at(c, i)) {
    case T_SELECT:
    case T_DELETE:
    case T_WITH:
    case T_VALUES:
        return true;
    case T_REPLACE:
    case T_INSERT:
        while (i < c->piece.end && kind_at(c, i) != T_INTO)
            i++;
        scan_read_name(c, i + 1, &next);
        return kind_at(c, next) != T_SET;
    case T_UPDATE:
        i = kind_at(c, i + 1) == T_OR ? i + 3 : i + 1;
        scan_read_name(c, i, &next);
        return kind_at(c, next) != ',' && kind_at(c, next) != T_JOIN
               && kind_at(c, next) != T_INNER && kind_at(c, next) != T_LEFT;
    default:
        return false;
    }
}

/* A body of SELECT, INSERT, UPDATE and DELETE alone is SQLite's; else it is MySQL's. */
static bool
is_other_body(const struct scan *c, size_t i)
{
    if (!is_closed(c) || !is_trigger_statement(c, i))
        return true;
    for (; i + 2 < c->piece.end; i++)
        if (kind_at(c, i) == ';' && !is_trigger_statement(c, i + 1))
            return true;
    return false;
}

/* FOR EACH ROW and then a statement: MySQL's, without BEGIN. */
static bool
has_lone_statement(const struct scan *c, size_t i)
{
    return word_at(c, i, "row") && word_at(c, i - 1, "each")
           && (kind_at(c, i + 1) == T_SET || kind_at(c, i + 1) == T_INSERT
               || kind_at(c, i + 1) == T_UPDATE || kind_at(c, i + 1) == T_DELETE
               || kind_at(c, i + 1) == T_REPLACE || kind_at(c, i + 1) == T_IF
               || word_at(c, i + 1, "call") || word_at(c, i + 1, "follows")
               || word_at(c, i + 1, "precedes"));
}

static bool
is_other_trigger(const struct scan *c, size_t name)
{
    if (has_word_before(c, name, "definer"))
        return true;
    for (size_t i = name + 1; i < c->piece.end; i++) {
        if (word_at(c, i, "execute"))
            return false;
        if (has_lone_statement(c, i))
            return true;
        if (word_at(c, i, "begin") && kind_at(c, i - 1) != '.')
            return is_other_body(c, i + 1);
    }
    return false;
}

/* CREATE RULE … DO NOTIFY. */
static bool
is_other_rule(const struct scan *c, size_t name)
{
    for (size_t i = name; i < c->piece.end; i++)
        if (word_at(c, i, "notify"))
            return true;
    return false;
}

/* ALTER FUNCTION f(integer) DEPENDS ON EXTENSION e. */
static bool
depends_on_extension(const struct scan *c, size_t name)
{
    for (size_t i = name; i + 1 < c->piece.end; i++)
        if (word_at(c, i, "depends") && kind_at(c, i + 1) == T_ON)
            return true;
    return false;
}

/* What the statement is about, and which of its forms are not read by the grammar. */
static const struct {
    enum object_verb verb;
    enum about about;
    bool (*is_other)(const struct scan *c, size_t name);
} other_forms[] = {
    { ON_CREATE, ABOUT_FUNCTION, is_other_routine },
    { ON_CREATE, ABOUT_PROCEDURE, is_other_routine },
    { ON_CREATE, ABOUT_AGGREGATE, has_type_of_column },
    { ON_CREATE, ABOUT_TRIGGER, is_other_trigger },
    { ON_CREATE, ABOUT_RULE, is_other_rule },
    { ON_ALTER, ABOUT_FUNCTION, depends_on_extension },
    { ON_ALTER, ABOUT_PROCEDURE, depends_on_extension },
    { ON_ALTER, ABOUT_ROUTINE, depends_on_extension },
};

bool
scan_is_other_code(const struct scan *c, const struct classified *how)
{
    for (size_t i = 0; i < ARRAY_LEN(other_forms); i++)
        if (is_about(how, other_forms[i].verb, other_forms[i].about))
            return other_forms[i].is_other(c, how->name);
    return false;
}
