/*
 * The grammar: the tokens of one statement to one tree.
 *
 * Expressions and queries follow PostgreSQL's gram.y (its precedence, its division of
 * keywords), with SQLite's and MySQL's spellings added.  Actions only build nodes, by the
 * functions of syntax/build.h.  Where one token of look-ahead is too little, the reader
 * (syntax/reader.c) gives a token another name: NOT before IN is NOT_LA, and so on.
 *
 * There is no error recovery in here: a statement is parsed alone, so the first mistake
 * ends it and the next statement begins afresh.
 *
 * Two parsers are made of this file.  sql_parse looks ahead (LAC) before it does anything
 * at a token, and so knows what was expected there; sql_quick_parse does not, and only
 * says whether there is a mistake (statement.c: run_grammar).
 */
%require "3.8"
%define api.pure full
%define api.prefix {sql_}
%define api.token.prefix {T_}
%define api.value.type union
%define api.location.type {struct span}
%define parse.lac full
%define parse.error custom
%locations
%expect 0
%parse-param {struct reader *rd}
%lex-param {struct reader *rd}

%code requires {
#include "syntax/build.h"
}

%code {
/* Values are copied at every step: what is larger goes by pointer. */
_Static_assert(sizeof(YYSTYPE) <= 16, "large values of the grammar are pointers");
/* A large value, for as long as the statement is parsed. */
#define BOX(type, ...)                                                                   \
    ((type *)arena_copy(rd->scratch, (type[]){ __VA_ARGS__ }, sizeof(type)))
#define NAME(...) BOX(struct ast_name, __VA_ARGS__)
#define SETTING(...) BOX(struct ast_option, __VA_ARGS__)

/* Trees are refused at EXPR_DEPTH_MAX; this many symbols wait in far fewer levels. */
#define YYMAXDEPTH 20000

/* From the first symbol that is not empty to the last; most rules have one symbol. */
#define YYLLOC_DEFAULT(current, rhs, n)                                                  \
    ((current) = (n) == 1   ? YYRHSLOC(rhs, 1)                                           \
                 : (n) == 0 ? SPAN_NONE                                                  \
                            : join_spans(&YYRHSLOC(rhs, 1), &YYRHSLOC(rhs, n)))

static inline struct span
join_spans(const struct span *first, const struct span *last)
{
    while (first < last && first->source == 0)
        first++;
    while (last > first && last->source == 0)
        last--;
    return (struct span){ first->source, first->begin, last->end };
}

#define A (rd->arena)

static int yylex(YYSTYPE *value, struct span *span, struct reader *rd);
static void yyerror(const struct span *span, struct reader *rd, const char *message);
}

%token START_STATEMENT START_EXPR START_TYPE START_ALTER
%token START_COMMENT START_COMMENT_ROUTINE START_GRANT START_REVOKE START_DROP
%token START_STATISTICS
%token SET_NUMBERS "SET  " RESTART_W "RESTART"
%token END 0 "the end of the statement"
%token CLIENT_COMMAND BROKEN DELIMITER INNER_SEMICOLON
%token <struct slice> IDENT "a name" SCONST "a string" NUMBER "a number"
%token <struct slice> BLOB "a blob" BITS "a bit string" PARAM "a parameter"
%token <struct slice> OP "an operator" TYPE_WORDS "a type" OTHER "other words"
%token TYPECAST "::" NOT_EQUALS "<>" LESS_EQUALS "<=" GREATER_EQUALS ">=" ARROW "=>"

/* Keywords that the reader renames after what follows them. */
%token NOT_LA "NOT " NULLS_LA "NULLS " WITH_LA "WITH " IS_LA "IS " ON_CONFLICT "ON "
%token ON_TOUCH " ON" KEY_LA "KEY " GENERATED_LA "GENERATED " COMMENT_LA "COMMENT "
%token NO_LA "NO " AT_TIME_ZONE "AT TIME ZONE" CHARACTER_SET "CHARACTER SET"
%token WITH_TIME_ZONE "WITH TIME ZONE" WITHOUT_TIME_ZONE "WITHOUT TIME ZONE"
/* Words that are keywords where a table or an action begins, and names elsewhere. */
%token PARTITION_LA "PARTITION " STORAGE_LA "STORAGE" COMPRESSION_LA "COMPRESSION"
%token ATTACH_LA "ATTACH" DETACH_LA "DETACH" RESET_LA "RESET" ENABLE_LA "ENABLE"
%token DISABLE_LA "DISABLE" FORCE_LA "FORCE" CLUSTER_LA "CLUSTER" REPLICA_LA "REPLICA"
%token NO_FORCE_LA "NO FORCE" USING_LA "USING "
%token IF_LA "IF " FIRST_LA "FIRST " AFTER_LA "AFTER " JOIN_BARE "JOIN "

/* Keywords in one kind of statement only (syntax/words.c). */
%token PROCEDURE_W "PROCEDURE" AGGREGATE_W "AGGREGATE" ROUTINE_W "ROUTINE" RULE_W "RULE"
%token OUT_W "OUT" INOUT_W "INOUT" SETOF_W "SETOF" RETURNS_W "RETURNS" RETURN_W "RETURN"
%token TRANSFORM_W "TRANSFORM" FOR_TYPE "FOR TYPE" SET_TIME_ZONE "SET TIME ZONE"
%token FROM_CURRENT "FROM CURRENT" RESET_W "RESET " OWNER_TO "OWNER TO"
%token INSTEAD_OF "INSTEAD OF" TRUNCATE_W "TRUNCATE" EXECUTE_W "EXECUTE FUNCTION"
%token REFERENCING_W "REFERENCING" BODY_BEGIN "BEGIN"
%token <struct slice> OPTION_WORDS "an option" VALUE_WORD "LANGUAGE"
%token <struct slice> ATOMIC_BODY "BEGIN ATOMIC" FOR_EACH "FOR EACH"
%token <struct slice> TRANSITION "OLD TABLE" DO_WHAT "DO INSTEAD"
%token <struct slice> ENABLE_W "ENABLE TRIGGER"
/* Words that are no keywords elsewhere (syntax/forms.c, syntax/phrases.c). */
%token <struct slice> FORM "a name " FORM_WORDS "a name  " FORM_NAMED "a name   "
%token <struct slice> FORM_TYPED "a name    " FORM_COLUMNS "COLUMNS" FORM_NESTED "NESTED"
%token <struct slice> INTERVAL_UNIT "a unit" INTERVAL_FIELDS "fields" SEARCH_LA "SEARCH"
%token <struct slice> WHEN_LA "WHEN "
%token INTERVAL_LA "INTERVAL" TABLESAMPLE "TABLESAMPLE" REPEATABLE "REPEATABLE"
%token <struct slice> DROP_PART "DROP " RENAME_INDEX "RENAME INDEX"
%token <struct slice> FULLTEXT "FULLTEXT"
%token KEY_ALONE "KEY  " RENAME_BARE "RENAME " INVISIBLE "INVISIBLE"
%token MODIFY "MODIFY" CHANGE "CHANGE"
%token RENAME_TABLE "RENAME TABLE"
%token MERGE "MERGE" INDEXED_BY "INDEXED BY" NOT_INDEXED "NOT INDEXED" NOT_NULL "NOT NULL"
%token SET_LA "SET "
%token <struct slice> UPDATE_MANY "UPDATE " UPDATE_IGNORE "UPDATE  "
%token ON_DUPLICATE "ON DUPLICATE KEY UPDATE" VALUES_LA "VALUES "

%token <struct slice>
    ACTION "ACTION" ADD "ADD" AFTER "AFTER" ALL "ALL" ALTER "ALTER" ALWAYS "ALWAYS"
    AND "AND" ANY "ANY" ARRAY "ARRAY" AS "AS" ASC "ASC" ASYMMETRIC "ASYMMETRIC"
    AUTHORIZATION "AUTHORIZATION" AUTOINCREMENT "AUTOINCREMENT"
    AUTO_INCREMENT "AUTO_INCREMENT" BEFORE "BEFORE" BETWEEN "BETWEEN" BINARY "BINARY"
    BOTH "BOTH" BY "BY" CASCADE "CASCADE" CASCADED "CASCADED" CASE "CASE" CAST "CAST"
    CHECK "CHECK" COLLATE "COLLATE" COLLATION "COLLATION" COLUMN "COLUMN"
    COMMENT "COMMENT" COMMIT "COMMIT" CONCURRENTLY "CONCURRENTLY" CONFLICT "CONFLICT"
    CONSTRAINT "CONSTRAINT" CREATE "CREATE" CROSS "CROSS" CUBE "CUBE" CURRENT "CURRENT"
    CURRENT_CATALOG "CURRENT_CATALOG" CURRENT_DATE "CURRENT_DATE"
    CURRENT_ROLE "CURRENT_ROLE" CURRENT_SCHEMA "CURRENT_SCHEMA"
    CURRENT_TIME "CURRENT_TIME" CURRENT_TIMESTAMP "CURRENT_TIMESTAMP"
    CURRENT_USER "CURRENT_USER" CYCLE "CYCLE" DATA "DATA" DEFAULT "DEFAULT"
    DEFERRABLE "DEFERRABLE" DEFERRED "DEFERRED" DELETE "DELETE" DESC "DESC"
    DISTINCT "DISTINCT" DO "DO" DOMAIN "DOMAIN" DROP "DROP" ELSE "ELSE" END_P "END"
    ENFORCED "ENFORCED" ENUM "ENUM" ESCAPE "ESCAPE" EXCEPT "EXCEPT" EXCLUDE "EXCLUDE"
    EXISTS "EXISTS" EXPRESSION "EXPRESSION" EXTENSION "EXTENSION" EXTRACT "EXTRACT"
    FALSE "FALSE" FETCH "FETCH" FILTER "FILTER" FIRST "FIRST" FOLLOWING "FOLLOWING"
    FOR "FOR" FOREIGN "FOREIGN" FROM "FROM" FULL "FULL" FUNCTION "FUNCTION"
    GENERATED "GENERATED" GLOB "GLOB" GLOBAL "GLOBAL" GROUP "GROUP" GROUPING "GROUPING"
    GROUPS "GROUPS" HAVING "HAVING" IDENTITY "IDENTITY" IF "IF" IGNORE "IGNORE"
    ILIKE "ILIKE" IMMEDIATE "IMMEDIATE" IN "IN" INCLUDE "INCLUDE" INDEX "INDEX"
    INHERIT "INHERIT" INITIALLY "INITIALLY" INNER "INNER" INSERT "INSERT"
    INTERSECT "INTERSECT" INTO "INTO" IS "IS" ISNULL "ISNULL" JOIN "JOIN" KEY "KEY"
    LAST "LAST" LATERAL "LATERAL" LEADING "LEADING" LEFT "LEFT" LIKE "LIKE"
    LIMIT "LIMIT" LOCAL "LOCAL" LOCALTIME "LOCALTIME" LOCALTIMESTAMP "LOCALTIMESTAMP"
    LOCKED "LOCKED" MATCH "MATCH" MATERIALIZED "MATERIALIZED" NATURAL "NATURAL"
    NEXT "NEXT" NO "NO" NOT "NOT" NOTHING "NOTHING" NOTNULL "NOTNULL" NOWAIT "NOWAIT"
    NULL "NULL" NULLS "NULLS" OF "OF" OFFSET "OFFSET" ON "ON" ONLY "ONLY"
    OPTION "OPTION" OR "OR" ORDER "ORDER" ORDINALITY "ORDINALITY" OTHERS "OTHERS"
    OUTER "OUTER" OVER "OVER" OVERLAPS "OVERLAPS" OVERLAY "OVERLAY"
    OVERRIDING "OVERRIDING" PARTIAL "PARTIAL" PARTITION "PARTITION" PLACING "PLACING"
    POLICY "POLICY" POSITION "POSITION" PRECEDING "PRECEDING" PRIMARY "PRIMARY"
    RANGE "RANGE" RECURSIVE "RECURSIVE" REFERENCES "REFERENCES" REGEXP "REGEXP"
    RENAME "RENAME" REPLACE "REPLACE" RESTRICT "RESTRICT" RETURNING "RETURNING"
    RIGHT "RIGHT" ROLLUP "ROLLUP" ROW "ROW" ROWS "ROWS" SCHEMA "SCHEMA" SELECT "SELECT"
    SEQUENCE "SEQUENCE" SESSION_USER "SESSION_USER" SET "SET" SETS "SETS" SHARE "SHARE"
    SIMILAR "SIMILAR" SIMPLE "SIMPLE" SKIP "SKIP" SOME "SOME" STORED "STORED"
    SUBSTRING "SUBSTRING" SYMMETRIC "SYMMETRIC" SYSTEM "SYSTEM" TABLE "TABLE"
    TABLESPACE "TABLESPACE" TEMP "TEMP" TEMPORARY "TEMPORARY" THEN "THEN" TIES "TIES"
    TO "TO" TRAILING "TRAILING" TRIGGER "TRIGGER" TRIM "TRIM" TRUE "TRUE" TYPE "TYPE"
    UNBOUNDED "UNBOUNDED" UNION "UNION" UNIQUE "UNIQUE" UNKNOWN "UNKNOWN"
    UNLOGGED "UNLOGGED" UNSIGNED "UNSIGNED" UPDATE "UPDATE" USING "USING" VALID "VALID"
    VALIDATE "VALIDATE" VALUE "VALUE" VALUES "VALUES" VARIADIC "VARIADIC"
    VERSION "VERSION" VIEW "VIEW" VIRTUAL "VIRTUAL" WHEN "WHEN" WHERE "WHERE"
    WINDOW "WINDOW" WITH "WITH" WITHIN "WITHIN" WITHOUT "WITHOUT" ZEROFILL "ZEROFILL"

/* Weakest first; see gram.y of PostgreSQL for the reason of each line. */
%left UNION EXCEPT
%left INTERSECT
%left OR
%left AND
%precedence NOT
%nonassoc IS IS_LA ISNULL NOTNULL NOT_NULL
%nonassoc '<' '>' '=' LESS_EQUALS GREATER_EQUALS NOT_EQUALS
%nonassoc BETWEEN IN LIKE ILIKE SIMILAR GLOB REGEXP MATCH NOT_LA
%precedence ESCAPE
%precedence UNBOUNDED
%precedence PARTITION RANGE ROWS GROUPS PRECEDING FOLLOWING CUBE ROLLUP SET
%left OP '?'
%left '+' '-'
%left '*' '/' '%'
%left '^'
%left AT_TIME_ZONE
%precedence COLLATE
%precedence UMINUS
%precedence '(' ')'
%precedence TYPECAST
%left JOIN JOIN_BARE CROSS LEFT FULL RIGHT INNER NATURAL

%type <const struct expr *> whole_expr a_expr b_expr c_expr column_reference constant
    indirection_item opt_bound opt_escape in_list row array case_expr opt_else call
    application arg special_call extract_field opt_filter opt_over window opt_frame
    query_statement inner_statement select select_with_parens select_no_parens
    select_clause simple_select values with opt_with cte target from_item join
    typed_part opt_where opt_having group_item window_definition order_item
    offset_only locking opt_locking locking_item insert update delete insert_target
    assigned opt_conflict changed assign opt_using_expr
%type <struct exprs *> opt_indirection indirection array_list when_list expr_list
    arg_list opt_within opt_partition cte_list opt_targets targets opt_from from_list
    typed_parts opt_group group_list opt_windows window_list opt_order order order_list
    distinct opt_of insert_columns opt_returning opt_using assigns opt_type_args
    part_list opt_part_list
%type <struct ast_create_index *> inline_key
%type <const struct expr *> form rows_from rows_call opt_search opt_cycle opt_repeatable
    fetch_count merge merge_when
%type <struct exprs *> form_links query_words form_columns form_column opt_form_alias
    rows_calls merge_whens merge_action merge_columns
%type <struct exprs *> index_hint deleted_tables deleted_several
%type <bool> fetch_ties
%type <struct ast_name *> index_opclass
%type <uint32_t> opt_symmetric quantifier opt_set_all opt_materialized opt_temp
    opt_with_data
%type <struct slice> like_word is_test update_word any_operator time_word trim_side
    opt_window_base
    frame_unit opt_exclusion opt_or opt_or_ignore conflict_word opt_name new_column_name
    opt_on_conflict signed_number opt_method commit_action option_name option_value
    opt_check_option opt_authorization
    opt_collate comment_text new_name ColId type_function_name ColLabel
    BareLabel unreserved_keyword as_label_keyword column_keyword function_keyword
    reserved_keyword
%type <const char *> join_type lock_strength opt_wait overriding opt_time_zone time_zone
%type <bool> opt_direction opt_if_not_exists opt_if_exists opt_stored opt_nulls_distinct
    opt_unique opt_concurrently opt_cascade
%type <enum nulls_order> opt_nulls
%type <struct frame_bound *> frame_bound
%type <struct limits *> opt_limit limit limit_only
%type <struct alias> opt_alias alias opt_call_alias
%type <struct relation *> relation subject
%type <struct from_call> from_call
%type <struct join_on> join_on
%type <struct insert_rest *> insert_rest
%type <struct conflict_target *> opt_conflict_target
%type <const struct type *> type_name column_type
%type <struct type_parts *> type_parts simple_type column_parts
%type <uint16_t> opt_bounds
%type <struct ast_name *> any_name dotted_name func_name new_table_name
    opt_opclass opt_index_name drop_name opt_on opt_any_name
%type <struct ast_names *> opt_names names drop_names parents
%type <struct ast_column *> column
%type <struct ast_constraint *> constraint constraint_body reference
%type <struct ast_keys *> keys exclude_keys
%type <struct ast_key *> key
%type <struct ast_option *> option sequence_option identity_change
%type <struct ast_options *> identity_changes
%type <struct ast_options *> options opt_sequence_options sequence_options hash_options
%type <struct key_action> key_action
%type <enum fk_match> match_word
%type <enum deferral_words> deferral
%type <struct label_list *> labels
%type <struct ast_alter *> alter_action table_action alter_constraint
%type <const struct ast_bound *> partition_bound opt_partition_bound
%type <struct ast_like *> like_source
%type <struct slice> partition_word identity_word row_word
%type <enum object_kind> altered renamed
%type <enum object_kind> object dropped commented comment_part
%type <struct ast_sequence *> sequence_settings some_sequence_settings sequence_setting
%type <struct ast_alter *> object_action attribute_action
%type <struct ast_privilege *> privilege
%type <struct ast_grant *> privileges grant_head revoke_head
%type <bool> opt_or_replace
%type <enum routine_kind> routine_word
%type <enum argument_mode> argument_mode
%type <struct ast_argument *> argument argument_body argument_type
%type <struct ast_arguments *> opt_arguments arguments table_columns
    signature_arguments plain_arguments
