/*
 * Sections: @migrate, @rollback and @verify of this version.  Their statements are the
 * user's SQL, kept as written; what would make the database differ from what is declared
 * is refused.
 */
#include "base/sqltext.h"
#include "resolve/build.h"

static bool
is_transaction_word(struct slice text)
{
    static const char *const words[] = { "begin",     "commit",  "rollback", "start",
                                         "savepoint", "release", "end",      "abort" };
    size_t n = 0;

    while (n < text.len && ((text.ptr[n] | 0x20) >= 'a' && (text.ptr[n] | 0x20) <= 'z'))
        n++;
    return slice_is_one_of_fold(slice_sub(text, 0, n), words, ARRAY_LEN(words));
}

/* ---- what a section makes for itself ---- */

/* What a statement makes, if a DROP of its name takes it away again; none. */
static struct slice
made_name(const struct stmt *stmt)
{
    switch ((int)stmt->kind) {
    case STMT_CREATE_TABLE:
        return stmt->u.create_table->name.name;
    case STMT_CREATE_VIEW:
        return stmt->u.create_view->name.name;
    case STMT_CREATE_INDEX:
        return stmt->u.create_index->name;
    case STMT_CREATE_SEQUENCE:
        return stmt->u.create_sequence->name.name;
    case STMT_CREATE_ROUTINE:
        return stmt->u.create_routine->signature.name.name;
    default:
        return SLICE_NONE;
    }
}

/* It goes with the session, or with its table. */
static bool
goes_by_itself(const struct stmt *stmt, const struct map *made)
{
    if (stmt->kind == STMT_CREATE_TABLE)
        return stmt->u.create_table->temporary;
    if (stmt->kind == STMT_CREATE_VIEW)
        return stmt->u.create_view->temporary;
    if (stmt->kind == STMT_CREATE_INDEX)
        return map_has(made, stmt->u.create_index->table.name);
    return stmt->kind == STMT_CREATE_ROUTINE
           && slice_is(stmt->u.create_routine->signature.name.schema, "pg_temp");
}

static struct ast_names
dropped_names(struct arena *a, const struct stmt *stmt)
{
    struct ast_names out = { 0 };

    if (stmt->kind == STMT_DROP)
        return stmt->u.drop->names;
    for (size_t i = 0; stmt->kind == STMT_DROP_ROUTINE
                       && i < stmt->u.drop_routine->signatures.all.count;
         i++)
        VEC_PUSH(a, &out.all, stmt->u.drop_routine->signatures.all.items[i].name);
    return out;
}

/* Names alone: a section has few of them. */
struct own_things {
    struct map made;
    struct map dropped;
};

static void
find_own_things(struct arena *a, const struct ast_section *section,
                struct own_things *out)
{
    map_init(&out->made, a);
    map_init(&out->dropped, a);
    VEC_EACH (i, &section->statements) {
        const struct stmt *stmt = section->statements.items[i];
        const struct slice name = made_name(stmt);
        const struct ast_names dropped = dropped_names(a, stmt);

        if (!slice_is_none(name))
            map_put(&out->made, name, NULL);
        VEC_EACH (k, &dropped.all)
            map_put(&out->dropped, dropped.all.items[k].name, NULL);
    }
}

static bool
drops_its_own(struct arena *a, const struct stmt *stmt, const struct own_things *own)
{
    const struct ast_names dropped = dropped_names(a, stmt);

    VEC_EACH (i, &dropped.all)
        if (!map_has(&own->made, dropped.all.items[i].name))
            return false;
    return true;
}

bool
section_changes_rows(const struct ast_raw *raw)
{
    static const char *const kinds[] = { "do", "call", "truncate" };

    return slice_is_one_of(raw->kind, kinds, ARRAY_LEN(kinds));
}