%type <struct ast_signature *> signature
%type <struct ast_signatures *> signatures
%type <struct ast_option *> definition_item old_definition_item
%type <struct ast_options *> definition_items old_definition_items
%type <struct slice> definition_value option_argument set_values set_value
    policy_command role trigger_argument
%type <uint32_t> trigger_timing trigger_events trigger_event rule_event
%type <struct ast_names *> roles opt_trigger_arguments trigger_arguments
%type <struct ast_policy *> policy_clauses

%%

start:
      START_STATEMENT statement     { (void)yynerrs; }
    | START_EXPR whole_expr         { rd->expr = $2; }
    | START_TYPE column_type        { rd->type = $2; }
    | START_ALTER alter_object      { (void)yynerrs; }
    | START_COMMENT drop_name opt_on IS comment_text
        { build_comment_kind(rd, *$2, *$3, $5); }
    | START_GRANT grant             { (void)yynerrs; }
    | START_REVOKE revoke           { (void)yynerrs; }
    | START_DROP opt_if_exists drop_names opt_cascade
        { build_drop_kind(rd, $2, $3, $4); }
    | START_STATISTICS create_statistics
    | START_COMMENT_ROUTINE signature IS comment_text
        { build_comment_routine(rd, $2, $4); }
    ;

statement:
      query_statement               { build_query(rd, $1); }
    | create_table
    | create_index
    | create_view
    | create_enum
    | create_extension
    | create_schema
    | create_domain
    | create_composite
    | create_range
    | create_sequence
    | alter_table
    | alter_type
    | rename
    | rename_tables
    | drop
    | comment
    | create_routine
    | create_aggregate
    | alter_routine
    | drop_routine
    | create_trigger
    | create_rule
    | create_policy
    | alter_policy
    | rename_on
    ;

/* ==== expressions ==== */

/* An expression that a statement holds: its depth is checked. */
whole_expr:
      a_expr                        { $$ = build_checked(rd, $1); }
    ;

a_expr:
      c_expr
    | a_expr TYPECAST type_name     { $$ = build_cast(rd, @$, $1, $3); }
    | a_expr COLLATE any_name
        { $$ = expr_1(A, EXPR_COLLATE, @$,
                      build_collation_name(rd, *$3), $1); }
    | a_expr AT_TIME_ZONE a_expr
        { $$ = expr_2(A, EXPR_AT_TIME_ZONE, @$, SLICE_NONE, $1, $3); }
    | '+' a_expr %prec UMINUS       { $$ = build_unary(rd, @$, "+", $2); }
    | '-' a_expr %prec UMINUS       { $$ = build_unary(rd, @$, "-", $2); }
    | a_expr '+' a_expr             { $$ = build_binary(rd, @$, "+", $1, $3); }
    | a_expr '-' a_expr             { $$ = build_binary(rd, @$, "-", $1, $3); }
    | a_expr '*' a_expr             { $$ = build_binary(rd, @$, "*", $1, $3); }
    | a_expr '/' a_expr             { $$ = build_binary(rd, @$, "/", $1, $3); }
    | a_expr '%' a_expr             { $$ = build_binary(rd, @$, "%", $1, $3); }
    | a_expr '^' a_expr             { $$ = build_binary(rd, @$, "^", $1, $3); }
    | a_expr '<' a_expr             { $$ = build_binary(rd, @$, "<", $1, $3); }
    | a_expr '>' a_expr             { $$ = build_binary(rd, @$, ">", $1, $3); }
    | a_expr '=' a_expr             { $$ = build_binary(rd, @$, "=", $1, $3); }
    | a_expr LESS_EQUALS a_expr     { $$ = build_binary(rd, @$, "<=", $1, $3); }
    | a_expr GREATER_EQUALS a_expr  { $$ = build_binary(rd, @$, ">=", $1, $3); }
    | a_expr NOT_EQUALS a_expr      { $$ = build_binary(rd, @$, "<>", $1, $3); }
    | a_expr '?' a_expr             { $$ = build_binary(rd, @$, "?", $1, $3); }
    | a_expr OP a_expr              { $$ = expr_2(A, EXPR_BINARY, @$, $2, $1, $3); }
    | OP a_expr                     { $$ = expr_1(A, EXPR_UNARY, @$, $1, $2); }
    | a_expr AND a_expr             { $$ = build_and_or(rd, EXPR_AND, @$, $1, $3); }
    | a_expr OR a_expr              { $$ = build_and_or(rd, EXPR_OR, @$, $1, $3); }
    | NOT a_expr                    { $$ = build_not(rd, @$, $2); }
    | NOT_LA a_expr %prec NOT       { $$ = build_not(rd, @$, $2); }
    | a_expr like_word a_expr opt_escape %prec LIKE
        { $$ = build_like(rd, @$, $2, 0, $1, $3, $4); }
    | a_expr NOT_LA like_word a_expr opt_escape %prec NOT_LA
        { $$ = build_like(rd, @$, $3, EXPR_NEGATED, $1, $4, $5); }
    | a_expr IS is_test %prec IS
        { $$ = build_is(rd, @$, $3, 0, $1); }
    | a_expr IS NOT is_test %prec IS
        { $$ = build_is(rd, @$, $4, EXPR_NEGATED, $1); }
    | a_expr IS DISTINCT FROM a_expr %prec IS
        { $$ = build_distinct(rd, @$, 0, $1, $5); }
    | a_expr IS NOT DISTINCT FROM a_expr %prec IS
        { $$ = build_distinct(rd, @$, EXPR_NEGATED, $1, $6); }
    | a_expr IS_LA b_expr %prec IS
        { $$ = build_distinct(rd, @$, EXPR_NEGATED, $1, $3); }
    | a_expr IS_LA NOT b_expr %prec IS
        { $$ = build_distinct(rd, @$, 0, $1, $4); }
    | a_expr ISNULL                 { $$ = build_is(rd, @$, SLICE("null"), 0, $1); }
    | a_expr NOTNULL
        { $$ = build_is(rd, @$, SLICE("null"), EXPR_NEGATED, $1); }
    | a_expr NOT_NULL
        { $$ = build_is(rd, @$, SLICE("null"), EXPR_NEGATED, $1); }
    | a_expr BETWEEN opt_symmetric b_expr AND a_expr %prec BETWEEN
        { $$ = build_between(rd, @$, $3, $1, $4, $6); }
    | a_expr NOT_LA BETWEEN opt_symmetric b_expr AND a_expr %prec NOT_LA
        { $$ = build_between(rd, @$, $4 | EXPR_NEGATED, $1, $5, $7); }
    | a_expr IN in_list             { $$ = build_in(rd, @$, 0, $1, $3); }
    | a_expr NOT_LA IN in_list %prec NOT_LA
        { $$ = build_in(rd, @$, EXPR_NEGATED, $1, $4); }
    | a_expr any_operator quantifier select_with_parens %prec OP
        { $$ = build_quantified(rd, @$, $2, $3, $1, $4); }
    | a_expr any_operator quantifier '(' a_expr ')' %prec OP
        { $$ = build_quantified(rd, @$, $2, $3, $1, $5); }
    | a_expr like_word quantifier select_with_parens %prec LIKE
        { $$ = build_like_any(rd, @$, $2, 0, $3, $1, $4); }
    | a_expr like_word quantifier '(' a_expr ')' %prec LIKE
        { $$ = build_like_any(rd, @$, $2, 0, $3, $1, $5); }
    | a_expr NOT_LA like_word quantifier select_with_parens %prec NOT_LA
        { $$ = build_like_any(rd, @$, $3, EXPR_NEGATED, $4, $1, $5); }
    | a_expr NOT_LA like_word quantifier '(' a_expr ')' %prec NOT_LA
        { $$ = build_like_any(rd, @$, $3, EXPR_NEGATED, $4, $1, $6); }
    | row OVERLAPS row              { $$ = build_overlaps(rd, @$, $1, $3); }
    | DEFAULT                       { $$ = expr_leaf(A, EXPR_DEFAULT, @$, SLICE_NONE); }
    ;

/* What may stand where an unbracketed AND, NOT or IN would mean something else. */
b_expr:
      c_expr
    | b_expr TYPECAST type_name     { $$ = build_cast(rd, @$, $1, $3); }
    | '+' b_expr %prec UMINUS       { $$ = build_unary(rd, @$, "+", $2); }
    | '-' b_expr %prec UMINUS       { $$ = build_unary(rd, @$, "-", $2); }
    | b_expr '+' b_expr             { $$ = build_binary(rd, @$, "+", $1, $3); }
    | b_expr '-' b_expr             { $$ = build_binary(rd, @$, "-", $1, $3); }
    | b_expr '*' b_expr             { $$ = build_binary(rd, @$, "*", $1, $3); }
    | b_expr '/' b_expr             { $$ = build_binary(rd, @$, "/", $1, $3); }
    | b_expr '%' b_expr             { $$ = build_binary(rd, @$, "%", $1, $3); }
    | b_expr '^' b_expr             { $$ = build_binary(rd, @$, "^", $1, $3); }
    | b_expr '<' b_expr             { $$ = build_binary(rd, @$, "<", $1, $3); }
    | b_expr '>' b_expr             { $$ = build_binary(rd, @$, ">", $1, $3); }
    | b_expr '=' b_expr             { $$ = build_binary(rd, @$, "=", $1, $3); }
    | b_expr LESS_EQUALS b_expr     { $$ = build_binary(rd, @$, "<=", $1, $3); }
    | b_expr GREATER_EQUALS b_expr  { $$ = build_binary(rd, @$, ">=", $1, $3); }
    | b_expr NOT_EQUALS b_expr      { $$ = build_binary(rd, @$, "<>", $1, $3); }
    | b_expr '?' b_expr             { $$ = build_binary(rd, @$, "?", $1, $3); }
    | b_expr OP b_expr              { $$ = expr_2(A, EXPR_BINARY, @$, $2, $1, $3); }
    | OP b_expr                     { $$ = expr_1(A, EXPR_UNARY, @$, $1, $2); }
    ;

c_expr:
      column_reference
    | constant
    | PARAM opt_indirection
        { $$ = build_indirection(expr_leaf(A, EXPR_PARAMETER, @1, $1), $2); }
    | '?'                           { $$ = expr_leaf(A, EXPR_PARAMETER, @$, SLICE("?")); }
    | '(' a_expr ')' opt_indirection
        { $$ = build_indirection(build_in_parens($2), $4); }
    | case_expr
    | call
    | form
    | select_with_parens %prec UMINUS
        { $$ = expr_1(A, EXPR_SUBQUERY, @$, SLICE_NONE, $1); }
    | select_with_parens indirection
        { $$ = build_indirection(expr_1(A, EXPR_SUBQUERY, @1, SLICE_NONE, $1), $2); }
    | EXISTS select_with_parens     { $$ = expr_1(A, EXPR_EXISTS, @$, SLICE_NONE, $2); }
    | ARRAY select_with_parens
        { $$ = expr_1(A, EXPR_ARRAY_QUERY, @$, SLICE_NONE, $2); }
    | ARRAY array                   { $$ = $2; }
    | row
    | VALUES_LA '(' ColId ')'       { $$ = build_excluded(rd, @$, @3, $3); }
    | GROUPING '(' expr_list ')'
        { $$ = build_plain_call(rd, @$, SLICE("grouping"), $3); }
    | CAST '(' a_expr AS type_name ')'
        { $$ = build_cast(rd, @$, $3, $5); }
    ;

column_reference:
      ColId                         { $$ = build_name(rd, @1, $1); }
    | ColId indirection             { $$ = build_dotted(rd, @1, $1, $2); }
    ;

constant:
      NUMBER                        { $$ = expr_leaf(A, EXPR_NUMBER, @$, $1); }
    | SCONST                        { $$ = expr_leaf(A, EXPR_STRING, @$, $1); }
    | BLOB                          { $$ = build_hex(rd, @$, $1); }
    | BITS                          { $$ = expr_leaf(A, EXPR_BITS, @$, $1); }
    | TRUE                          { $$ = expr_leaf(A, EXPR_BOOL, @$, SLICE("true")); }
    | FALSE                         { $$ = expr_leaf(A, EXPR_BOOL, @$, SLICE("false")); }
    | NULL                          { $$ = expr_leaf(A, EXPR_NULL, @$, SLICE_NONE); }
    | func_name SCONST
        { $$ = build_typed_string(rd, @$, @1, *$1, NULL, $2); }
    | func_name '(' arg_list opt_order ')' SCONST
        { $$ = build_typed_string(rd, @$, @1, *$1, $3, $6); }
    | TYPE_WORDS SCONST
        { $$ = build_typed_string(rd, @$, @1, build_word_name(rd, @1, $1), NULL, $2); }
    | func_name time_zone SCONST
        { $$ = build_zoned_string(rd, @$, @1, *$1, NULL, $2, $3); }
    | func_name '(' arg_list opt_order ')' time_zone SCONST
        { $$ = build_zoned_string(rd, @$, @1, *$1, $3, $6, $7); }
    | func_name SCONST INTERVAL_FIELDS opt_type_args
        { $$ = build_interval_fields(rd, @$, $2, @3, $3, $4); }
    | INTERVAL_LA b_expr INTERVAL_UNIT
        { $$ = build_interval_times(rd, @$, $2, $3); }
    ;

opt_indirection:
      %empty                        { $$ = NULL; }
    | opt_indirection indirection_item
        { $$ = exprs_add(rd, $1, $2); }
    ;

indirection:
      indirection_item              { $$ = exprs_add(rd, NULL, $1); }
    | indirection indirection_item  { $$ = exprs_add(rd, $1, $2); }
    ;

/* Their base is filled in when the whole chain is known. */
indirection_item:
      '.' ColLabel                  { $$ = expr_1(A, EXPR_FIELD, @2, $2, NULL); }
    | '.' '*'                       { $$ = expr_1(A, EXPR_FIELD, @2, SLICE("*"), NULL); }
    | '[' a_expr ']'
        { $$ = expr_2(A, EXPR_SUBSCRIPT, @$, SLICE_NONE, NULL, $2); }
    | '[' opt_bound ':' opt_bound ']'
        { $$ = build_3(rd, EXPR_SUBSCRIPT_SLICE, @$, NULL, $2, $4); }
    ;

opt_bound:
      %empty                        { $$ = NULL; }
    | a_expr
    ;

like_word:
      LIKE                          { $$ = SLICE("like"); }
    | ILIKE                         { $$ = SLICE("ilike"); }
    | SIMILAR TO                    { $$ = SLICE("similar"); }
    | GLOB                          { $$ = SLICE("glob"); }
    | REGEXP                        { $$ = SLICE("regexp"); }
    | MATCH                         { $$ = SLICE("match"); }
    ;

opt_escape:
      %empty %prec LIKE             { $$ = NULL; }
    | ESCAPE a_expr                 { $$ = $2; }
    ;

is_test:
      NULL                          { $$ = SLICE("null"); }
    | TRUE                          { $$ = SLICE("true"); }
    | FALSE                         { $$ = SLICE("false"); }
    | UNKNOWN                       { $$ = SLICE("unknown"); }
    | IDENT                         { $$ = $1; }
    ;

opt_symmetric:
      %empty                        { $$ = 0; }
    | SYMMETRIC                     { $$ = EXPR_SYMMETRIC; }
    | ASYMMETRIC                    { $$ = 0; }
    ;

in_list:
      select_with_parens
    | '(' expr_list ')'             { $$ = exprs_list(rd, @$, $2); }
    | '(' ')'                       { $$ = exprs_list(rd, @$, exprs_none(rd)); }
    | dotted_name
        { $$ = build_select_all(rd, @$, build_from_table(rd, @$, *$1)); }
    | application
        { $$ = build_select_all(rd, @$, build_from_call(rd, @$, 0,
                   (struct from_call){ $1, 0 }, (struct alias){ NULL, NULL })); }
    ;

any_operator:
      OP
    | '+'                           { $$ = SLICE("+"); }
    | '-'                           { $$ = SLICE("-"); }
    | '*'                           { $$ = SLICE("*"); }
    | '/'                           { $$ = SLICE("/"); }
    | '%'                           { $$ = SLICE("%"); }
    | '^'                           { $$ = SLICE("^"); }
    | '<'                           { $$ = SLICE("<"); }
    | '>'                           { $$ = SLICE(">"); }
    | '='                           { $$ = SLICE("="); }
    | '?'                           { $$ = SLICE("?"); }
    | LESS_EQUALS                   { $$ = SLICE("<="); }
    | GREATER_EQUALS                { $$ = SLICE(">="); }
    | NOT_EQUALS                    { $$ = SLICE("<>"); }
    ;

quantifier:
      ANY                           { $$ = 0; }
    | SOME                          { $$ = 0; }
    | ALL                           { $$ = EXPR_ALL; }
    ;

row:
      ROW '(' expr_list ')'         { $$ = exprs_node(rd, EXPR_ROW, @$, $3); }
    | ROW '(' ')'                   { $$ = exprs_node(rd, EXPR_ROW, @$, NULL); }
    | '(' expr_list ',' a_expr ')'
        { $$ = exprs_node(rd, EXPR_ROW, @$, exprs_add(rd, $2, $4)); }
    ;

array:
      '[' expr_list ']'             { $$ = exprs_node(rd, EXPR_ARRAY, @$, $2); }
    | '[' array_list ']'            { $$ = exprs_node(rd, EXPR_ARRAY, @$, $2); }
    | '[' ']'                       { $$ = exprs_node(rd, EXPR_ARRAY, @$, NULL); }
    ;

array_list:
      array                         { $$ = exprs_add(rd, NULL, $1); }
    | array_list ',' array          { $$ = exprs_add(rd, $1, $3); }
    ;

case_expr:
      CASE opt_bound when_list opt_else END_P
        { $$ = build_case(rd, @$, $2, $3, $4); }
    ;

when_list:
      WHEN a_expr THEN a_expr       { $$ = exprs_add(rd, exprs_add(rd, NULL, $2), $4); }
    | when_list WHEN a_expr THEN a_expr
        { $$ = exprs_add(rd, exprs_add(rd, $1, $3), $5); }
    ;

opt_else:
      %empty                        { $$ = NULL; }
    | ELSE a_expr                   { $$ = $2; }
    ;

expr_list:
      a_expr                        { $$ = exprs_add(rd, NULL, $1); }
    | expr_list ',' a_expr          { $$ = exprs_add(rd, $1, $3); }
    ;

/* ---- calls ---- */

call:
      application opt_within opt_filter opt_over
        { $$ = build_call_tail(rd, @$, $1, $2, $3, $4); }
    | special_call
    ;

application:
      func_name '(' ')'             { $$ = build_call(rd, @$, @1, *$1, 0, NULL, NULL); }
    | func_name '(' arg_list opt_order ')'
        { $$ = build_call(rd, @$, @1, *$1, 0, $3, $4); }
    | func_name '(' VARIADIC arg opt_order ')'
        { $$ = build_call(rd, @$, @1, *$1, EXPR_VARIADIC, exprs_add(rd, NULL, $4), $5); }
    | func_name '(' arg_list ',' VARIADIC arg opt_order ')'
        { $$ = build_call(rd, @$, @1, *$1, EXPR_VARIADIC, exprs_add(rd, $3, $6), $7); }
    | func_name '(' ALL arg_list opt_order ')'
        { $$ = build_call(rd, @$, @1, *$1, 0, $4, $5); }
    | func_name '(' DISTINCT arg_list opt_order ')'
        { $$ = build_call(rd, @$, @1, *$1, EXPR_DISTINCT, $4, $5); }
    | func_name '(' '*' ')'
        { $$ = build_call(rd, @$, @1, *$1, EXPR_CALL_STAR, NULL, NULL); }
    ;

/* ---- calls with words of their own: syntax/forms.def ---- */

form:
      FORM '(' form_links ')'       { $$ = build_form(rd, @$, $1, $3); }
    | FORM '(' a_expr form_links ')'
        { $$ = build_form(rd, @$, $1, form_first(rd, $3, $4)); }
    | FORM '(' a_expr form_links FORM_COLUMNS form_columns ')'
        { $$ = build_form(rd, @$, $1, form_join(rd,
                   form_words(rd, form_first(rd, $3, $4), @5, $5), $6)); }
    | FORM '(' form_links FORM_COLUMNS form_columns ')'
        { $$ = build_form(rd, @$, $1, form_join(rd, form_words(rd, $3, @4, $4), $5)); }
    | FORM '(' select_no_parens query_words ')'
        { $$ = build_form(rd, @$, $1, form_first(rd, $3, $4)); }
    ;

query_words:
      %empty                        { $$ = exprs_none(rd); }
    | query_words FORM_WORDS        { $$ = form_words(rd, $1, @2, $2); }
    | query_words FORM_TYPED type_name
        { $$ = form_type(rd, $1, @$, $2, $3); }
    ;

/* Between two expressions there is always a word or a comma. */
form_links:
      %empty                        { $$ = exprs_none(rd); }
    | form_links ','                { $$ = form_words(rd, $1, @2, SLICE(",")); }
    | form_links ',' a_expr
        { $$ = exprs_add(rd, form_words(rd, $1, @2, SLICE(",")), $3); }
    | form_links FORM_WORDS         { $$ = form_words(rd, $1, @2, $2); }
    | form_links FORM_WORDS a_expr
        { $$ = exprs_add(rd, form_words(rd, $1, @2, $2), $3); }
    | form_links AS ColLabel        { $$ = form_name(rd, $1, @2, SLICE("as"), @3, $3); }
    | form_links FORM_NAMED ColLabel
        { $$ = form_name(rd, $1, @2, $2, @3, $3); }
    | form_links FORM_TYPED type_name
        { $$ = form_type(rd, $1, @$, $2, $3); }
    | form_links FORM_COLUMNS '(' form_columns ')'
        { $$ = form_parens(rd, form_words(rd, $1, @2, $2), @3, $4, @5); }
    ;

form_columns:
      form_column
    | form_columns ',' form_column
        { $$ = form_join(rd, form_words(rd, $1, @2, SLICE(",")), $3); }
    ;

form_column:
      ColId FORM_WORDS              { $$ = form_words(rd, form_column(rd, @1, $1, NULL),
                                                      @2, $2); }
    | ColId type_name               { $$ = form_column(rd, @$, $1, $2); }
    | form_column FORM_WORDS        { $$ = form_words(rd, $1, @2, $2); }
    | form_column FORM_WORDS b_expr
        { $$ = exprs_add(rd, form_words(rd, $1, @2, $2), $3); }
    | FORM_NESTED a_expr opt_form_alias FORM_COLUMNS '(' form_columns ')'
        { $$ = form_parens(rd, form_words(rd, form_join(rd, exprs_add(rd,
                   form_words(rd, NULL, @1, $1), $2), $3), @4, $4), @5, $6, @7); }
    ;

opt_form_alias:
      %empty                        { $$ = NULL; }
    | AS ColLabel                   { $$ = form_name(rd, NULL, @1, SLICE("as"), @2, $2); }
    ;

arg_list:
      arg                           { $$ = exprs_add(rd, NULL, $1); }
    | arg_list ',' arg              { $$ = exprs_add(rd, $1, $3); }
    ;

arg:
      a_expr
    | type_function_name ARROW a_expr
        { $$ = expr_1(A, EXPR_NAMED_ARGUMENT, @$, $1, $3); }
    ;

special_call:
      EXTRACT '(' extract_field FROM a_expr ')'
        { $$ = build_special(rd, @$, "extract", $3, $5, NULL, NULL); }
    | POSITION '(' b_expr IN b_expr ')'
        { $$ = build_special(rd, @$, "position", $3, $5, NULL, NULL); }
    | SUBSTRING '(' expr_list ')'
        { $$ = build_plain_call(rd, @$, SLICE("substring"), $3); }
    | SUBSTRING '(' a_expr FROM a_expr ')'
        { $$ = build_special(rd, @$, "substring", $3, $5, NULL, NULL); }
    | SUBSTRING '(' a_expr FROM a_expr FOR a_expr ')'
        { $$ = build_special(rd, @$, "substring", $3, $5, $7, NULL); }
    | SUBSTRING '(' a_expr FOR a_expr ')'
        { $$ = build_special(rd, @$, "substring", $3, build_one(rd), $5, NULL); }
    | OVERLAY '(' a_expr PLACING a_expr FROM a_expr ')'
        { $$ = build_special(rd, @$, "overlay", $3, $5, $7, NULL); }
    | OVERLAY '(' a_expr PLACING a_expr FROM a_expr FOR a_expr ')'
        { $$ = build_special(rd, @$, "overlay", $3, $5, $7, $9); }
    | TRIM '(' trim_side a_expr FROM expr_list ')'
        { $$ = build_trim(rd, @$, $3, $4, $6); }
    | TRIM '(' trim_side FROM expr_list ')'
        { $$ = build_trim(rd, @$, $3, NULL, $5); }
    | TRIM '(' trim_side expr_list ')'
        { $$ = build_trim(rd, @$, $3, NULL, $4); }
    | TRIM '(' a_expr FROM expr_list ')'
        { $$ = build_trim(rd, @$, SLICE("btrim"), $3, $5); }
    | TRIM '(' FROM expr_list ')'
        { $$ = build_trim(rd, @$, SLICE("btrim"), NULL, $4); }
    | TRIM '(' expr_list ')'
        { $$ = build_plain_call(rd, @$, SLICE("trim"), $3); }
    | time_word                     { $$ = expr_leaf(A, EXPR_CALL_KEYWORD, @$, $1); }
    | time_word '(' NUMBER ')'
        { $$ = expr_1(A, EXPR_CALL_KEYWORD, @$, $1,
                      expr_leaf(A, EXPR_NUMBER, @3, $3)); }
    | time_word '(' ')'             { $$ = expr_leaf(A, EXPR_CALL_KEYWORD, @$, $1); }
    | CURRENT_SCHEMA
        { $$ = expr_leaf(A, EXPR_CALL_KEYWORD, @$, SLICE("current_schema")); }
    ;

time_word:
      CURRENT_DATE                  { $$ = SLICE("current_date"); }
    | CURRENT_TIME                  { $$ = SLICE("current_time"); }
    | CURRENT_TIMESTAMP             { $$ = SLICE("current_timestamp"); }
    | LOCALTIME                     { $$ = SLICE("localtime"); }
    | LOCALTIMESTAMP                { $$ = SLICE("localtimestamp"); }
    | CURRENT_ROLE                  { $$ = SLICE("current_role"); }
    | CURRENT_USER                  { $$ = SLICE("current_user"); }
    | SESSION_USER                  { $$ = SLICE("session_user"); }
    | CURRENT_CATALOG               { $$ = SLICE("current_catalog"); }
    ;

extract_field:
      IDENT                         { $$ = expr_leaf(A, EXPR_STRING, @$, $1); }
    | SCONST                        { $$ = expr_leaf(A, EXPR_STRING, @$, $1); }
    ;

trim_side:
      BOTH                          { $$ = SLICE("btrim"); }
    | LEADING                       { $$ = SLICE("ltrim"); }
    | TRAILING                      { $$ = SLICE("rtrim"); }
    ;

opt_within:
      %empty                        { $$ = NULL; }
    | WITHIN GROUP '(' ORDER BY order_list ')'
        { $$ = $6; }
    ;

opt_filter:
      %empty                        { $$ = NULL; }
    | FILTER '(' WHERE a_expr ')'   { $$ = $4; }
    ;

opt_over:
      %empty                        { $$ = NULL; }
    | OVER window                   { $$ = $2; }
    | OVER ColId                    { $$ = build_window_name(rd, @2, $2); }
    ;

window:
      '(' opt_window_base opt_partition opt_order opt_frame ')'
        { $$ = build_window(rd, @$, $2, $3, $4, $5); }
    ;

opt_window_base:
      %empty %prec OP               { $$ = SLICE_NONE; }
    | ColId
    ;

opt_partition:
      %empty                        { $$ = NULL; }
    | PARTITION BY expr_list        { $$ = $3; }
    ;

opt_frame:
      %empty                        { $$ = NULL; }
    | frame_unit frame_bound opt_exclusion
        { $$ = build_frame(rd, @$, $1, *$2, (struct frame_bound){ 0 }, $3); }
    | frame_unit BETWEEN frame_bound AND frame_bound opt_exclusion
        { $$ = build_frame(rd, @$, $1, *$3, *$5, $6); }
    ;

frame_unit:
      ROWS                          { $$ = SLICE("rows"); }
    | RANGE                         { $$ = SLICE("range"); }
    | GROUPS                        { $$ = SLICE("groups"); }
    ;

frame_bound:
      UNBOUNDED PRECEDING
        { $$ = BOX(struct frame_bound, { SLICE("unbounded preceding"), NULL }); }
    | UNBOUNDED FOLLOWING
        { $$ = BOX(struct frame_bound, { SLICE("unbounded following"), NULL }); }
    | CURRENT ROW
        { $$ = BOX(struct frame_bound, { SLICE("current row"), NULL }); }
    | a_expr PRECEDING
        { $$ = BOX(struct frame_bound, { SLICE("preceding"), $1 }); }
    | a_expr FOLLOWING
        { $$ = BOX(struct frame_bound, { SLICE("following"), $1 }); }
    ;

opt_exclusion:
      %empty                        { $$ = SLICE_NONE; }
    | EXCLUDE CURRENT ROW           { $$ = SLICE("exclude current row"); }
    | EXCLUDE GROUP                 { $$ = SLICE("exclude group"); }
    | EXCLUDE TIES                  { $$ = SLICE("exclude ties"); }
    | EXCLUDE NO OTHERS             { $$ = SLICE("exclude no others"); }
    ;

/* ==== queries ==== */

query_statement:
      select_no_parens              { $$ = build_checked(rd, $1); }
    | select_with_parens            { $$ = build_checked(rd, $1); }
    | merge                         { $$ = build_checked(rd, $1); }
    | insert                        { $$ = build_checked(rd, $1); }
    | update                        { $$ = build_checked(rd, $1); }
    | delete                        { $$ = build_checked(rd, $1); }
    ;

/* Inside WITH. */
inner_statement:
      select_no_parens
    | select_with_parens
    | insert
    | update
    | delete
    | merge
    ;

select:
      select_no_parens %prec UMINUS
    | select_with_parens %prec UMINUS
    ;

select_with_parens:
      '(' select_no_parens ')'      { $$ = $2; }
    | '(' select_with_parens ')'    { $$ = build_in_parens($2); }
    ;

select_no_parens:
      simple_select                 { $$ = $1; }
    | select_clause order
        { $$ = build_ordered(rd, @$, NULL, $1, $2, (struct limits){ 0 }, NULL); }
    | select_clause opt_order locking opt_limit
        { $$ = build_ordered(rd, @$, NULL, $1, $2, *$4, $3); }
    | select_clause opt_order limit opt_locking
        { $$ = build_ordered(rd, @$, NULL, $1, $2, *$3, $4); }
    | with select_clause
        { $$ = build_ordered(rd, @$, $1, $2, NULL, (struct limits){ 0 }, NULL); }
    | with select_clause order
        { $$ = build_ordered(rd, @$, $1, $2, $3, (struct limits){ 0 }, NULL); }
    | with select_clause opt_order locking opt_limit
        { $$ = build_ordered(rd, @$, $1, $2, $3, *$5, $4); }
    | with select_clause opt_order limit opt_locking
        { $$ = build_ordered(rd, @$, $1, $2, $3, *$4, $5); }
    ;

select_clause:
      simple_select
    | select_with_parens
    ;

simple_select:
      SELECT opt_all opt_targets opt_from opt_where opt_group opt_having opt_windows
        { $$ = build_select(rd, @$, (struct select_parts){
              .targets = $3, .from = $4, .where = $5, .group = $6, .having = $7,
              .windows = $8 }); }
    | SELECT distinct targets opt_from opt_where opt_group opt_having opt_windows
        { $$ = build_select(rd, @$, (struct select_parts){
              .distinct = true, .distinct_on = $2, .targets = $3, .from = $4,
              .where = $5, .group = $6, .having = $7, .windows = $8 }); }
    | values
    | TABLE relation
        { $$ = build_select_all(rd, @$,
                   build_table(rd, @2, *$2, (struct alias){ NULL, NULL })); }
    | select_clause UNION opt_set_all select_clause
        { $$ = build_set(rd, @$, "union", $3, $1, $4); }
    | select_clause INTERSECT opt_set_all select_clause
        { $$ = build_set(rd, @$, "intersect", $3, $1, $4); }
    | select_clause EXCEPT opt_set_all select_clause
        { $$ = build_set(rd, @$, "except", $3, $1, $4); }
    ;

opt_set_all:
      %empty                        { $$ = 0; }
    | ALL                           { $$ = EXPR_ALL; }
    | DISTINCT                      { $$ = 0; }
    ;

opt_all:
      %empty
    | ALL
    ;

distinct:
      DISTINCT                      { $$ = NULL; }
    | DISTINCT ON '(' expr_list ')' { $$ = $4; }
    ;

values:
      VALUES '(' expr_list ')'
        { $$ = build_values(rd, @$, NULL, exprs_list(rd, @3, $3)); }
    | values ',' '(' expr_list ')'
        { $$ = build_values(rd, @$, $1, exprs_list(rd, @4, $4)); }
    ;

with:
      WITH cte_list                 { $$ = exprs_list(rd, @2, $2); }
    | WITH RECURSIVE cte_list       { $$ = build_recursive(rd, @3, $3); }
    ;

opt_with:
      %empty                        { $$ = NULL; }
    | with
    ;

cte_list:
      cte                           { $$ = exprs_add(rd, NULL, $1); }
    | cte_list ',' cte              { $$ = exprs_add(rd, $1, $3); }
    ;

cte:
      ColId opt_part_list AS opt_materialized '(' inner_statement ')' opt_search
      opt_cycle
        { $$ = build_cte(rd, @$, $1, $2, $4, $6, $8, $9); }
    ;

opt_search:
      %empty                        { $$ = NULL; }
    | SEARCH_LA part_list SET ColId
        { $$ = build_search(rd, @$, $1, $2, @4, $4); }
    ;

opt_cycle:
      %empty                        { $$ = NULL; }
    | CYCLE part_list SET ColId USING ColId
        { $$ = build_cycle(rd, @$, $2, @4, $4, NULL, NULL, @6, $6); }
    | CYCLE part_list SET ColId TO b_expr DEFAULT b_expr USING ColId
        { $$ = build_cycle(rd, @$, $2, @4, $4, $6, $8, @10, $10); }
    ;

opt_materialized:
      %empty                        { $$ = 0; }
    | MATERIALIZED                  { $$ = EXPR_MATERIALIZED; }
    | NOT MATERIALIZED              { $$ = EXPR_NOT_MATERIALIZED; }
    ;

opt_targets:
      %empty                        { $$ = exprs_none(rd); }
    | targets
    ;

targets:
      target                        { $$ = exprs_add(rd, NULL, $1); }
    | targets ',' target            { $$ = exprs_add(rd, $1, $3); }
    ;

target:
      a_expr                        { $$ = build_target(rd, @$, $1, SLICE_NONE); }
    | a_expr AS ColLabel            { $$ = build_target(rd, @$, $1, $3); }
    | a_expr AS SCONST              { $$ = build_target(rd, @$, $1, $3); }
    | a_expr BareLabel              { $$ = build_target(rd, @$, $1, $2); }
    | '*'
        { $$ = build_target(rd, @$, expr_leaf(A, EXPR_STAR, @1, SLICE_NONE),
                            SLICE_NONE); }
    ;

opt_from:
      %empty                        { $$ = NULL; }
    | FROM from_list                { $$ = $2; }
    ;

from_list:
      from_item                     { $$ = exprs_add(rd, NULL, $1); }
    | from_list ',' from_item       { $$ = exprs_add(rd, $1, $3); }
    ;

from_item:
      relation opt_alias            { $$ = build_table(rd, @$, *$1, $2); }
    | relation opt_alias index_hint
        { $$ = build_hinted(rd, @$, build_table(rd, span_join(@1, @2), *$1, $2), $3); }
    | relation opt_alias TABLESAMPLE ColId '(' expr_list ')' opt_repeatable
        { $$ = build_sample(rd, @$, build_table(rd, span_join(@1, @2), *$1, $2), $4,
                            exprs_list(rd, @6, $6), $8); }
    | '(' join ')' alias            { $$ = build_from_query(rd, @$, 0, $2, $4); }
    | from_call opt_call_alias
        { $$ = build_from_call(rd, @$, 0, $1, $2); }
    | LATERAL from_call opt_call_alias
        { $$ = build_from_call(rd, @$, EXPR_LATERAL, $2, $3); }
    | select_with_parens opt_alias
        { $$ = build_from_query(rd, @$, 0, $1, $2); }
    | LATERAL select_with_parens opt_alias
        { $$ = build_from_query(rd, @$, EXPR_LATERAL, $2, $3); }
    | join
    ;