/* Would the database be another one than is declared? */
static bool
changes_structure(struct arena *a, const struct stmt *stmt, const struct own_things *own)
{
    const struct slice name = made_name(stmt);

    if (stmt->kind == STMT_QUERY || stmt->kind == STMT_SKIPPED)
        return false;
    if (stmt->kind == STMT_RAW)
        return !section_changes_rows(stmt->u.raw);
    if (stmt->kind == STMT_DROP || stmt->kind == STMT_DROP_ROUTINE)
        return !drops_its_own(a, stmt, own);
    if (stmt->kind == STMT_ALTER_TABLE)
        return !map_has(&own->made, stmt->u.alter_table->name.name);
    return slice_is_none(name)
           || (!goes_by_itself(stmt, &own->made) && !map_has(&own->dropped, name));
}

/* ---- what is no statement about rows ---- */

/* What a declaration has no use for, and a data step has. */
static const struct {
    const char *words[2];
    bool is_everywhere; /* else on PostgreSQL alone */
} useful[] = {
    { { "analyze", NULL }, true },  { { "set", "constraints" }, false },
    { { "set", "local" }, false },  { { "lock", NULL }, false },
    { { "refresh", NULL }, false }, { { "notify", NULL }, false },
};

/* The place in the table; its length: none. */
static size_t
find_useful(struct slice text)
{
    struct sqltext rest = { .rest = text };
    struct sqltext_token first = sqltext_next_code(&rest);
    struct sqltext_token second = sqltext_next_code(&rest);
    size_t at = 0;

    while (at < ARRAY_LEN(useful)
           && !(sqltext_is_word(first, useful[at].words[0])
                && (useful[at].words[1] == NULL
                    || sqltext_is_word(second, useful[at].words[1]))))
        at++;
    return at;
}

static const char *
why_not_skipped(const struct ast_section *section, const struct stmt *stmt)
{
    size_t at = find_useful(stmt->text);

    if (is_transaction_word(stmt->text))
        return "the whole version runs in one transaction already";
    if (at == ARRAY_LEN(useful))
        return "no section runs this: a section holds statements that change rows";
    return useful[at].is_everywhere || slice_is(section->dialect, "postgres")
               ? NULL
               : "only PostgreSQL runs this: name it behind the word of the section";
}

/* Why the statement cannot stand in a section; NULL: it can. */
static const char *
why_not(struct arena *a, const struct ast_section *section, const struct stmt *stmt,
        const struct own_things *own)
{
    if (section->kind == SECTION_VERIFY)
        return stmt->kind == STMT_QUERY && expr_is_query(stmt->u.query->query)
                       && stmt->u.query->query->kind != QUERY_INSERT
                       && stmt->u.query->query->kind != QUERY_UPDATE
                       && stmt->u.query->query->kind != QUERY_DELETE
                       && stmt->u.query->query->kind != QUERY_MERGE
                   ? NULL
                   : "@verify holds a query that must be true";
    if (stmt->kind == STMT_SKIPPED)
        return why_not_skipped(section, stmt);
    return changes_structure(a, stmt, own)
               ? "the structure is declared outside sections; what a section makes for "
                 "itself it drops again"
               : NULL;
}

static void
take_section(struct build *b, const struct resolve_input *in,
             const struct ast_section *ast)
{
    struct section *section = ARENA_NEW(b->a, struct section);
    struct own_things own;

    find_own_things(b->a, ast, &own);
    section->kind = ast->kind;
    section->dialect = ast->dialect;
    section->title = ast->title;
    section->span = ast->span;
    VEC_EACH (i, &ast->statements) {
        const struct stmt *stmt = ast->statements.items[i];
        const char *why = why_not(b->a, ast, stmt, &own);

        if (why != NULL)
            diag_add(&b->s->diags, D_SECTION_STATEMENT, stmt->span, "%s", why);
        else
            VEC_PUSH(b->a, &section->statements, stmt->text);
    }
    section_read(b, in, ast, section);
    VEC_PUSH(b->a, &b->out->sections, section);
}

void
sections_take(struct build *b, const struct resolve_input *in, const struct ast *ast)
{
    VEC_EACH (i, &ast->sections)
        take_section(b, in, ast->sections.items[i]);
}