/* Of SQLite. */
index_hint:
      INDEXED_BY ColId
        { $$ = form_name(rd, NULL, @1, SLICE("indexed by"), @2, $2); }
    | NOT_INDEXED
        { $$ = form_words(rd, NULL, @1, SLICE("not indexed")); }
    ;

opt_repeatable:
      %empty                        { $$ = NULL; }
    | REPEATABLE '(' a_expr ')'     { $$ = $3; }
    ;

from_call:
      form                          { $$ = (struct from_call){ $1, 0 }; }
    | rows_from                     { $$ = (struct from_call){ $1, 0 }; }
    | rows_from WITH_LA ORDINALITY  { $$ = (struct from_call){ $1, EXPR_ORDINALITY }; }
    | application                   { $$ = (struct from_call){ $1, 0 }; }
    | special_call                  { $$ = (struct from_call){ $1, 0 }; }
    | application WITH_LA ORDINALITY
        { $$ = (struct from_call){ $1, EXPR_ORDINALITY }; }
    ;

rows_from:
      ROWS FROM '(' rows_calls ')'
        { $$ = build_form(rd, @$, SLICE("rows from"), $4); }
    ;

rows_calls:
      rows_call                     { $$ = exprs_add(rd, NULL, $1); }
    | rows_calls ',' rows_call
        { $$ = exprs_add(rd, form_words(rd, $1, @2, SLICE(",")), $3); }
    ;

rows_call:
      from_call                     { $$ = $1.call; }
    | from_call AS '(' typed_parts ')'
        { $$ = build_from_call(rd, @$, 0, $1, build_alias(rd, @2, SLICE_NONE, $4)); }
    ;

relation:
      dotted_name                   { $$ = BOX(struct relation, { *$1, 0 }); }
    | dotted_name '*'               { $$ = BOX(struct relation, { *$1, 0 }); }
    | ONLY dotted_name              { $$ = BOX(struct relation, { *$2, EXPR_ONLY }); }
    | ONLY '(' dotted_name ')'      { $$ = BOX(struct relation, { *$3, EXPR_ONLY }); }
    ;

/* What a statement is about: a table in any case. */
subject:
      any_name                      { $$ = BOX(struct relation, { *$1, 0 }); }
    | any_name '*'                  { $$ = BOX(struct relation, { *$1, 0 }); }
    | ONLY any_name                 { $$ = BOX(struct relation, { *$2, EXPR_ONLY }); }
    | ONLY '(' any_name ')'         { $$ = BOX(struct relation, { *$3, EXPR_ONLY }); }
    ;

opt_alias:
      %empty                        { $$ = (struct alias){ NULL, NULL }; }
    | alias
    ;

alias:
      AS ColId                      { $$ = build_alias(rd, @2, $2, NULL); }
    | ColId                         { $$ = build_alias(rd, @1, $1, NULL); }
    | AS ColId '(' part_list ')'    { $$ = build_alias(rd, @2, $2, $4); }
    | ColId '(' part_list ')'       { $$ = build_alias(rd, @1, $1, $3); }
    ;

opt_call_alias:
      opt_alias
    | AS '(' typed_parts ')'
        { $$ = build_alias(rd, @1, SLICE_NONE, $3); }
    | AS ColId '(' typed_parts ')'  { $$ = build_alias(rd, @2, $2, $4); }
    | ColId '(' typed_parts ')'     { $$ = build_alias(rd, @1, $1, $3); }
    ;

typed_parts:
      typed_part                    { $$ = exprs_add(rd, NULL, $1); }
    | typed_parts ',' typed_part    { $$ = exprs_add(rd, $1, $3); }
    ;

typed_part:
      ColId type_name opt_collate   { $$ = build_typed_part(rd, @$, $1, $2, $3); }
    ;

join:
      '(' join ')'                  { $$ = $2; }
    | from_item CROSS JOIN from_item
        { $$ = build_joined(rd, @$, "cross", 0, $1, $4, (struct join_on){ 0 }); }
    | from_item JOIN_BARE from_item
        { $$ = build_joined(rd, @$, "cross", 0, $1, $3, (struct join_on){ 0 }); }
    | from_item INNER JOIN_BARE from_item
        { $$ = build_joined(rd, @$, "cross", 0, $1, $4, (struct join_on){ 0 }); }
    | from_item JOIN from_item join_on
        { $$ = build_joined(rd, @$, "inner", 0, $1, $3, $4); }
    | from_item join_type JOIN from_item join_on
        { $$ = build_joined(rd, @$, $2, 0, $1, $4, $5); }
    | from_item NATURAL JOIN from_item
        { $$ = build_joined(rd, @$, "inner", EXPR_NATURAL, $1, $4,
                               (struct join_on){ 0 }); }
    | from_item NATURAL join_type JOIN from_item
        { $$ = build_joined(rd, @$, $3, EXPR_NATURAL, $1, $5,
                               (struct join_on){ 0 }); }
    ;

join_type:
      INNER                         { $$ = "inner"; }
    | LEFT opt_outer                { $$ = "left"; }
    | RIGHT opt_outer               { $$ = "right"; }
    | FULL opt_outer                { $$ = "full"; }
    ;

opt_outer:
      %empty
    | OUTER
    ;

join_on:
      ON a_expr                     { $$ = (struct join_on){ $2, NULL }; }
    | USING '(' part_list ')'
        { $$ = (struct join_on){ NULL, exprs_list(rd, @3, $3) }; }
    | USING '(' part_list ')' AS ColId
        { $$ = (struct join_on){ NULL, build_using_alias(rd, @3, $3, $6) }; }
    ;

opt_where:
      %empty                        { $$ = NULL; }
    | WHERE a_expr                  { $$ = $2; }
    ;

opt_group:
      %empty                        { $$ = NULL; }
    | GROUP BY group_list           { $$ = $3; }
    | GROUP BY ALL group_list       { $$ = $4; }
    | GROUP BY DISTINCT group_list  { $$ = $4; $$->flags = EXPR_DISTINCT; }
    ;

group_list:
      group_item                    { $$ = exprs_add(rd, NULL, $1); }
    | group_list ',' group_item     { $$ = exprs_add(rd, $1, $3); }
    ;

group_item:
      a_expr
    | '(' ')'                       { $$ = build_grouping(rd, @$, "empty", NULL); }
    | ROLLUP '(' expr_list ')'      { $$ = build_grouping(rd, @$, "rollup", $3); }
    | CUBE '(' expr_list ')'        { $$ = build_grouping(rd, @$, "cube", $3); }
    | GROUPING SETS '(' group_list ')'
        { $$ = build_grouping(rd, @$, "sets", $4); }
    ;

opt_having:
      %empty                        { $$ = NULL; }
    | HAVING a_expr                 { $$ = $2; }
    ;

opt_windows:
      %empty                        { $$ = NULL; }
    | WINDOW window_list            { $$ = $2; }
    ;

window_list:
      window_definition             { $$ = exprs_add(rd, NULL, $1); }
    | window_list ',' window_definition
        { $$ = exprs_add(rd, $1, $3); }
    ;

window_definition:
      ColId AS window               { $$ = build_named_window(rd, @$, $1, $3); }
    ;

opt_order:
      %empty                        { $$ = NULL; }
    | order
    ;

order:
      ORDER BY order_list           { $$ = $3; }
    ;

order_list:
      order_item                    { $$ = exprs_add(rd, NULL, $1); }
    | order_list ',' order_item     { $$ = exprs_add(rd, $1, $3); }
    ;

order_item:
      a_expr opt_direction opt_nulls
        { $$ = build_order(rd, @$, $1, $2, $3); }
    | a_expr USING any_operator opt_nulls
        { $$ = build_order(rd, @$, $1, slice_is($3, ">"), $4); }
    ;

opt_direction:
      %empty                        { $$ = false; }
    | ASC                           { $$ = false; }
    | DESC                          { $$ = true; }
    ;

opt_nulls:
      %empty                        { $$ = NULLS_DEFAULT; }
    | NULLS_LA FIRST                { $$ = NULLS_FIRST; }
    | NULLS_LA LAST                 { $$ = NULLS_LAST; }
    ;

opt_limit:
      %empty                        { $$ = BOX(struct limits, { 0 }); }
    | limit
    ;

limit:
      limit_only
    | offset_only                   { $$ = BOX(struct limits, { .offset = $1 }); }
    | limit_only offset_only        { $$ = $1; $$->offset = $2; }
    | offset_only limit_only        { $$ = $2; $$->offset = $1; }
    | LIMIT a_expr ',' a_expr       { $$ = BOX(struct limits, { $4, $2, false }); }
    ;

limit_only:
      LIMIT a_expr                  { $$ = BOX(struct limits, { .limit = $2 }); }
    | LIMIT ALL                     { $$ = BOX(struct limits, { 0 }); }
    | FETCH first_or_next fetch_count row_or_rows fetch_ties
        { $$ = BOX(struct limits, { .limit = $3, .ties = $5 }); }
    | FETCH first_or_next row_or_rows fetch_ties
        { $$ = BOX(struct limits, { .limit = build_one(rd), .ties = $4 }); }
    ;

fetch_count:
      c_expr
    | '+' NUMBER                    { $$ = expr_leaf(A, EXPR_NUMBER, @2, $2); }
    ;

fetch_ties:
      ONLY                          { $$ = false; }
    | WITH TIES                     { $$ = true; }
    ;

offset_only:
      OFFSET a_expr                 { $$ = $2; }
    | OFFSET c_expr row_or_rows     { $$ = $2; }
    ;

first_or_next:
      FIRST
    | NEXT
    ;

row_or_rows:
      ROW
    | ROWS
    ;

opt_locking:
      %empty                        { $$ = NULL; }
    | locking
    ;

locking:
      locking_item                  { $$ = $1; }
    | locking locking_item          { $$ = build_two_locks(rd, @$, $1, $2); }
    ;

locking_item:
      FOR lock_strength opt_of opt_wait
        { $$ = build_locking(rd, @$, $2, $3, $4); }
    ;

lock_strength:
      UPDATE                        { $$ = "update"; }
    | NO KEY UPDATE                 { $$ = "no key update"; }
    | SHARE                         { $$ = "share"; }
    | KEY SHARE                     { $$ = "key share"; }
    ;

opt_of:
      %empty                        { $$ = NULL; }
    | OF part_list                  { $$ = $2; }
    ;

opt_wait:
      %empty                        { $$ = ""; }
    | NOWAIT                        { $$ = " nowait"; }
    | SKIP LOCKED                   { $$ = " skip locked"; }
    ;

/* ---- INSERT, UPDATE, DELETE ---- */

insert:
      opt_with INSERT opt_or_ignore INTO insert_target insert_rest opt_conflict
      opt_returning
        { $$ = build_insert(rd, @$, $1, $3, $5, *$6, $7, $8); }
    | opt_with REPLACE INTO insert_target insert_rest opt_returning
        { $$ = build_insert(rd, @$, $1, SLICE("replace"), $4, *$5, NULL, $6); }
    ;

opt_or:
      %empty                        { $$ = SLICE_NONE; }
    | OR conflict_word              { $$ = $2; }
    ;

opt_or_ignore:
      opt_or
    | IGNORE                        { $$ = SLICE("ignore"); }
    ;

conflict_word:
      REPLACE                       { $$ = SLICE("replace"); }
    | IGNORE                        { $$ = SLICE("ignore"); }
    | IDENT
    ;

insert_target:
      any_name                      { $$ = build_table(rd, @$,
                                          (struct relation){ *$1, 0 },
                                          (struct alias){ NULL, NULL }); }
    | any_name AS ColId             { $$ = build_table(rd, @$,
                                          (struct relation){ *$1, 0 },
                                          build_alias(rd, @3, $3, NULL)); }
    ;

insert_rest:
      select                        { $$ = BOX(struct insert_rest, { NULL, $1, NULL }); }
    | OVERRIDING overriding VALUE select
        { $$ = BOX(struct insert_rest, { NULL, $4, $2 }); }
    | '(' insert_columns ')' select { $$ = BOX(struct insert_rest, { $2, $4, NULL }); }
    | '(' insert_columns ')' OVERRIDING overriding VALUE select
        { $$ = BOX(struct insert_rest, { $2, $7, $5 }); }
    | DEFAULT VALUES
        { $$ = BOX(struct insert_rest, { NULL, NULL, NULL }); }
    | SET assigns
        { $$ = BOX(struct insert_rest, build_insert_set(rd, @$, $2)); }
    ;

overriding:
      SYSTEM                        { $$ = "overriding system"; }
    | IDENT                         { $$ = "overriding user"; }
    ;

insert_columns:
      assigned                      { $$ = exprs_add(rd, NULL, $1); }
    | insert_columns ',' assigned   { $$ = exprs_add(rd, $1, $3); }
    ;

assigned:
      ColId opt_indirection         { $$ = build_assigned(rd, @1, $1, $2); }
    ;

opt_conflict:
      %empty                        { $$ = NULL; }
    | ON_CONFLICT CONFLICT opt_conflict_target DO NOTHING opt_conflict
        { $$ = build_conflict(rd, @$, *$3, NULL, NULL, $6); }
    | ON_CONFLICT CONFLICT opt_conflict_target DO UPDATE SET assigns opt_where
      opt_conflict
        { $$ = build_conflict(rd, @$, *$3, $7, $8, $9); }
    | ON_DUPLICATE assigns
        { $$ = build_conflict(rd, @$, (struct conflict_target){ 0 }, $2, NULL, NULL); }
    ;

opt_conflict_target:
      %empty                        { $$ = BOX(struct conflict_target, { 0 }); }
    | '(' expr_list ')' opt_where
        { $$ = BOX(struct conflict_target, { exprs_list(rd, @2, $2), $4, SLICE_NONE }); }
    | ON CONSTRAINT ColId
        { $$ = BOX(struct conflict_target, { NULL, NULL, $3 }); }
    ;

opt_returning:
      %empty                        { $$ = NULL; }
    | RETURNING targets             { $$ = $2; }
    ;

update:
      opt_with update_word changed SET assigns opt_from opt_where opt_order opt_limit
      opt_returning
        { $$ = build_update(rd, @$, (struct update_parts){
              .with = $1, .or_word = $2, .target = $3, .assigns = $5, .from = $6,
              .where = $7, .order = $8, .limits = *$9, .returning = $10 }); }
    | opt_with UPDATE_MANY from_list SET_LA assigns opt_where
        { $$ = build_update(rd, @$, (struct update_parts){
              .with = $1, .or_word = $2, .target = exprs_list(rd, @3, $3),
              .assigns = $5, .where = $6 }); }
    ;

/* Each WHEN is a form of its own words. */
merge:
      opt_with MERGE INTO changed USING from_item ON a_expr merge_whens opt_returning
        { $$ = build_merge(rd, @$, $1, $4, $6, $8, $9, $10); }
    ;

merge_whens:
      merge_when                    { $$ = exprs_add(rd, NULL, $1); }
    | merge_whens merge_when        { $$ = exprs_add(rd, $1, $2); }
    ;

merge_when:
      WHEN_LA THEN merge_action
        { $$ = build_merge_when(rd, @$, $1, NULL, $3); }
    | WHEN_LA AND a_expr THEN merge_action
        { $$ = build_merge_when(rd, @$, $1, $3, $5); }
    ;

merge_action:
      UPDATE SET assigns
        { $$ = form_join(rd, form_words(rd, NULL, @1, SLICE("update set")),
                         form_commas(rd, $3)); }
    | DELETE                        { $$ = form_words(rd, NULL, @1, SLICE("delete")); }
    | DO NOTHING
        { $$ = form_words(rd, NULL, @1, SLICE("do nothing")); }
    | INSERT merge_columns VALUES '(' expr_list ')'
        { $$ = exprs_add(rd, form_words(rd, form_join(rd,
                   form_words(rd, NULL, @1, SLICE("insert")), $2), @3, SLICE("values")),
                   exprs_list(rd, @5, $5)); }
    | INSERT DEFAULT VALUES
        { $$ = form_words(rd, NULL, @1, SLICE("insert default values")); }
    ;

merge_columns:
      %empty                        { $$ = NULL; }
    | '(' insert_columns ')'
        { $$ = exprs_add(rd, NULL, exprs_list(rd, @2, $2)); }
    ;

update_word:
      UPDATE opt_or                 { $$ = $2; }
    | UPDATE_IGNORE
    ;

delete:
      opt_with DELETE FROM changed opt_using opt_where opt_order opt_limit opt_returning
        { $$ = build_delete(rd, @$, (struct update_parts){
              .with = $1, .target = $4, .from = $5, .where = $6, .order = $7,
              .limits = *$8, .returning = $9 }); }
    | opt_with DELETE deleted_tables FROM from_list opt_where
        { $$ = build_delete(rd, @$, (struct update_parts){
              .with = $1, .target = exprs_list(rd, @3, $3), .from = $5, .where = $6 }); }
    | opt_with DELETE FROM deleted_several USING from_list opt_where
        { $$ = build_delete(rd, @$, (struct update_parts){
              .with = $1, .target = exprs_list(rd, @4, $4), .from = $6, .where = $7 }); }
    ;

deleted_tables:
      relation
        { $$ = exprs_add(rd, NULL,
                   build_table(rd, @1, *$1, (struct alias){ NULL, NULL })); }
    | deleted_several
    ;

deleted_several:
      relation ',' relation
        { $$ = exprs_add(rd, exprs_add(rd, NULL,
                   build_table(rd, @1, *$1, (struct alias){ NULL, NULL })),
                   build_table(rd, @3, *$3, (struct alias){ NULL, NULL })); }
    | deleted_several ',' relation
        { $$ = exprs_add(rd, $1, build_table(rd, @3, *$3, (struct alias){ NULL,
              NULL })); }
    ;

opt_using:
      %empty                        { $$ = NULL; }
    | USING from_list               { $$ = $2; }
    ;

changed:
      relation %prec UMINUS
        { $$ = build_table(rd, @$, *$1, (struct alias){ NULL, NULL }); }
    | relation ColId
        { $$ = build_table(rd, @$, *$1, build_alias(rd, @2, $2, NULL)); }
    | relation AS ColId
        { $$ = build_table(rd, @$, *$1, build_alias(rd, @3, $3, NULL)); }
    | relation index_hint
        { $$ = build_hinted(rd, @$,
                   build_table(rd, @1, *$1, (struct alias){ NULL, NULL }), $2); }
    | relation AS ColId index_hint
        { $$ = build_hinted(rd, @$,
                   build_table(rd, @$, *$1, build_alias(rd, @3, $3, NULL)), $4); }
    ;

assigns:
      assign                        { $$ = exprs_add(rd, NULL, $1); }
    | assigns ',' assign            { $$ = exprs_add(rd, $1, $3); }
    ;

assign:
      assigned '=' a_expr
        { $$ = build_assign(rd, @$, exprs_add(rd, NULL, $1), $3); }
    | '(' insert_columns ')' '=' a_expr
        { $$ = build_assign(rd, @$, $2, $5); }
    ;

/* ==== types ==== */

type_name:
      type_parts                    { $$ = build_type(rd, @$, $1, NULL); }
    ;

type_parts:
      simple_type opt_bounds        { $$ = $1; $$->dimensions = $2; }
    | simple_type ARRAY             { $$ = $1; $$->dimensions = 1; }
    | simple_type ARRAY '[' NUMBER ']'
        { $$ = $1; $$->dimensions = 1; }
    ;

simple_type:
      type_function_name opt_type_args opt_time_zone
        { $$ = build_type_parts(rd, @1, SLICE_NONE, $1, $2, $3); }
    | type_function_name '.' ColLabel opt_type_args
        { $$ = build_type_parts(rd, @3, $1, $3, $4, ""); }
    | TYPE_WORDS opt_type_args opt_time_zone
        { $$ = build_type_parts(rd, @1, SLICE_NONE, $1, $2, $3); }
    ;

opt_type_args:
      %empty                        { $$ = NULL; }
    | '(' expr_list ')'             { $$ = $2; }
    ;

opt_time_zone:
      %empty                        { $$ = ""; }
    | time_zone
    ;

time_zone:
      WITH_TIME_ZONE                { $$ = " with time zone"; }
    | WITHOUT_TIME_ZONE             { $$ = " without time zone"; }
    ;

opt_bounds:
      %empty                        { $$ = 0; }
    | opt_bounds '[' ']'            { $$ = build_dimension(rd, @$, $1); }
    | opt_bounds '[' NUMBER ']'     { $$ = build_dimension(rd, @$, $1); }
    ;

/* The type of a column: MySQL's words may follow. */
column_type:
      column_parts                  { $$ = build_type(rd, @$, $1, NULL); }
    ;

column_parts:
      type_parts
    | column_parts UNSIGNED         { $$ = $1; $$->is_unsigned = true; }
    | column_parts ZEROFILL         { $$ = $1; $$->is_unsigned = true; }
    | column_parts BINARY           { $$ = $1; } /* compares by bytes, as all others do */
    ;

/* ==== CREATE TABLE ==== */

create_table:
      create_table_name '(' opt_elements ')' table_options
    | create_table_name '(' opt_elements ')' table_options AS select opt_with_data
        { build_table_query(rd, build_checked(rd, $7), $8); }
    | create_table_name table_options AS select opt_with_data
        { build_table_query(rd, build_checked(rd, $4), $5); }
    | create_table_name PARTITION_LA OF any_name opt_typed_elements partition_bound
      table_options
        { build_partition_of(rd, *$4, $6); }
    | create_table_name OF any_name opt_typed_elements table_options
        { rd->table->of_type = *$3; }
    ;

create_table_name:
      CREATE opt_temp TABLE opt_if_not_exists new_table_name
        { build_table_open(rd, $2, $4, *$5); }
    ;

opt_typed_elements:
      %empty
    | '(' elements ')'
    ;

partition_bound:
      FOR VALUES FROM '(' expr_list ')' TO '(' expr_list ')'
        { $$ = build_bound(rd, @$, BOUND_RANGE, $5, $9, NULL); }
    | FOR VALUES IN '(' expr_list ')'
        { $$ = build_bound(rd, @$, BOUND_LIST, $5, NULL, NULL); }
    | FOR VALUES WITH '(' hash_options ')'
        { $$ = build_bound(rd, @$, BOUND_HASH, NULL, NULL, $5); }
    | DEFAULT                       { $$ = build_bound(rd, @$, BOUND_DEFAULT, NULL, NULL,
                                                       NULL); }
    ;

hash_options:
      IDENT signed_number           { $$ = build_options(rd, NULL,
                                                         build_option(@$, $1, $2)); }
    | hash_options ',' IDENT signed_number
        { $$ = build_options(rd, $1, build_option(span_join(@3, @4), $3, $4)); }
    ;

like_source:
      LIKE any_name                 { $$ = build_like_source(rd, @$, *$2); }
    | like_source IDENT ColLabel    { $$ = build_like_part(rd, @$, $1, $2, @3, $3); }
    ;

partition_word:
      IDENT
    | RANGE                         { $$ = SLICE("range"); }
    ;

opt_temp:
      %empty                        { $$ = 0; }
    | TEMP                          { $$ = CREATE_TEMPORARY; }
    | TEMPORARY                     { $$ = CREATE_TEMPORARY; }
    | LOCAL TEMP                    { $$ = CREATE_TEMPORARY; }
    | LOCAL TEMPORARY               { $$ = CREATE_TEMPORARY; }
    | GLOBAL TEMP                   { $$ = CREATE_TEMPORARY; }
    | GLOBAL TEMPORARY              { $$ = CREATE_TEMPORARY; }
    | UNLOGGED                      { $$ = CREATE_UNLOGGED; }
    ;

opt_if_not_exists:
      %empty                        { $$ = false; }
    | IF_LA NOT EXISTS              { $$ = true; }
    ;

opt_if_exists:
      %empty                        { $$ = false; }
    | IF_LA EXISTS                  { $$ = true; }
    ;

new_table_name:
      any_name
    | SCONST                        { $$ = NAME(build_word_name(rd, @1, $1)); }
    ;

opt_elements:
      %empty
    | elements
    ;

elements:
      element
    | elements ',' element
    ;

element:
      column                        { build_add_column(rd, $1); }
    | constraint                    { build_add_constraint(rd, $1); }
    | like_source                   { build_add_like(rd, $1); }
    | CONSTRAINT ColId NOT NULL ColId
        { build_table_not_null(rd, @$, $2, @5, $5, false); }
    | CONSTRAINT ColId NOT NULL ColId NO_LA INHERIT
        { build_table_not_null(rd, @$, $2, @5, $5, true); }
    | NOT NULL ColId                { build_table_not_null(rd, @$, SLICE_NONE, @3, $3,
                                                           false); }
    | inline_key                    { build_add_key(rd, $1); }
    ;

/* An index inside of CREATE TABLE or behind ADD, of MySQL. */
inline_key:
      KEY_LA opt_name opt_method '(' keys ')'
        { $$ = build_inline_key(rd, @$, $2, @2, $3, $5); }
    | FULLTEXT opt_name '(' keys ')'
        { $$ = build_inline_key(rd, @$, $2, @2, $1, $4); }
    | inline_key USING ColId        { $$ = $1; $$->method = $3; }
    | inline_key COMMENT_LA SCONST  { $$ = $1; $$->comment = $3; }
    | inline_key WITH IDENT ColId   { $$ = $1; }
    | inline_key INVISIBLE          { $$ = $1; }
    | inline_key IDENT '=' option_value
        { $$ = $1; }
    ;

opt_name:
      %empty                        { $$ = SLICE_NONE; }
    | ColId
    ;

/* ---- columns ---- */

column:
      new_column_name               { $$ = build_column(rd, @1, $1, NULL, SPAN_NONE); }
    | new_column_name column_parts  { $$ = build_column(rd, @1, $1, $2, @2); }
    | column CONSTRAINT ColId       { $$ = build_name_next(rd, @$, $1, $3); }
    | column NOT NULL opt_on_conflict
        { $$ = build_not_null(rd, @$, $1, $4); }
    | column NULL                   { $$ = build_null(rd, @$, $1); }
    | column DEFAULT b_expr         { $$ = build_default(rd, @$, $1, $3); }
    | column PRIMARY KEY opt_direction opt_on_conflict
        { $$ = build_column_key(rd, @$, @2, $1, $4, $5); }
    | column KEY_ALONE
        { $$ = build_column_key(rd, @$, @2, $1, false, SLICE_NONE); }
    | column INVISIBLE              { $$ = $1; }
    | column AUTOINCREMENT          { $$ = build_autoincrement(rd, @$, $1); }
    | column AUTO_INCREMENT         { $$ = build_autoincrement(rd, @$, $1); }
    | column UNIQUE opt_key_word opt_nulls_distinct opt_on_conflict
        { $$ = build_column_unique(rd, @$, @2, $1, $4, $5); }
    | column CHECK '(' whole_expr ')' opt_on_conflict
        { $$ = build_column_check(rd, @$, @2, $1, $4, $6); }
    | column NO_LA INHERIT          { $$ = build_no_inherit(rd, @$, $1); }
    | column reference              { $$ = build_column_reference(rd, @$, $1, $2); }
    | column deferral               { $$ = build_column_deferral(rd, @$, @2, $1, $2); }
    | column WITH '(' options ')'   { $$ = build_column_options(rd, @$, @2, $1, $4); }
    | column COLLATE any_name
        { $$ = build_collation(rd, @$, $1, build_collation_name(rd, *$3)); }
    | column COLLATE SCONST         { $$ = build_collation(rd, @$, $1, $3); }
    | column WITH IDENT             { $$ = build_with_options(rd, @3, $1, $3); }
    | column STORAGE_LA ColId       { $$ = build_storage(rd, @$, $1, $3); }
    | column STORAGE_LA DEFAULT     { $$ = $1; $$->span = @$; }
    | column COMPRESSION_LA ColId   { $$ = build_compression(rd, @$, $1, $3); }
    | column COMPRESSION_LA DEFAULT { $$ = $1; $$->span = @$; }
    | column USING_LA INDEX TABLESPACE ColId
        { $$ = build_column_tablespace(rd, @$, @2, $1, $5); }
    | column CHARACTER_SET opt_equals new_name
        { $$ = $1; build_column_rare(rd, $$)->charset = $4; }
    | column COMMENT_LA SCONST      { $$ = build_column_comment(rd, @$, $1, $3); }
    | column ON_TOUCH UPDATE touch_value
        { $$ = build_touch(rd, @$, $1); }
    | column GENERATED_LA ALWAYS AS '(' whole_expr ')' opt_stored
        { $$ = build_generated(rd, @$, $1, $6, $8); }
    | column AS '(' whole_expr ')' opt_stored
        { $$ = build_generated(rd, @$, $1, $4, $6); }
    | column GENERATED_LA ALWAYS AS IDENTITY opt_sequence_options
        { $$ = build_identity(rd, @$, $1, IDENTITY_ALWAYS, $6); }
    | column GENERATED_LA BY DEFAULT AS IDENTITY opt_sequence_options
        { $$ = build_identity(rd, @$, $1, IDENTITY_BY_DEFAULT, $7); }
    ;

new_column_name:
      ColId
    | SCONST
    ;

opt_key_word:
      %empty
    | KEY
    ;

opt_stored:
      %empty                        { $$ = false; }
    | STORED                        { $$ = true; }
    | VIRTUAL                       { $$ = false; }
    ;

opt_on_conflict:
      %empty                        { $$ = SLICE_NONE; }
    | ON_CONFLICT CONFLICT conflict_word
        { $$ = $3; }
    ;

opt_nulls_distinct:
      %empty                        { $$ = false; }
    | NULLS DISTINCT                { $$ = false; }
    | NULLS NOT DISTINCT            { $$ = true; }
    ;

touch_value:
      time_word
    | time_word '(' ')'
    | time_word '(' NUMBER ')'
    | IDENT '(' ')'
    | IDENT '(' NUMBER ')'
    ;

opt_sequence_options:
      %empty                        { $$ = NULL; }
    | '(' sequence_options ')'      { $$ = $2; }
    ;

sequence_options:
      sequence_option               { $$ = build_options(rd, NULL, *$1); }
    | sequence_options sequence_option
        { $$ = build_options(rd, $1, *$2); }
    ;

sequence_option:
      IDENT signed_number
        { $$ = SETTING(build_sequence_option(rd, @$, $1, $2)); }
    | IDENT WITH signed_number
        { $$ = SETTING(build_sequence_option(rd, @$, $1, $3)); }
    | IDENT BY signed_number
        { $$ = SETTING(build_sequence_option(rd, @$, $1, $3)); }
    | NO IDENT
        { $$ = SETTING(build_sequence_option(rd, @$, $2, SLICE("no"))); }
    | NO CYCLE
        { $$ = SETTING(build_option(@$, SLICE("cycle"), SLICE("no"))); }
    | CYCLE
        { $$ = SETTING(build_option(@$, SLICE("cycle"), SLICE("yes"))); }
    | SEQUENCE IDENT any_name
        { $$ = SETTING(build_option(@$, SLICE("name"), $3->name)); }
    ;

signed_number:
      NUMBER
    | '-' NUMBER                    { $$ = build_negative(rd, $2); }
    | '+' NUMBER                    { $$ = $2; }
    ;

/* ---- constraints ---- */

constraint:
      constraint_body
    | CONSTRAINT ColId constraint_body
        { $$ = build_named_constraint(rd, @$, $2, $3); }
    | CONSTRAINT constraint_body    { $$ = $2; }
    | constraint deferral           { $$ = build_deferral(rd, @$, $1, $2); }
    | constraint NOT VALID          { $$ = $1; $$->not_valid = true; $$->span = @$; }
    | constraint NO_LA INHERIT      { $$ = $1; $$->no_inherit = true; $$->span = @$; }
    | constraint ON_CONFLICT CONFLICT conflict_word
        { $$ = $1; $$->on_conflict = $4; $$->span = @$; }
    | constraint INCLUDE '(' names ')'
        { $$ = $1; $$->include = *$4; $$->span = @$; }
    | constraint WITH '(' options ')'
        { $$ = $1; $$->options = *$4; $$->span = @$; }
    | constraint USING_LA INDEX TABLESPACE ColId
        { $$ = $1; $$->tablespace = $5; $$->span = @$; }
    | constraint USING ColId        { $$ = $1; $$->span = @$; }
    | constraint WHERE '(' whole_expr ')'
        { $$ = build_exclude_where(rd, @$, $1, $4); }
    ;

constraint_body:
      CHECK '(' whole_expr ')'
        { $$ = build_check(rd, @$, $3); }
    | PRIMARY KEY opt_method '(' keys ')'
        { $$ = build_key(rd, @$, CONSTRAINT_PRIMARY_KEY, $5); }
    | UNIQUE opt_nulls_distinct '(' keys ')'
        { $$ = build_unique(rd, @$, $2, SLICE_NONE, $4); }
    | UNIQUE IDENT opt_method '(' keys ')'
        { $$ = build_unique(rd, @$, false, $2, $5); }
    | UNIQUE KEY_LA opt_name opt_method '(' keys ')'
        { $$ = build_unique(rd, @$, false, $3, $6); }
    | PRIMARY KEY USING INDEX ColId
        { $$ = build_using_index(rd, @$, CONSTRAINT_PRIMARY_KEY, $5); }
    | UNIQUE USING INDEX ColId
        { $$ = build_using_index(rd, @$, CONSTRAINT_UNIQUE, $4); }
    | FOREIGN KEY opt_name '(' names ')' reference
        { $$ = build_foreign_key(rd, @$, $5, $7); }
    | EXCLUDE opt_method '(' exclude_keys ')'
        { $$ = build_exclude(rd, @$, $2, $4); }
    ;

opt_method:
      %empty                        { $$ = SLICE_NONE; }
    | USING ColId                   { $$ = $2; }
    ;

reference:
      REFERENCES any_name opt_names { $$ = build_reference(rd, @$, *$2, $3); }
    | reference MATCH match_word    { $$ = $1; $$->match = $3; $$->span = @$; }
    | reference ON DELETE key_action
        { $$ = build_on_delete(rd, @$, $1, $4); }
    | reference ON UPDATE key_action
        { $$ = build_on_update(rd, @$, $1, $4); }
    ;

match_word:
      FULL                          { $$ = FK_MATCH_FULL; }
    | PARTIAL                       { $$ = FK_MATCH_PARTIAL; }
    | SIMPLE                        { $$ = FK_MATCH_SIMPLE; }
    ;

key_action:
      NO ACTION                     { $$ = (struct key_action){ FK_NO_ACTION, NULL }; }
    | RESTRICT                      { $$ = (struct key_action){ FK_RESTRICT, NULL }; }
    | CASCADE                       { $$ = (struct key_action){ FK_CASCADE, NULL }; }
    | SET NULL opt_names            { $$ = (struct key_action){ FK_SET_NULL, $3 }; }
    | SET DEFAULT opt_names         { $$ = (struct key_action){ FK_SET_DEFAULT, $3 }; }
    ;

deferral:
      DEFERRABLE                    { $$ = WORDS_DEFERRABLE; }
    | NOT DEFERRABLE                { $$ = WORDS_NOT_DEFERRABLE; }
    | INITIALLY DEFERRED            { $$ = WORDS_DEFERRED; }
    | INITIALLY IMMEDIATE           { $$ = WORDS_IMMEDIATE; }
    ;

keys:
      key                           { $$ = build_keys(rd, NULL, $1); }
    | keys ',' key                  { $$ = build_keys(rd, $1, $3); }
    ;

key:
      a_expr opt_opclass opt_direction opt_nulls
        { $$ = build_index_key(rd, @$, $1, *$2, $3, $4); }
    | a_expr index_opclass '(' options ')' opt_direction opt_nulls
        { $$ = build_index_key(rd, @$, $1, *$2, $6, $7); $$->opclass_options = $4; }
    | a_expr AUTOINCREMENT          { $$ = build_counted_key(rd, @$, $1); }
    ;

opt_opclass:
      %empty                        { $$ = ARENA_NEW(rd->scratch, struct ast_name); }
    | index_opclass
    ;

index_opclass:
      IDENT                         { $$ = NAME(build_word_name(rd, @1, $1)); }
    | IDENT '.' ColLabel            { $$ = NAME({ $1, $3, @$ }); }
    ;

exclude_keys:
      key WITH any_operator         { $$ = build_keys(rd, NULL, build_with($1, $3)); }
    | exclude_keys ',' key WITH any_operator
        { $$ = build_keys(rd, $1, build_with($3, $5)); }
    ;

/* ---- options ---- */

table_options:
      %empty
    | table_options table_option
    | table_options ',' table_option
    ;

table_option:
      WITH '(' options ')'          { build_table_options(rd, $3); }
    | WITHOUT IDENT                 { build_without(rd, @$, $2); }
    | IDENT                         { build_table_word(rd, @1, $1); }
    | IDENT '=' option_value        { build_table_option(rd, @$, $1, $3); }
    | DEFAULT IDENT opt_equals ColLabel
        { build_table_option(rd, @$, $2, $4); }
    | opt_default CHARACTER_SET opt_equals option_value
        { build_table_option(rd, @$, SLICE("charset"), $4); }
    | opt_default COLLATE opt_equals option_value
        { build_table_option(rd, @$, SLICE("collate"), $4); }
    | AUTO_INCREMENT opt_equals NUMBER
        { build_table_option(rd, @$, SLICE("auto_increment"), $3); }
    | COMMENT_LA SCONST             { build_table_comment(rd, $2); }
    | COMMENT '=' SCONST            { build_table_comment(rd, $3); }
    | TABLESPACE ColId              { rd->table->tablespace = $2; }
    | USING ColId                   { rd->table->method = $2; }
    | IDENT '(' parents ')'         { build_inherits(rd, @1, $1, $3); }
    | PARTITION BY partition_word '(' keys ')'
        { build_partition_by(rd, @$, $3, $5); }
    | ON COMMIT commit_action
        { build_table_option(rd, @$, SLICE("on_commit"), $3); }
    ;

parents:
      any_name                      { $$ = build_names(rd, NULL, *$1); }
    | parents ',' any_name          { $$ = build_names(rd, $1, *$3); }
    ;

opt_default:
      %empty
    | DEFAULT
    ;

opt_equals:
      %empty
    | '='
    ;

commit_action:
      DROP                          { $$ = SLICE("drop"); }
    | DELETE ROWS                   { $$ = SLICE("delete rows"); }
    | IDENT ROWS                    { $$ = SLICE("preserve rows"); }
    ;

options:
      option                        { $$ = build_options(rd, NULL, *$1); }
    | options ',' option            { $$ = build_options(rd, $1, *$3); }
    ;

option:
      option_name                   { $$ = SETTING(build_option(@$, $1, SLICE_NONE)); }
    | option_name '=' option_value  { $$ = SETTING(build_option(@$, $1, $3)); }
    ;

option_name:
      ColLabel
    | ColLabel '.' ColLabel         { $$ = build_dotted_word(rd, $1, $3); }
    ;

option_value:
      ColLabel
    | SCONST
    | signed_number
    ;

/* ==== CREATE of the rest ==== */

create_index:
      create_index_head subject '(' keys ')'
        { build_index(rd, *$2, $4); }
    | create_index_head subject USING ColId '(' keys ')'
        { build_index(rd, *$2, $6); rd->index->method = $4; }
    | create_index INCLUDE '(' names ')'
        { rd->index->include = *$4; }
    | create_index NULLS DISTINCT
    | create_index NULLS NOT DISTINCT
        { rd->index->nulls_not_distinct = true; }
    | create_index WITH '(' options ')'
        { rd->index->options = *$4; }
    | create_index TABLESPACE ColId { rd->index->tablespace = $3; }
    | create_index USING ColId      { rd->index->method = $3; }
    | create_index COMMENT_LA SCONST
        { rd->index->comment = $3; }
    | create_index WHERE whole_expr { rd->index->where = $3; }
    | create_index IDENT '=' option_value /* ALGORITHM and LOCK of MySQL */
    | create_index IDENT option_value
    ;

create_index_head:
      CREATE opt_unique INDEX opt_concurrently opt_if_not_exists opt_index_name
      opt_method ON
        { build_index_open(rd, $2, $4, $5, *$6); rd->index->method = $7;
          rd->index->name_is_local = !slice_is_none($7); }
    ;

create_index_head: /* FULLTEXT or SPATIAL, as statement.c has seen */
      CREATE IDENT INDEX opt_index_name opt_method ON
        { build_index_open(rd, false, false, false, *$4); rd->index->method = $2;
          rd->index->name_is_local = true; }
    ;

opt_index_name:
      %empty                        { $$ = ARENA_NEW(rd->scratch, struct ast_name); }
    | any_name
    ;

opt_unique:
      %empty                        { $$ = false; }
    | UNIQUE                        { $$ = true; }
    ;

opt_concurrently:
      %empty                        { $$ = false; }
    | CONCURRENTLY                  { $$ = true; }
    ;

create_view:
      CREATE opt_temp VIEW opt_if_not_exists view_body opt_check_option
        { build_view(rd, $2, $4, $6); }
    | CREATE OR REPLACE opt_temp VIEW view_body opt_check_option
        { build_view(rd, $4 | CREATE_OR_REPLACE, false, $7); }
    | CREATE opt_temp RECURSIVE VIEW view_body opt_check_option
        { build_recursive_view(rd, $2, @5); build_view(rd, $2, false, $6); }
    | CREATE OR REPLACE opt_temp RECURSIVE VIEW view_body opt_check_option
        { build_recursive_view(rd, $4, @7);
          build_view(rd, $4 | CREATE_OR_REPLACE, false, $8); }
    | CREATE MATERIALIZED VIEW opt_if_not_exists view_body opt_with_data
        { build_view(rd, CREATE_MATERIALIZED | $6, $4, SLICE_NONE); }
    ;

view_body:
      view_head AS select           { build_view_query(rd, build_checked(rd, $3), @3); }
    ;

view_head:
      any_name opt_names            { build_view_open(rd, *$1, $2); }
    | view_head WITH '(' options ')'
        { rd->view->options = *$4; }
    | view_head USING ColId
        { rd->view->options = *build_options(rd, &rd->view->options,
                                  build_option(@$, SLICE("using"), $3)); }
    | view_head TABLESPACE ColId
        { rd->view->options = *build_options(rd, &rd->view->options,
                                  build_option(@$, SLICE("tablespace"), $3)); }
    ;

opt_check_option:
      %empty                        { $$ = SLICE_NONE; }
    | WITH CHECK OPTION             { $$ = SLICE("cascaded"); }
    | WITH CASCADED CHECK OPTION    { $$ = SLICE("cascaded"); }
    | WITH LOCAL CHECK OPTION       { $$ = SLICE("local"); }
    ;

opt_with_data:
      %empty                        { $$ = 0; }
    | WITH DATA                     { $$ = 0; }
    | WITH NO DATA                  { $$ = CREATE_NO_DATA; }
    ;

create_enum:
      CREATE TYPE any_name AS ENUM '(' labels ')'
        { build_enum(rd, *$3, $7); }
    | CREATE TYPE any_name AS ENUM '(' ')'
        { build_enum(rd, *$3, NULL); }
    ;

labels:
      SCONST                        { $$ = build_labels(rd, NULL, $1, @1); }
    | labels ',' SCONST             { $$ = build_labels(rd, $1, $3, @3); }
    ;

create_extension:
      CREATE EXTENSION opt_if_not_exists new_name
        { build_extension(rd, $3, $4); }
    | create_extension WITH
    | create_extension SCHEMA ColId { rd->extension->schema = $3; }
    | create_extension VERSION ColLabel
        { rd->extension->version = $3; }
    | create_extension VERSION SCONST
        { rd->extension->version = $3; }
    | create_extension CASCADE
    ;

create_schema:
      CREATE SCHEMA opt_if_not_exists ColId opt_authorization
        { build_schema(rd, $3, $4, $5); }
    | CREATE SCHEMA opt_if_not_exists AUTHORIZATION ColId
        { build_schema(rd, $3, $5, $5); }
    ;

opt_authorization:
      %empty                        { $$ = SLICE_NONE; }
    | AUTHORIZATION role            { $$ = $2; }
    ;

/* ==== domains, composite and range types, sequences ==== */

create_domain:
      CREATE DOMAIN any_name opt_as type_name
        { build_domain(rd, *$3, $5, @5); }
    | create_domain COLLATE any_name
        { build_domain_collation(rd, build_collation_name(rd, *$3)); }
    | create_domain DEFAULT b_expr  { build_domain_default(rd, $3); }
    | create_domain CONSTRAINT ColId
        { build_domain_name(rd, $3); }
    | create_domain NOT NULL        { build_domain_not_null(rd, true); }
    | create_domain NULL            { build_domain_not_null(rd, false); }
    | create_domain CHECK '(' whole_expr ')'
        { build_domain_check(rd, span_join(@2, @5), $4); }
    ;

opt_as:
      %empty
    | AS
    ;

create_composite:
      CREATE TYPE any_name AS '(' ')'
        { build_composite(rd, *$3); }
    | composite_open ')'
    ;

composite_open:
      CREATE TYPE any_name AS '(' ColId type_name opt_collate
        { build_composite(rd, *$3); build_attribute(rd, @6, $6, $7, $8); }
    | composite_open ',' ColId type_name opt_collate
        { build_attribute(rd, @3, $3, $4, $5); }
    ;

create_range:
      range_open ')'
    ;

range_open:
      CREATE TYPE any_name AS RANGE '(' ColLabel '=' type_name
        { build_range(rd, *$3); build_range_option(rd, @7, $7, $9); }
    | range_open ',' ColLabel '=' type_name
        { build_range_option(rd, @3, $3, $5); }
    ;

create_sequence:
      CREATE opt_temp SEQUENCE opt_if_not_exists any_name sequence_settings
        { build_sequence(rd, $2, $4, *$5, $6); }
    ;

sequence_settings:
      %empty                        { $$ = NULL; }
    | some_sequence_settings
    ;

some_sequence_settings:
      sequence_setting
    | some_sequence_settings sequence_setting
        { $$ = build_sequence_join(rd, $1, $2); }
    ;

sequence_setting:
      sequence_option               { $$ = build_sequence_setting(rd, *$1); }
    | AS type_name                  { $$ = build_sequence_type(rd, @2, $2); }
    | IDENT BY ColId opt_indirection
        { $$ = build_sequence_owner(rd, @1, $1, span_join(@3, @4), $3, $4); }
    | IDENT                         { $$ = build_sequence_restart(rd, @1, $1); }
    ;

create_statistics:
      opt_if_not_exists opt_any_name opt_names ON expr_list FROM any_name
        { build_statistics(rd, $1, *$2, $3, $5, *$7); }
    ;

opt_any_name:
      %empty                        { $$ = ARENA_NEW(rd->scratch, struct ast_name); }
    | any_name
    ;

alter_object:
      opt_if_exists any_name object_action
        { build_alter_object(rd, $1, *$2, ALTER_OBJECT_ACTION)->action = $3; }
    | opt_if_exists any_name some_sequence_settings
        { build_alter_object(rd, $1, *$2, ALTER_OBJECT_SEQUENCE)->sequence = $3; }
    | opt_if_exists any_name SET UNLOGGED
        { build_alter_object(rd, $1, *$2, ALTER_OBJECT_SEQUENCE)->sequence =
              build_sequence_logged(rd, @4, SLICE("unlogged")); }
    | opt_if_exists any_name SET IDENT
        { build_alter_object(rd, $1, *$2, ALTER_OBJECT_SEQUENCE)->sequence =
              build_sequence_logged(rd, @4, $4); }
    | opt_if_exists any_name SET IDENT signed_number
        { build_statistics_target(rd, $1, *$2, @4, $4, $5); }
    | opt_if_exists any_name UPDATE
        { build_alter_object(rd, $1, *$2, ALTER_OBJECT_UPDATE); }
    | opt_if_exists any_name UPDATE TO new_name
        { build_alter_object(rd, $1, *$2, ALTER_OBJECT_UPDATE)->version = $5; }
    ;

object_action:
      RENAME TO ColId
        { $$ = build_alter_rename(rd, ALTER_RENAME_TABLE, SLICE_NONE, @3, $3); }
    | SET SCHEMA ColId
        { $$ = build_alter_rename(rd, ALTER_SET_SCHEMA, SLICE_NONE, @3, $3); }
    | SET DEFAULT whole_expr
        { $$ = build_alter_name(rd, ALTER_SET_DEFAULT, SLICE_NONE, @1); $$->expr = $3; }
    | DROP DEFAULT
        { $$ = build_alter_name(rd, ALTER_DROP_DEFAULT, SLICE_NONE, @1); }
    | SET NOT NULL
        { $$ = build_alter_name(rd, ALTER_SET_NOT_NULL, SLICE_NONE, @1); }
    | DROP NOT NULL
        { $$ = build_alter_name(rd, ALTER_DROP_NOT_NULL, SLICE_NONE, @1); }
    | ADD constraint                { $$ = build_alter_constraint(rd, $2); }
    | DROP CONSTRAINT opt_if_exists ColId opt_cascade
        { $$ = build_alter_drop(rd, ALTER_DROP_CONSTRAINT, $4, @4, $3, $5); }
    | RENAME CONSTRAINT ColId TO ColId
        { $$ = build_alter_rename(rd, ALTER_RENAME_CONSTRAINT, $3, @3, $5); }
    | VALIDATE CONSTRAINT ColId
        { $$ = build_alter_name(rd, ALTER_VALIDATE_CONSTRAINT, $3, @3); }
    ;

alter_attributes:
      ALTER TYPE any_name attribute_action
        { build_alter_attributes(rd, *$3); build_attribute_action(rd, @4, $4); }
    | alter_attributes ',' attribute_action
        { build_attribute_action(rd, @3, $3); }
    ;

attribute_action:
      ADD IDENT ColId type_name opt_collate opt_cascade
        { $$ = build_alter_attribute(rd, @2, $2, ALTER_ADD_COLUMN, @3, $3);
          build_attribute_type(rd, $$, @4, $4, $5); $$->cascade = $6; }
    | DROP IDENT opt_if_exists ColId opt_cascade
        { $$ = build_alter_attribute(rd, @2, $2, ALTER_DROP_COLUMN, @4, $4);
          $$->if_exists = $3; $$->cascade = $5; }
    | ALTER IDENT ColId opt_set_data TYPE type_name opt_collate opt_cascade
        { $$ = build_alter_attribute(rd, @2, $2, ALTER_COLUMN_TYPE, @3, $3);
          build_attribute_type(rd, $$, @6, $6, $7); $$->cascade = $8; }
    | RENAME IDENT ColId TO ColId opt_cascade
        { $$ = build_alter_attribute(rd, @2, $2, ALTER_RENAME_COLUMN, @3, $3);
          $$->new_name = $5; $$->cascade = $6; }
    ;

/* ==== GRANT, REVOKE ==== */

grant:
      grant_head TO grantees
    | grant WITH IDENT OPTION       { build_grant_option(rd, @3, $3); }
    | grant IDENT BY role           { build_granted_by(rd, @2, $2); }
    ;

revoke:
      revoke_head FROM grantees opt_cascade
    | revoke_head FROM grantees IDENT BY role opt_cascade
        { build_granted_by(rd, @4, $4); }
    ;

grant_head:
      privileges                    { $$ = build_grant_role(rd, $1); }
    | privileges ON grant_target    { $$ = $1; }
    ;

revoke_head:
      grant_head                    { $$ = $1; $$->revoke = true; }
    | IDENT OPTION FOR grant_head
        { $$ = $4; $$->revoke = true; $$->option = true; }
    ;

privileges:
      privilege                     { $$ = build_privileges(rd, NULL, *$1); }
    | privileges ',' privilege      { $$ = build_privileges(rd, $1, *$3); }
    ;

privilege:
      ColLabel opt_names
        { $$ = BOX(struct ast_privilege, build_privilege(rd, @$, $1, $2)); }
    | ColLabel IDENT opt_names
        { $$ = BOX(struct ast_privilege, build_all_privileges(rd, @$, @2, $1, $2, $3)); }
    ;

grant_target:
      signatures                    { build_grant_on(rd, SLICE("table"), $1); }
    | TABLE signatures              { build_grant_on(rd, SLICE("table"), $2); }
    | SEQUENCE signatures           { build_grant_on(rd, SLICE("sequence"), $2); }
    | SCHEMA signatures             { build_grant_on(rd, SLICE("schema"), $2); }
    | TYPE signatures               { build_grant_on(rd, SLICE("type"), $2); }
    | DOMAIN signatures             { build_grant_on(rd, SLICE("type"), $2); }
    | TABLESPACE signatures         { build_grant_on(rd, SLICE("tablespace"), $2); }
    | FUNCTION signatures           { build_grant_on(rd, SLICE("function"), $2); }
    | IDENT signatures              { build_grant_on_word(rd, @1, $1, $2); }
    | ALL IDENT IN SCHEMA signatures
        { build_grant_in_schema(rd, @2, $2, $5); }
    ;

grantees:
      grantee
    | grantees ',' grantee
    ;

grantee:
      role                          { build_grantee(rd, @1, $1); }
    | GROUP role                    { build_grantee(rd, @2, $2); }
    ;

/* ==== ALTER, DROP, COMMENT ==== */

alter_table:
      alter_table_head alter_action { build_action(rd, @2, $2); }
    | alter_table ',' alter_action  { build_action(rd, @3, $3); }
    ;

alter_table_head:
      ALTER TABLE opt_if_exists subject
        { build_alter_open(rd, OBJECT_TABLE, $3, *$4); }
    | ALTER altered opt_if_exists any_name
        { build_alter_open(rd, $2, $3, (struct relation){ *$4, 0 }); }
    ;

/* What is said about a table as a whole, and about how its columns are stored. */
table_action:
      SET '(' options ')'
        { $$ = build_alter_options(rd, ALTER_SET_OPTIONS, SLICE_NONE, @1, $3); }
    | RESET_LA '(' options ')'
        { $$ = build_alter_options(rd, ALTER_RESET_OPTIONS, SLICE_NONE, @1, $3); }
    | SET TABLESPACE ColId
        { $$ = build_alter_rename(rd, ALTER_SET_TABLESPACE, SLICE_NONE, @3, $3); }
    | SET UNLOGGED
        { $$ = build_alter_name(rd, ALTER_SET_UNLOGGED, SLICE_NONE, @2); }
    | SET IDENT                     { $$ = build_set_logged(rd, @2, $2); }
    | SET IDENT IDENT ColId         { $$ = build_set_method(rd, @$, $2, $3, $4); }
    | SET WITHOUT IDENT             { $$ = build_set_without(rd, @3, $3); }
    | CLUSTER_LA ON ColId
        { $$ = build_alter_name(rd, ALTER_CLUSTER_ON, $3, @3); }
    | REPLICA_LA IDENTITY identity_word
        { $$ = build_alter_rename(rd, ALTER_REPLICA_IDENTITY, SLICE_NONE, @3, $3); }
    | REPLICA_LA IDENTITY USING INDEX ColId
        { $$ = build_alter_rename(rd, ALTER_REPLICA_IDENTITY, $5, @5, SLICE("index")); }
    | row_word ROW IDENT IDENT
        { $$ = build_row_security(rd, span_join(@2, @4), $1, $3, $4); }
    | ATTACH_LA PARTITION any_name opt_partition_bound
        { $$ = build_alter_other_table(rd, ALTER_ATTACH_PARTITION, *$3);
          $$->bound = $4; }
    | DETACH_LA PARTITION any_name opt_detach
        { $$ = build_alter_other_table(rd, ALTER_DETACH_PARTITION, *$3); }
    | INHERIT any_name
        { $$ = build_alter_other_table(rd, ALTER_INHERIT, *$2); }
    | NO_LA INHERIT any_name
        { $$ = build_alter_other_table(rd, ALTER_NO_INHERIT, *$3); }
    | OF any_name                   { $$ = build_alter_other_table(rd, ALTER_OF, *$2); }
    | NOT OF                        { $$ = build_alter_name(rd, ALTER_NOT_OF, SLICE_NONE,
                                                            @1); }
    | ALTER opt_column ColId SET IDENT ColId
        { $$ = build_column_setting(rd, $3, @3, @5, $5, $6); }
    | ALTER opt_column ColId SET IDENT DEFAULT
        { $$ = build_column_setting(rd, $3, @3, @5, $5, SLICE_NONE); }
    | ALTER opt_column ColId SET IDENT signed_number
        { $$ = build_column_setting(rd, $3, @3, @5, $5, $6); }
    | ALTER opt_column NUMBER SET IDENT signed_number
        { $$ = build_column_setting(rd, $3, @3, @5, $5, $6); }
    | ALTER opt_column ColId SET '(' options ')'
        { $$ = build_alter_options(rd, ALTER_COLUMN_SET, $3, @3, $6); }
    | ALTER opt_column ColId RESET_LA '(' options ')'
        { $$ = build_alter_options(rd, ALTER_COLUMN_RESET, $3, @3, $6); }
    | alter_constraint
    ;

alter_constraint:
      ALTER CONSTRAINT ColId        { $$ = build_alter_deferral(rd, $3, @3); }
    | alter_constraint deferral     { $$ = $1; build_defer($$->constraint, $2); }
    ;

identity_word:
      IDENT
    | FULL
    | NOTHING
    | DEFAULT
    ;

row_word:
      ENABLE_LA                     { $$ = SLICE("enable"); }
    | DISABLE_LA                    { $$ = SLICE("disable"); }
    | FORCE_LA                      { $$ = SLICE("force"); }
    | NO_FORCE_LA                   { $$ = SLICE("no force"); }
    ;

opt_partition_bound:
      %empty                        { $$ = NULL; }
    | partition_bound
    ;

opt_detach:
      %empty
    | CONCURRENTLY
    | IDENT
    ;

alter_action:
      OTHER                         { $$ = build_other(rd, $1); }
    | ENABLE_W ColId                { $$ = build_enable(rd, $1, $2, @2); }
    | ENABLE_W ALL                  { $$ = build_enable(rd, $1, SLICE_NONE, @2); }
    | table_action
    | ADD column opt_position       { $$ = build_alter_column(rd, false, $2); }
    | ADD IF_LA NOT EXISTS column opt_position
        { $$ = build_alter_column(rd, true, $5); }
    | ADD COLUMN opt_if_not_exists column opt_position
        { $$ = build_alter_column(rd, $3, $4); }
    | ADD constraint                { $$ = build_alter_constraint(rd, $2); }
    | ADD CONSTRAINT ColId NOT NULL ColId
        { $$ = build_alter_name(rd, ALTER_SET_NOT_NULL, $6, @6); }
    | DROP opt_column opt_if_exists ColId opt_cascade
        { $$ = build_alter_drop(rd, ALTER_DROP_COLUMN, $4, @4, $3, $5); }
    | DROP CONSTRAINT opt_if_exists ColId opt_cascade
        { $$ = build_alter_drop(rd, ALTER_DROP_CONSTRAINT, $4, @4, $3, $5); }
    | RENAME opt_column ColId TO ColId
        { $$ = build_alter_rename(rd, ALTER_RENAME_COLUMN, $3, @3, $5); }
    | RENAME CONSTRAINT ColId TO ColId
        { $$ = build_alter_rename(rd, ALTER_RENAME_CONSTRAINT, $3, @3, $5); }
    | RENAME TO ColId
        { $$ = build_alter_rename(rd, ALTER_RENAME_TABLE, SLICE_NONE, @3, $3); }
    | SET SCHEMA ColId
        { $$ = build_alter_rename(rd, ALTER_SET_SCHEMA, SLICE_NONE, @3, $3); }
    | VALIDATE CONSTRAINT ColId
        { $$ = build_alter_name(rd, ALTER_VALIDATE_CONSTRAINT, $3, @3); }
    | ALTER opt_column ColId opt_set_data TYPE column_type opt_collate opt_using_expr
        { $$ = build_alter_type(rd, $3, @3, $6, @6, $7, $8); }
    | ALTER opt_column ColId SET DEFAULT whole_expr
        { $$ = build_alter_name(rd, ALTER_SET_DEFAULT, $3, @3); $$->expr = $6; }
    | ALTER opt_column ColId DROP DEFAULT
        { $$ = build_alter_name(rd, ALTER_DROP_DEFAULT, $3, @3); }
    | ALTER opt_column ColId SET NOT NULL
        { $$ = build_alter_name(rd, ALTER_SET_NOT_NULL, $3, @3); }
    | ALTER opt_column ColId DROP NOT NULL
        { $$ = build_alter_name(rd, ALTER_DROP_NOT_NULL, $3, @3); }
    | ALTER opt_column ColId ADD GENERATED_LA ALWAYS AS IDENTITY opt_sequence_options
        { $$ = build_alter_identity(rd, $3, @3, IDENTITY_ALWAYS, $9); }
    | ALTER opt_column ColId ADD GENERATED_LA BY DEFAULT AS IDENTITY opt_sequence_options
        { $$ = build_alter_identity(rd, $3, @3, IDENTITY_BY_DEFAULT, $10); }
    | ALTER opt_column ColId identity_changes
        { $$ = build_alter_options(rd, ALTER_SET_IDENTITY, $3, @3, $4); }
    | ALTER opt_column ColId DROP IDENTITY opt_if_exists
        { $$ = build_alter_drop(rd, ALTER_DROP_IDENTITY, $3, @3, $6, false); }
    | ALTER opt_column ColId DROP EXPRESSION opt_if_exists
        { $$ = build_alter_drop(rd, ALTER_DROP_EXPRESSION, $3, @3, $6, false); }
    ;

identity_changes:
      identity_change               { $$ = build_options(rd, NULL, *$1); }
    | identity_changes identity_change
        { $$ = build_options(rd, $1, *$2); }
    ;

identity_change:
      SET_NUMBERS GENERATED_LA ALWAYS
        { $$ = SETTING(build_option(@$, SLICE("generated"), SLICE("always"))); }
    | SET_NUMBERS GENERATED_LA BY DEFAULT
        { $$ = SETTING(build_option(@$, SLICE("generated"), SLICE("default"))); }
    | SET_NUMBERS sequence_option   { $$ = $2; }
    | RESTART_W
        { $$ = SETTING(build_option(@$, SLICE("restart"), SLICE_NONE)); }
    | RESTART_W signed_number
        { $$ = SETTING(build_option(@$, SLICE("restart"), $2)); }
    | RESTART_W WITH signed_number
        { $$ = SETTING(build_option(@$, SLICE("restart"), $3)); }
    ;

/* ---- MySQL's actions ---- */

alter_action:
      MODIFY opt_column opt_if_exists column opt_position
        { $$ = build_alter_change(rd, $4->name, $4->name_span, $4); $$->if_exists = $3; }
    | CHANGE opt_column opt_if_exists ColId column opt_position
        { $$ = build_alter_change(rd, $4, @4, $5); $$->if_exists = $3; }
    | ADD opt_column '(' added_columns ')'
        { $$ = NULL; }
    | ADD inline_key                { $$ = build_alter_index(rd, @2, $2); }
    | DROP_PART
        { $$ = build_drop_part(rd, @1, $1, SLICE_NONE, @1, false); }
    | DROP_PART opt_if_exists ColId
        { $$ = build_drop_part(rd, @$, $1, $3, @3, $2); }
    | RENAME_INDEX ColId TO ColId
        { $$ = build_alter_rename(rd, ALTER_RENAME_INDEX, $2, @2, $4); }
    | RENAME AS ColId
        { $$ = build_alter_rename(rd, ALTER_RENAME_TABLE, SLICE_NONE, @3, $3); }
    | RENAME_BARE ColId
        { $$ = build_alter_rename(rd, ALTER_RENAME_TABLE, SLICE_NONE, @2, $2); }
    | COMMENT '=' SCONST            { $$ = build_alter_comment(rd, $3); }
    | COMMENT_LA SCONST             { $$ = build_alter_comment(rd, $2); }
    ;

added_columns:
      column
        { build_action(rd, @1, build_alter_column(rd, false, $1)); }
    | added_columns ',' column
        { build_action(rd, @3, build_alter_column(rd, false, $3)); }
    ;

rename_tables:
      RENAME_TABLE opt_if_exists any_name TO any_name
        { build_rename_table(rd, $2, *$3, *$5); }
    | rename_tables ',' any_name TO any_name
        { build_rename_table(rd, false, *$3, *$5); }
    ;

opt_column:
      %empty
    | COLUMN
    ;

opt_position:
      %empty
    | FIRST_LA
    | AFTER_LA ColId
    ;

opt_cascade:
      %empty                        { $$ = false; }
    | CASCADE                       { $$ = true; }
    | RESTRICT                      { $$ = false; }
    ;

opt_set_data:
      %empty
    | SET DATA
    ;

opt_collate:
      %empty                        { $$ = SLICE_NONE; }
    | COLLATE any_name              { $$ = build_collation_name(rd, *$2); }
    ;

opt_using_expr:
      %empty                        { $$ = NULL; }
    | USING whole_expr              { $$ = $2; }
    ;

alter_type:
      ALTER TYPE any_name ADD VALUE opt_if_not_exists SCONST
        { build_add_value(rd, *$3, $6, $7, SLICE_NONE, false); }
    | ALTER TYPE any_name ADD VALUE opt_if_not_exists SCONST BEFORE SCONST
        { build_add_value(rd, *$3, $6, $7, $9, true); }
    | ALTER TYPE any_name ADD VALUE opt_if_not_exists SCONST AFTER SCONST
        { build_add_value(rd, *$3, $6, $7, $9, false); }
    | ALTER TYPE any_name RENAME VALUE SCONST TO SCONST
        { build_rename_value(rd, *$3, $6, $8); }
    | ALTER TYPE any_name RENAME TO ColId
        { build_rename_type(rd, *$3, $6); }
    | ALTER TYPE any_name SET SCHEMA ColId
        { build_type_schema(rd, *$3, $6); }
    | ALTER TYPE any_name OTHER     { build_type_other(rd, *$3, $4); }
    | alter_attributes
    ;

rename:
      ALTER renamed opt_if_exists any_name RENAME TO ColId
        { build_rename(rd, $2, $3, *$4, $7); }
    ;

object:
      altered
    | renamed
    ;

altered:
      INDEX                         { $$ = OBJECT_INDEX; }
    | VIEW                          { $$ = OBJECT_VIEW; }
    | MATERIALIZED VIEW             { $$ = OBJECT_MATERIALIZED_VIEW; }
    ;

renamed:
      SEQUENCE                      { $$ = OBJECT_SEQUENCE; }
    | DOMAIN                        { $$ = OBJECT_DOMAIN; }
    | SCHEMA                        { $$ = OBJECT_SCHEMA; }
    ;

drop:
      DROP dropped opt_concurrently opt_if_exists drop_names opt_on opt_cascade
        { build_drop(rd, $2, $4, $5, $7, *$6); }
    ;

dropped:
      object
    | TABLE                         { $$ = OBJECT_TABLE; }
    | TYPE                          { $$ = OBJECT_TYPE; }
    | EXTENSION                     { $$ = OBJECT_EXTENSION; }
    | TRIGGER                       { $$ = OBJECT_TRIGGER; }
    | POLICY                        { $$ = OBJECT_POLICY; }
    | RULE_W                        { $$ = OBJECT_RULE; }
    ;

opt_on:
      %empty                        { $$ = ARENA_NEW(rd->scratch, struct ast_name); }
    | ON any_name                   { $$ = $2; }
    ;

drop_names:
      drop_name                     { $$ = build_names(rd, NULL, *$1); }
    | drop_names ',' drop_name      { $$ = build_names(rd, $1, *$3); }
    ;

drop_name:
      any_name
    | any_name OTHER                { $$ = $1; }
    ;

comment:
      COMMENT ON commented drop_name IS comment_text
        { build_comment(rd, $3, *$4, SLICE_NONE, $6); }
    | COMMENT ON COLUMN ColId indirection IS comment_text
        { build_comment_column(rd, span_join(@4, @5), $4, $5, $7); }
    | COMMENT ON comment_part ColId ON any_name IS comment_text
        { build_comment(rd, $3, *$6, $4, $8); }
    | COMMENT ON comment_part ColId ON DOMAIN any_name IS comment_text
        { build_comment_on_domain(rd, @3, $3, *$7, $4, $9); }
    ;

commented:
      object
    | TABLE                         { $$ = OBJECT_TABLE; }
    | TYPE                          { $$ = OBJECT_TYPE; }
    | EXTENSION                     { $$ = OBJECT_EXTENSION; }
    | FUNCTION                      { $$ = OBJECT_FUNCTION; }
    ;

comment_part:
      CONSTRAINT                    { $$ = OBJECT_CONSTRAINT; }
    | TRIGGER                       { $$ = OBJECT_TRIGGER; }
    | POLICY                        { $$ = OBJECT_POLICY; }
    ;

comment_text:
      SCONST
    | NULL                          { $$ = SLICE_NONE; }
    ;

/* ==== routines, triggers, rules, policies ==== */

routine_word:
      FUNCTION                      { $$ = ROUTINE_FUNCTION; }
    | PROCEDURE_W                   { $$ = ROUTINE_PROCEDURE; }
    | AGGREGATE_W                   { $$ = ROUTINE_AGGREGATE; }
    | ROUTINE_W                     { $$ = ROUTINE_ANY; }
    ;

opt_or_replace:
      %empty                        { $$ = false; }
    | OR REPLACE                    { $$ = true; }
    ;

/* What a routine is found by; of an aggregate's arguments some stand behind ORDER BY. */
signature:
      any_name                      { $$ = build_signature(rd, *$1, NULL); }
    | any_name signature_arguments  { $$ = build_signature(rd, *$1, $2); }
    ;

signatures:
      signature                     { $$ = build_signatures(rd, NULL, $1); }
    | signatures ',' signature      { $$ = build_signatures(rd, $1, $3); }
    ;

signature_arguments:
      '(' ')'                       { $$ = build_arguments(rd, NULL, NULL); }
    | '(' '*' ')'                   { $$ = build_arguments(rd, NULL, NULL); }
    | '(' plain_arguments ')'       { $$ = $2; }
    | '(' ORDER BY plain_arguments ')'
        { $$ = build_order_arguments(rd, NULL, $4); }
    | '(' plain_arguments ORDER BY plain_arguments ')'
        { $$ = build_order_arguments(rd, $2, $5); }
    ;

plain_arguments:
      argument_body                 { $$ = build_arguments(rd, NULL, &*$1); }
    | plain_arguments ',' argument_body
        { $$ = build_arguments(rd, $1, &*$3); }
    ;

opt_arguments:
      %empty                        { $$ = build_arguments(rd, NULL, NULL); }
    | arguments
    ;

arguments:
      argument                      { $$ = build_arguments(rd, NULL, &*$1); }
    | arguments ',' argument        { $$ = build_arguments(rd, $1, &*$3); }
    ;

argument:
      argument_body
    | argument_body DEFAULT whole_expr
        { $$ = $1; $$->default_value = $3; $$->span = @$; }
    | argument_body '=' whole_expr  { $$ = $1; $$->default_value = $3; $$->span = @$; }
    ;

argument_body:
      argument_type
    | argument_mode argument_type   { $$ = $2; $$->mode = $1; $$->span = @$; }
    | type_function_name argument_type
        { $$ = $2; $$->name = $1; $$->span = @$; }
    | argument_mode type_function_name argument_type
        { $$ = $3; $$->mode = $1; $$->name = $2; $$->span = @$; }
    | type_function_name argument_mode argument_type
        { $$ = $3; $$->mode = $2; $$->name = $1; $$->span = @$; }
    ;

argument_type:
      type_name
        { $$ = BOX(struct ast_argument, build_argument(@$, $1, false)); }
    | SETOF_W type_name
        { $$ = BOX(struct ast_argument, build_argument(@2, $2, true)); }
    ;

argument_mode:
      IN                            { $$ = ARGUMENT_IN; }
    | OUT_W                         { $$ = ARGUMENT_OUT; }
    | INOUT_W                       { $$ = ARGUMENT_INOUT; }
    | IN OUT_W                      { $$ = ARGUMENT_INOUT; }
    | VARIADIC                      { $$ = ARGUMENT_VARIADIC; }
    ;

create_routine:
      create_routine_head
    | create_routine routine_item
    | create_routine RETURNS_W argument_type
        { build_returns(rd, @$, *$3); }
    | create_routine RETURNS_W TABLE '(' table_columns ')'
        { build_returns_table(rd, @$, $5); }
    | create_routine AS SCONST      { build_body(rd, @3, BODY_STRING, $3, SLICE_NONE); }
    | create_routine AS SCONST ',' SCONST
        { build_body(rd, @3, BODY_LINK, $3, $5); }
    | create_routine RETURN_W whole_expr
        { build_returned(rd, @3, $3); }
    | create_routine ATOMIC_BODY    { build_body(rd, @2, BODY_ATOMIC, $2, SLICE_NONE); }
    ;

create_routine_head:
      CREATE opt_or_replace FUNCTION any_name '(' opt_arguments ')'
        { build_routine_open(rd, ROUTINE_FUNCTION, $2, build_signature(rd, *$4, $6)); }
    | CREATE opt_or_replace PROCEDURE_W any_name '(' opt_arguments ')'
        { build_routine_open(rd, ROUTINE_PROCEDURE, $2, build_signature(rd, *$4, $6)); }
    ;

table_columns:
      type_function_name type_name
        { $$ = build_table_column(rd, NULL, @1, $1, build_argument(@2, $2, false)); }
    | table_columns ',' type_function_name type_name
        { $$ = build_table_column(rd, $1, @3, $3, build_argument(@4, $4, false)); }
    ;

routine_item:
      OPTION_WORDS
        { build_routine_option(rd, @$, ROUTINE_OPTION_FLAG, $1, SLICE_NONE); }
    | VALUE_WORD option_argument
        { build_routine_option(rd, @$, ROUTINE_OPTION_VALUE, $1, $2); }
    | SET any_name '=' set_values   { build_routine_set(rd, @$, *$2, $4); }
    | SET any_name TO set_values    { build_routine_set(rd, @$, *$2, $4); }
    | SET any_name FROM_CURRENT     { build_routine_set(rd, @$, *$2, SLICE_NONE); }
    | SET_TIME_ZONE set_value
        { build_routine_set(rd, @$, build_word_name(rd, @1, SLICE("timezone")), $2); }
    | TRANSFORM_W transforms
    ;

transforms:
      FOR_TYPE type_name            { build_transform(rd, @$, $2); }
    | transforms ',' FOR_TYPE type_name
        { build_transform(rd, @4, $4); }
    ;

option_argument:
      SCONST
    | NUMBER
    | any_name                      { $$ = build_dotted_text(rd, *$1); }
    ;

set_values:
      set_value
    | set_values ',' set_value      { $$ = build_set_values(rd, $1, $3); }
    ;

set_value:
      SCONST                        { $$ = build_set_value(rd, $1); }
    | NUMBER                        { $$ = build_set_value(rd, $1); }
    | '-' NUMBER                    { $$ = build_set_value(rd, build_negative(rd, $2)); }
    | ColLabel                      { $$ = build_set_value(rd, $1); }
    ;

create_aggregate:
      CREATE opt_or_replace AGGREGATE_W any_name signature_arguments
      '(' definition_items ')'
        { build_aggregate(rd, $2, build_signature(rd, *$4, $5), $7); }
    | CREATE opt_or_replace AGGREGATE_W any_name '(' old_definition_items ')'
        { build_old_aggregate(rd, $2, *$4, $6); }
    ;

/* Without a lone word: it would be the type of an argument. */
old_definition_items:
      old_definition_item           { $$ = build_options(rd, NULL, *$1); }
    | old_definition_items ',' old_definition_item
        { $$ = build_options(rd, $1, *$3); }
    ;

old_definition_item:
      IDENT '=' definition_value    { $$ = SETTING(build_option(@$, $1, $3)); }
    | IDENT '=' type_parts
        { $$ = SETTING(build_definition_name(rd, @$, $1, @3, *$3)); }
    ;

definition_items:
      definition_item               { $$ = build_options(rd, NULL, *$1); }
    | definition_items ',' definition_item
        { $$ = build_options(rd, $1, *$3); }
    ;

definition_item:
      IDENT                         { $$ = SETTING(build_option(@$, $1, SLICE_NONE)); }
    | old_definition_item
    ;

definition_value:
      SCONST                        { $$ = build_set_value(rd, $1); }
    | NUMBER
    | '-' NUMBER                    { $$ = build_negative(rd, $2); }
    | any_operator
    | TRUE                          { $$ = SLICE("true"); }
    | FALSE                         { $$ = SLICE("false"); }
    ;

alter_routine:
      alter_routine_head alter_routine_items
    | alter_routine_head alter_routine_items RESTRICT
    | alter_routine_head RENAME TO ColId
        { build_alter_routine(rd, ALTER_ROUTINE_RENAME, $4, @4); }
    | alter_routine_head SET SCHEMA ColId
        { build_alter_routine(rd, ALTER_ROUTINE_SCHEMA, $4, @4); }
    | alter_routine_head OWNER_TO role
        { build_alter_routine(rd, ALTER_ROUTINE_OWNER, $3, @3); }
    ;

alter_routine_head:
      ALTER routine_word signature  { build_alter_routine_open(rd, $2, $3); }
    ;

alter_routine_items:
      alter_routine_item
    | alter_routine_items alter_routine_item
    ;

alter_routine_item:
      routine_item
    | RESET_W any_name              { build_routine_reset(rd, @$, *$2); }
    | RESET_W ALL
        { build_routine_option(rd, @$, ROUTINE_OPTION_RESET, SLICE_NONE, SLICE_NONE); }
    ;

drop_routine:
      DROP routine_word opt_if_exists signatures opt_cascade
        { build_drop_routine(rd, $2, $3, $4, $5); }
    ;

create_trigger:
      create_trigger_head EXECUTE_W any_name '(' opt_trigger_arguments ')'
        { build_trigger_call(rd, *$3, $5); }
    | create_trigger_head BODY_BEGIN trigger_body END_P
    ;

create_trigger_head:
      create_trigger_name trigger_timing trigger_events ON any_name
        { build_trigger(rd, $2, $3, *$5); }
    | create_trigger_head FROM any_name
        { rd->trigger->from_table = *$3; }
    | create_trigger_head deferral  { build_trigger_deferral(rd, $2); }
    | create_trigger_head REFERENCING_W transitions
    | create_trigger_head FOR_EACH  { build_trigger_each(rd, $2); }
    | create_trigger_head WHEN whole_expr
        { build_trigger_when(rd, $3); }
    ;

create_trigger_name:
      CREATE opt_or_replace TRIGGER opt_if_not_exists any_name
        { build_trigger_open(rd, *$5, $2, $4, 0); }
    | CREATE TEMP TRIGGER opt_if_not_exists any_name
        { build_trigger_open(rd, *$5, false, $4, TRIGGER_IS_TEMPORARY); }
    | CREATE TEMPORARY TRIGGER opt_if_not_exists any_name
        { build_trigger_open(rd, *$5, false, $4, TRIGGER_IS_TEMPORARY); }
    | CREATE opt_or_replace CONSTRAINT TRIGGER any_name
        { build_trigger_open(rd, *$5, $2, false, TRIGGER_IS_CONSTRAINT); }
    ;

trigger_timing:
      %empty                        { $$ = TRIGGER_NO_TIMING; }
    | BEFORE                        { $$ = TRIGGER_BEFORE; }
    | AFTER                         { $$ = TRIGGER_AFTER; }
    | INSTEAD_OF                    { $$ = TRIGGER_INSTEAD_OF; }
    ;

trigger_events:
      trigger_event
    | trigger_events OR trigger_event
        { $$ = $1 | $3; }
    ;

trigger_event:
      INSERT                        { $$ = TRIGGER_INSERT; }
    | DELETE                        { $$ = TRIGGER_DELETE; }
    | TRUNCATE_W                    { $$ = TRIGGER_TRUNCATE; }
    | UPDATE                        { $$ = TRIGGER_UPDATE; }
    | UPDATE OF names               { $$ = build_trigger_columns(rd, $3); }
    ;

transitions:
      TRANSITION ColId              { build_transition(rd, $1, $2); }
    | transitions TRANSITION ColId  { build_transition(rd, $2, $3); }
    ;

opt_trigger_arguments:
      %empty                        { $$ = NULL; }
    | trigger_arguments
    ;

trigger_arguments:
      trigger_argument
        { $$ = build_names(rd, NULL, build_word_name(rd, @1, $1)); }
    | trigger_arguments ',' trigger_argument
        { $$ = build_names(rd, $1, build_word_name(rd, @3, $3)); }
    ;

trigger_argument:
      SCONST
    | NUMBER
    | ColLabel
    ;

trigger_body:
      inner_statement ';'           { build_trigger_statement(rd, $1); }
    | trigger_body inner_statement ';'
        { build_trigger_statement(rd, $2); }
    ;

create_rule:
      create_rule_head NOTHING
    | create_rule_head query_statement
        { build_rule_action(rd, $2); }
    | create_rule_head '(' rule_actions ')'
    ;

create_rule_head:
      CREATE opt_or_replace RULE_W ColId AS ON rule_event TO any_name opt_where DO
        { build_rule(rd, $2, build_word_name(rd, @4, $4), $7, *$9, $10, SLICE_NONE); }
    | CREATE opt_or_replace RULE_W ColId AS ON rule_event TO any_name opt_where DO_WHAT
        { build_rule(rd, $2, build_word_name(rd, @4, $4), $7, *$9, $10, $11); }
    ;

rule_event:
      SELECT                        { $$ = TRIGGER_TRUNCATE; }
    | INSERT                        { $$ = TRIGGER_INSERT; }
    | UPDATE                        { $$ = TRIGGER_UPDATE; }
    | DELETE                        { $$ = TRIGGER_DELETE; }
    ;

/* One query in parentheses is a query; two are a list. */
rule_actions:
      insert                        { build_rule_action(rd, $1); }
    | update                        { build_rule_action(rd, $1); }
    | delete                        { build_rule_action(rd, $1); }
    | closed_actions
    | closed_actions inner_statement
        { build_rule_action(rd, $2); }
    ;

closed_actions:
      inner_statement ';'           { build_rule_action(rd, $1); }
    | closed_actions inner_statement ';'
        { build_rule_action(rd, $2); }
    ;

create_policy:
      CREATE POLICY ColId ON any_name policy_clauses
        { build_policy(rd, STMT_CREATE_POLICY, build_word_name(rd, @3, $3), *$5, $6); }
    ;

alter_policy:
      ALTER POLICY opt_if_exists ColId ON any_name policy_clauses
        { build_policy(rd, STMT_ALTER_POLICY, build_word_name(rd, @4, $4), *$6, $7); }
    ;

policy_clauses:
      %empty                        { $$ = ARENA_NEW(A, struct ast_policy); }
    | policy_clauses AS ColId       { $$ = build_policy_as(rd, @3, $1, $3); }
    | policy_clauses FOR policy_command
        { $$ = $1; $$->command = $3; }
    | policy_clauses TO roles       { $$ = $1; $$->roles = *$3; }
    | policy_clauses USING '(' whole_expr ')'
        { $$ = $1; $$->using_expr = $4; }
    | policy_clauses WITH CHECK '(' whole_expr ')'
        { $$ = $1; $$->with_check = $5; }
    ;

policy_command:
      ALL                           { $$ = SLICE("all"); }
    | SELECT                        { $$ = SLICE("select"); }
    | INSERT                        { $$ = SLICE("insert"); }
    | UPDATE                        { $$ = SLICE("update"); }
    | DELETE                        { $$ = SLICE("delete"); }
    ;

roles:
      role
        { $$ = build_names(rd, NULL, build_word_name(rd, @1, $1)); }
    | roles ',' role
        { $$ = build_names(rd, $1, build_word_name(rd, @3, $3)); }
    ;

role:
      ColId
    | CURRENT_USER                  { $$ = build_word(rd, $1); }
    | CURRENT_ROLE                  { $$ = build_word(rd, $1); }
    | SESSION_USER                  { $$ = build_word(rd, $1); }
    ;

rename_on:
      ALTER TRIGGER ColId ON any_name RENAME TO ColId
        { build_rename_on(rd, "trigger", build_word_name(rd, @3, $3), false, *$5, $8); }
    | ALTER RULE_W ColId ON any_name RENAME TO ColId
        { build_rename_on(rd, "rule", build_word_name(rd, @3, $3), false, *$5, $8); }
    | ALTER POLICY opt_if_exists ColId ON any_name RENAME TO ColId
        { build_rename_on(rd, "policy", build_word_name(rd, @4, $4), $3, *$6, $9); }
    ;

/* ==== names ==== */

any_name:
      ColId                         { $$ = NAME(build_word_name(rd, @1, $1)); }
    | ColId '.' ColLabel            { $$ = NAME({ $1, $3, @$ }); }
    | ColId '.' ColLabel indirection
        { $$ = NAME(build_long_name(rd, @$, $3, $4)); }
    ;

/* The same where the name of a function may stand as well. */
dotted_name:
      ColId                         { $$ = NAME(build_word_name(rd, @1, $1)); }
    | ColId indirection             { $$ = NAME(build_any_name(rd, @$, $1, $2)); }
    ;

func_name:
      type_function_name            { $$ = NAME(build_word_name(rd, @1, $1)); }
    | ColId indirection             { $$ = NAME(build_any_name(rd, @$, $1, $2)); }
    ;

opt_names:
      %empty                        { $$ = NULL; }
    | '(' names ')'                 { $$ = $2; }
    ;

names:
      ColId
        { $$ = build_names(rd, NULL, build_word_name(rd, @1, $1)); }
    | names ',' ColId
        { $$ = build_names(rd, $1, build_word_name(rd, @3, $3)); }
    ;

part_list:
      ColId
        { $$ = exprs_add(rd, NULL, expr_leaf(A, EXPR_PART, @1, $1)); }
    | part_list ',' ColId
        { $$ = exprs_add(rd, $1, expr_leaf(A, EXPR_PART, @3, $3)); }
    ;

opt_part_list:
      %empty                        { $$ = NULL; }
    | '(' part_list ')'             { $$ = $2; }
    ;

new_name:
      ColId
    | SCONST
    ;

ColId:
      IDENT
    | unreserved_keyword            { $$ = build_word(rd, $1); }
    | as_label_keyword              { $$ = build_word(rd, $1); }
    | column_keyword                { $$ = build_word(rd, $1); }
    ;

type_function_name:
      IDENT
    | unreserved_keyword            { $$ = build_word(rd, $1); }
    | as_label_keyword              { $$ = build_word(rd, $1); }
    | function_keyword              { $$ = build_word(rd, $1); }
    ;

ColLabel:
      IDENT
    | unreserved_keyword            { $$ = build_word(rd, $1); }
    | as_label_keyword              { $$ = build_word(rd, $1); }
    | column_keyword                { $$ = build_word(rd, $1); }
    | function_keyword              { $$ = build_word(rd, $1); }
    | reserved_keyword              { $$ = build_word(rd, $1); }
    ;

BareLabel:
      IDENT
    | unreserved_keyword            { $$ = build_word(rd, $1); }
    ;

/* These lists must agree with keywords.def. */

unreserved_keyword:
      ACTION | ADD | AFTER | ALTER | ALWAYS | BEFORE | BINARY | BY | CASCADE | CASCADED
    | COLLATION | COMMENT | COMMIT | CONFLICT | CUBE | CURRENT | CYCLE | DATA
    | DEFERRED | DELETE | DO | DOMAIN | DROP | ENFORCED | ENUM | EXCLUDE | EXPRESSION
    | EXTENSION | FIRST | FOLLOWING | FUNCTION | GENERATED | GLOBAL | GROUPS | IDENTITY
    | IF | IGNORE | IMMEDIATE | INCLUDE | INDEX | INHERIT | INSERT | KEY | LAST | LOCAL
    | LOCKED | MATERIALIZED | NEXT | NO | NOTHING | NOWAIT | NULLS | OF | OPTION
    | ORDINALITY | OTHERS | OVERRIDING | PARTIAL | PARTITION | POLICY | PRECEDING
    | RANGE | RECURSIVE | RENAME | REPLACE | RESTRICT | ROLLUP | ROWS | SCHEMA
    | SEQUENCE | SET | SETS | SHARE | SIMPLE | SKIP | STORED | SYSTEM | TABLESPACE
    | TEMP | TEMPORARY | TIES | TRIGGER | TYPE | UNBOUNDED | UNKNOWN | UNLOGGED
    | UNSIGNED | UPDATE | VALID | VALIDATE | VALUE | VERSION | VIEW | VIRTUAL
    | ZEROFILL
    ;

as_label_keyword:
      ESCAPE | FILTER | GLOB | MATCH | OVER | REGEXP | WITHIN | WITHOUT
    ;

column_keyword:
      BETWEEN | EXISTS | EXTRACT | GROUPING | OVERLAY | POSITION | ROW | SUBSTRING
    | TRIM | VALUES
    ;

function_keyword:
      AUTHORIZATION | CONCURRENTLY | CROSS | CURRENT_SCHEMA | FULL | ILIKE | INNER | IS
    | ISNULL | JOIN | LEFT | LIKE | NATURAL | NOTNULL | OUTER | OVERLAPS | RIGHT
    | SIMILAR
    ;

reserved_keyword:
      ALL | AND | ANY | ARRAY | AS | ASC | ASYMMETRIC | AUTOINCREMENT | AUTO_INCREMENT
    | BOTH | CASE | CAST | CHECK | COLLATE | COLUMN | CONSTRAINT | CREATE
    | CURRENT_CATALOG | CURRENT_DATE | CURRENT_ROLE | CURRENT_TIME | CURRENT_TIMESTAMP
    | CURRENT_USER | DEFAULT | DEFERRABLE | DESC | DISTINCT | ELSE | END_P | EXCEPT
    | FALSE | FETCH | FOR | FOREIGN | FROM | GROUP | HAVING | IN | INITIALLY
    | INTERSECT | INTO | LATERAL | LEADING | LIMIT | LOCALTIME | LOCALTIMESTAMP | NOT
    | NULL | OFFSET | ON | ONLY | OR | ORDER | PLACING | PRIMARY | REFERENCES
    | RETURNING | SELECT | SESSION_USER | SOME | SYMMETRIC | TABLE | THEN | TO
    | TRAILING | TRUE | UNION | UNIQUE | USING | VARIADIC | WHEN | WHERE | WINDOW
    | WITH
    ;

%%

static int
yylex(YYSTYPE *value, struct span *span, struct reader *rd)
{
    value->T_IDENT = SLICE_NONE;
    return reader_next(rd, &value->T_IDENT, span);
}

static void
yyerror(const struct span *span, struct reader *rd, const char *message)
{
    (void)message; /* only ever: out of room for symbols */
    reader_report_depth(rd, *span);
}

#define EXPECTED_MAX YYNTOKENS

static int
yyreport_syntax_error(const yypcontext_t *context, struct reader *rd)
{
    yysymbol_kind_t expected[EXPECTED_MAX];
    const char *names[EXPECTED_MAX];
    int count = 0;

    if (rd->quick) /* sql_parse will say it better */
        return 0;
    if (rd->s->diags.error_count < DIAG_ERRORS_MAX) /* else nobody will read it */
        count = yypcontext_expected_tokens(context, expected, EXPECTED_MAX);

    for (int i = 0; i < count; i++)
        names[i] = yysymbol_name(expected[i]);
    reader_report_syntax(rd, *yypcontext_location(context), names,
                         count > 0 ? (size_t)count : 0);
    return 0;
}
