/*
 * What the files of PostgreSQL's migrations share: the state of one plan that is made,
 * and what each family of changes asks of the others (alter.c is the door:
 * postgres_alter).
 */
#ifndef SCHEMAC_DIALECT_POSTGRES_ALTER_H
#define SCHEMAC_DIALECT_POSTGRES_ALTER_H

#include "dialect/postgres/postgres.h"

struct table_indexes {
    VEC(const struct index *) all;
};

/* What the rows of a table are asked. */
struct question {
    const struct table *old;
    const struct table *parent; /* that they refer to, as it was; NULL: none */
    struct slice title;
    struct slice query; /* in the words of the old table */
    struct slice then;  /* … and of the new one */
};

struct early_question {
    struct question question;
    struct action *asker;
};

struct alter {
    struct session *s;
    const struct alter_request *r;
    struct actions *out;
    struct table_order old_order;
    struct table_order new_order;
    struct type_order old_types;
    struct type_order new_types;
    struct routine_order old_routines;
    struct routine_order new_routines;
    struct restore_order old_restores;
    struct restore_order new_restores;
    struct map late_names; /* alter_late.c: of routines made behind the tables */
    struct view_replacing *replacing; /* alter_view_replace.c: NULL: nobody asked yet */
    struct map views_down; /* alter_views.c: catalog_key → struct change_list * */
    bool code_reads_views; /* … of them, so that routines go before views */
    struct map held_back;    /* alter_hold.c: catalog_key of old tables → what runs */
    struct map asked_later;  /* … and of those with a foreign key that may be deferred */
    struct map columns_anew; /* of alter_follow.c: generated ones that go and come */
    struct map changed_keys; /* order_constraint_key of constraints that a change names */
    struct map growing;      /* catalog_key of parents that get a partition */
    struct map retyped;      /* catalog_key of new tables → struct retyping */
    struct map taken;        /* online: catalog_key of old indexes and keys */
    struct map keys;         /* online: catalog_key of new keys */
    struct map kept; /* online: catalog_key of an old table → the new one, if it stays */
    struct map copies; /* alter_online_copy.c: catalog_key of an old table → copy */
    struct map triggers;     /* catalog_key of old tables → struct online_triggers */
    struct map counting;     /* columns of old tables → sequence by a name for now */
    struct map old_rests; /* catalog_key of old parents → default partition */
    struct map new_rests; /* the same of the new side */
    struct map families; /* alter_online_parts.c: catalog_key of a new table → family */
    struct map standing; /* new keys of indexes and keys of partitions that stay */
    struct map standing_parts; /* … of indexes of parts, which are their wholes' */
    bool has_foreign_parts; /* a foreign table is a partition of something */
    VEC(struct table_copy *) copy_list; /* in the order of the changes */
    struct map early_types; /* catalog_key of new enum types that a copy needs */
    struct map parents;     /* online: catalog_key of old tables with children */
    struct map synced;      /* online: catalog_key of old tables with a trigger of ours */
    struct map leaving;     /* constraints and indexes that a change drops … */
    struct map renamed;     /* … and renames: → the new one */
    struct map new_definitions; /* alter_holders.c: key → struct definition * */
    struct map views_by_name;   /* alter_holders.c: of old views, when it is asked for */
    struct map old_whole, new_whole; /* alter_definitions.c: what is kept whole */
    struct map growing_enums;   /* catalog_key of new enum types with other values */
    /* → the struct change * that does it: */
    struct map relabelled;    /* catalog_key of old enum types that change in place */
    struct map remade_types;    /* catalog_key of enum types that are made anew */
    struct map remade_tables;   /* names of old tables with columns of such types */
    struct map going;           /* names of routines that are made anew */
    struct map read_names;      /* in bodies that the server has read */
    VEC(const struct definition *) held_routines; /* old ones that only hold on */
    bool comes_back_last;         /* one of them is made behind the views */
    struct map made_indexes;      /* catalog_key → the new struct index * */
    struct map dropped_tables;    /* catalog_key of old tables */
    /* alter_names.c: catalog_key of old types and relations, and with those to come; what
     * types take, what relations, what indexes and keys, and what is renamed; → the name
     * meanwhile of those that go, struct slice *. */
    struct map old_names, all_names, types_taken, relations_taken, members_taken;
    struct map renamed_into;
    struct map stepped_aside;
    struct map added_constraints; /* order_constraint_key of what ADD_CONSTRAINT adds */
    struct map changed_parents; /* catalog_key, old and new, of tables with others */
    /* alter_referred.c: catalog_key of old tables that foreign keys refer to (→ struct
     * referrers *), of those with a partition that leaves and comes back, of new ones
     * with one that joins; order_constraint_key of old constraints that are renamed. */
    struct map referred, rebound, joined, renamed_keys;
    struct map moved;  /* alter_move.c: catalog_key of a new table → the old one … */
    struct map moving; /* … and of the old one → the struct change * */
    struct domain_types old_domains; /* alter_costs.c: made when they are asked for */
    struct domain_types new_domains;
    struct map *table_indexes;
    struct map *old_table_indexes;
    struct alter_coming *coming; /* alter_coming.c: likewise */
    struct alter_restating *restating; /* alter_key_rules.c: likewise */
    struct alter_going *gone;    /* alter_going.c: likewise */
    bool has_parents;        /* a new table is the child of another */
    struct keep_sides sides; /* what is lost on the way up, and what of it is kept */
    struct map bare; /* alter_grants.c: object → struct change_list * of what bares it */
    /* alter_readers.c: name of an old table → struct change_list *, of its columns that
     * nothing may read meanwhile; catalog_key of an old table → the new one, if any
     * is; alter_definition_key of old definitions that a change is about. */
    struct map disturbed;
    struct map changed_definitions; /* → the change of it */
    /* alter_composite.c: catalog_key, old and new, → the struct change * of one */
    struct map composites;
    VEC(struct early_question) early_questions;
    bool in_use; /* others use the tables, whether or not there is a way beside them */
    bool failed;
};

/* Places within PHASE_PREPARE. */
enum prepare_order {
    PREPARE_FINISH, /* what a run that was stopped left of those */
    PREPARE_ROOM,   /* … and what is left of builds */
    PREPARE_DETACH, /* partitions that leave, each alone */
    PREPARE_FREE,   /* what the server leaves on them */
    PREPARE_TYPES,
    PREPARE_BOUNDS,  /* of new partitions, on the default one */
    PREPARE_COLUMNS, /* with the trigger that keeps them in step */
    PREPARE_FILL,
    PREPARE_TRIGGERS, /* those that were held back from it */
    PREPARE_VALIDATE,
    PREPARE_BUILD, /* indexes, each alone */
    PREPARE_FOREIGN_KEYS,
    PREPARE_VALIDATE_KEYS,
};

/* Places within PHASE_CLEAR; views take as many as there are. */
enum clear_order {
    CLEAR_ENUM_VALUES, /* outside of the transaction, so before it begins */
    CLEAR_ASIDE,       /* types that make room, before anything says their new names */
    CLEAR_COMMENTS,    /* while what they are about is there */
    CLEAR_TRIGGERS,
    CLEAR_HOLDERS,  /* of routines that go before views */
    CLEAR_ROUTINES, /* those that take or give rows of views, or read them */
    CLEAR_VIEWS = CLEAR_ROUTINES + DEFINITION_ORDER_END + 1,
};
size_t alter_clear_order(const struct alter *a, bool is_foreign_key);
/* Where what holds on to a routine goes. */
size_t alter_holder_order(const struct alter *a);
/* In PHASE_RESTORE: behind all views, and the routines that they need. */
size_t alter_restore_end(const struct alter *a);
void alter_find_views_down(struct alter *a);
/* Does CREATE OR REPLACE do what the change of a view asks for? */
bool alter_replaces_view(struct alter *a, const struct change *c);
bool alter_calls_late(const struct alter *a, const struct expr *e);
struct action *alter_late_action(struct alter *a, const struct change *c);
void alter_note_late(struct alter *a);
void alter_late_defaults(struct alter *a, const struct change *table);
bool alter_refuse_late(struct alter *a, const struct change *c, const struct expr *e);

/* Places within PHASE_GROW; tables take as many as there are. */
enum grow_order {
    GROW_ROOM, /* what steps aside for the rest */
    GROW_RENAME_SCHEMAS,
    GROW_SCHEMAS, /* what is renamed may move into them */
    GROW_RENAME_TYPES,
    GROW_RENAME_TABLES,
    GROW_RENAME_LATE, /* types by the names that those had */
    GROW_RENAME_MEMBERS,
    GROW_DEFINITIONS,
    GROW_ENUMS = GROW_DEFINITIONS + DEFINITION_ORDER_END, /* other types behind them */
    GROW_CODE = GROW_ENUMS + TYPE_DEPTH_MAX, /* functions: they may name types */
    GROW_TABLES = GROW_CODE + DEFINITION_ORDER_END,
};
size_t alter_columns_order(const struct alter *a); /* behind all tables */

/* Places within PHASE_INDEX, behind the indexes: what a partition must bring along is
 * there by then. */
enum index_order {
    INDEX_ATTACH = 2000,
    INDEX_FOREIGN_KEYS, /* that may refer to rows of what has joined */
};

/* Places within PHASE_TIGHTEN. */
enum tighten_order {
    TIGHTEN_ASK,     /* foreign keys that would be asked for at the end */
    TIGHTEN_KEYS,    /* foreign keys that stand on copies from now on */
    TIGHTEN_NUMBERS, /* how a column counts, before its type gets narrow */
    TIGHTEN_TYPES,
    TIGHTEN_KEPT, /* values that only the old type can hold */
    TIGHTEN_COLUMNS,
    TIGHTEN_MOVE, /* rows whose columns are what they will be */
    TIGHTEN_ROWS, /* that come beside them */
    TIGHTEN_CONSTRAINTS,
    TIGHTEN_VALIDATE,
    TIGHTEN_FOREIGN_KEYS, /* behind the keys that they refer to */
    TIGHTEN_POLICIES,     /* their columns are there, and those that go still are */
};

/* Places within PHASE_SETTLE. */
enum settle_order {
    SETTLE_FILL,     /* rows that were written while the others were filled */
    SETTLE_VALIDATE, /* each in a transaction of its own */
    SETTLE_NOT_NULL,
    SETTLE_WHOLE,     /* indexes of partitioned tables, without their parts */
    SETTLE_BUILD,     /* indexes, each alone */
    SETTLE_DROP_KEYS, /* keys whose successors are built */
    SETTLE_KEYS,      /* constraints that take an index over */
    SETTLE_JOIN,      /* tables that become partitions, each alone */
    SETTLE_ATTACH,    /* parts of indexes, each alone */
    SETTLE_FOREIGN_KEYS,
    SETTLE_VALIDATE_KEYS,
    SETTLE_DROP, /* indexes, each alone */
    SETTLE_NAMES,
    SETTLE_CHOICES, /* CLUSTER ON and the like, by the last names */
    SETTLE_STATISTICS, /* each in a transaction of its own, behind all that changes */
};

bool alter_was_there(const struct alter *a, const struct table *t); /* a new table */
/* It leaves its parents or joins others: what happens to their columns and constraints
 * does not reach it meanwhile. */
bool alter_changes_parents(const struct alter *a, const struct table *t);
/* An action about `cause` with its title; the caller adds SQL and facts. */
struct action *alter_action(struct alter *a, enum phase phase, size_t order,
                            const struct change *cause);
void alter_sql(struct alter *a, struct action *to, struct slice sql);
/* The last action, for which nothing was left to be done. */
void alter_leave_out_if_empty(struct alter *a, const struct action *to);
/* DO of a body of plpgsql, which ends its last line. */
struct slice alter_do(struct alter *a, struct slice body);
/* "drop view v" becomes "take down view v", and "create view v" "put back view v": it is
 * there again in the end, as it was. */
void alter_comes_back(struct alter *a, struct action *to);
void alter_reason(struct alter *a, struct action *to, const char *sentence);
/* What tells a row of the table from the others, for queries about rows in the way. */
struct slice alter_sample(struct alter *a, const struct table *old);
void alter_require(struct alter *a, struct action *to, struct slice title,
                   struct slice query);
/* alter_ask_early.c: with the first step that alters the table, where the question does
 * not hold behind it.  Needs: alter_place_questions, behind all actions. */
void alter_require_of_old(struct alter *a, struct action *to, const struct question *q);
void alter_place_questions(struct alter *a);
void alter_loses(struct action *to, struct slice what, struct slice stake);
void alter_refuse(struct alter *a, const struct change *c, const char *why);
/* "public.vehicles", quoted where needed. */
struct slice alter_name(struct alter *a, struct slice schema, struct slice name);
struct slice alter_ident(struct alter *a, struct slice name);

/* Each carries out the changes of its family and leaves the others alone. */
void alter_tables(struct alter *a, const struct change *c);
void alter_columns(struct alter *a, const struct change *c);
/* An index of a new partition, made with it before ATTACH: the server would make another
 * one as the part of an index that stands. */
bool alter_comes_with_table(struct alter *a, const struct index *x);
/* Of a table that goes: is the key dropped before any table is? */
bool alter_table_frees_key(struct alter *a, const struct table *t,
                           const struct constraint *k);
void alter_column_type(struct alter *a, const struct change *c);
void alter_column_collation(struct alter *a, const struct change *c);
void alter_column_identity(struct alter *a, const struct change *c);
void alter_constraints(struct alter *a, const struct change *c);
/* alter_ask_rows.c: asks before anything changes for rows that a new constraint would not
 * take. */
void alter_require_rows(struct alter *a, struct action *to, const struct change *c);
/* … that a key of the whole would not take of a table that becomes a part of it. */
void alter_require_key_of_part(struct alter *a, struct action *to, const struct table *t,
                               const struct constraint *k);
void alter_require_index_rows(struct alter *a, struct action *to, const struct index *x);
/* … and for rows that one which stands would not take once a column has its values. */
void alter_require_standing(struct alter *a, struct action *to, const struct change *c);
/* "child.a = parent.x AND …" */
void alter_write_join(struct sqlw *w, const struct index_keys *child,
                      const struct slices *parent);
void alter_validate(struct alter *a, struct action *to, const struct table *t,
                    struct slice name);
/* alter_key_rules.c: the foreign key before, which referred to the same; NULL. */
const struct constraint *alter_restated_key(struct alter *a, const struct change *add);
/* … false: it is added as any, or dropped as any. */
bool alter_restate_key(struct alter *a, const struct change *add);
bool alter_key_goes_with_another(struct alter *a, const struct change *drop);
void alter_enums(struct alter *a, const struct change *c);
void alter_definitions(struct alter *a, const struct change *c);
/* alter_roles.c: what is said of one that is there; one that is declared no more. */
void alter_role(struct alter *a, const struct change *c);
void alter_leave_role(struct alter *a, const struct change *c);

/* alter_types.c; false: it must be dropped and made again. */
bool alter_definition_in_place(struct alter *a, const struct change *c);
/* "ALTER DOMAIN s.d" and the words that follow; what is written so goes into `to`. */
void alter_definition_begin(struct alter *a, struct postgres_statement *st,
                            const struct definition *d, const char *words);
void alter_definition_add(struct alter *a, struct action *to,
                          const struct postgres_statement *st);
void alter_definition_words(struct alter *a, struct action *to,
                            const struct definition *d, const char *words);
/* Of a domain's check or a composite type's attribute; no text: it goes. */
void alter_member_comment(struct alter *a, struct action *to, const struct definition *d,
                          struct slice name, struct slice comment);
bool alter_same_comment(struct slice a, struct slice b); /* none is as good as empty */
/* A domain over another type, a range of another: columns hold on to the old one. */
bool alter_replaces_type(const struct change *c);
void alter_set_aside(struct alter *a, const struct change *c);
/* alter_move.c: tables that are made anew because no ALTER changes them so. */
bool alter_remakes_table(const struct change *c);
void alter_find_moves(struct alter *a);
void alter_cut_keys_of_moved(struct alter *a);
void alter_move_rows(struct alter *a, const struct change *c);
/* Of an old table, or of the whole that it is a partition of; NULL: it stays. */
const struct change *alter_move_of(const struct alter *a, const struct table *old);
/* Are rows of others its own as well, by INHERITS?  An old table.  Then: do they move? */
bool alter_is_parent(const struct alter *a, const struct table *old);
bool alter_takes_rows_of_children(const struct alter *a, const struct table *old);
/* The old table that has the rows of a new one so far: it was that, or they are moved;
 * NULL: nobody has. */
const struct table *alter_rows_before(const struct alter *a, const struct table *t);
/* alter_domain.c */
/* What the rules of its domain refuse, of a column that changes its type or is filled. */
void alter_require_domain(struct alter *a, struct action *to, const struct change *c);
void alter_domain_in_place(struct alter *a, const struct change *c);
/* alter_composite.c */
void alter_find_composites(struct alter *a);
void alter_composite_in_place(struct alter *a, const struct change *c);
bool alter_is_composite(const struct alter *a, const struct type *t); /* a new one */
/* IS NULL, in words that do not look into a composite value, as NOT NULL does not. */
const char *alter_null_words(const struct alter *a, const struct type *t);
/* What the attribute will be called, or is called so far (none: it is not there yet, or
 * nothing is known of the type); as it is where no change is about it.  What the field is
 * of has its name by then, or so far; in an expression without types it is a column of
 * `t`. */
struct slice alter_attribute_then(const struct alter *a, const struct table *t,
                                  const struct expr *field);
struct slice alter_attribute_before(const struct alter *a, const struct table *t,
                                    const struct expr *field);
/* Attributes of a composite type that the way up drops; another change: nothing. */
void alter_tell_gone_attributes(struct alter *a, const struct change *c);
/* The same sequence counts otherwise, or belongs to another column. */
void alter_counter(struct alter *a, const struct change *c);
/* The options in which the two count differently; of an identity column with SET. */
void alter_write_counting(struct sqlw *w, const struct sequence *old,
                          const struct sequence *new, bool of_column);
void alter_rename_definition(struct alter *a, const struct change *c);
void alter_make_definition(struct alter *a, const struct change *c);
void alter_drop_definition(struct alter *a, const struct change *c);
/* DROP …; none where there is no telling how. */
struct slice alter_drop_text(struct alter *a, const struct definition *d);
/* First: what each side keeps whole. */
void alter_note_whole(struct alter *a);
/* Where a routine or what stands on a table is made in PHASE_RESTORE, or dropped. */
size_t alter_code_order(struct alter *a, const struct definition *d, bool is_new);
/* alter_code.c */
void alter_replace_code(struct alter *a, const struct change *c);
bool alter_replace_in_place(struct alter *a, const struct change *c);
bool alter_may_replace_code(const struct definition *old, const struct definition *new);
void alter_remake_code(struct alter *a, const struct change *c);
/* alter_grants.c */
/* An object is made anew: what was granted on the old one is granted again, in full. */
void alter_loses_grants(struct alter *a, const struct change *c, const char *kind,
                        struct slice schema, struct slice name, struct slice arguments);
void alter_grants(struct alter *a);
/* alter_enums.c: a query that counts the values which @map replaces; none: no column. */
struct slice alter_ask_for_mapped(struct alter *a, const struct change *c);
/* Its values keep their order, so that new ones are added in place. */
bool alter_enum_only_grows(const struct change *c);
/* What a label of the old row was, by then: where it has another name, CASE c::text WHEN
 * 'new' THEN 'old' … ELSE c::text END; NULL: it goes by its name.  Of the types that the
 * column had and has; NULL: it leaves the type. */
const struct expr *alter_label_before(struct alter *a, const struct type *was,
                                      const struct type *now,
                                      const struct expr *column);
/* alter.c: what makes it and gives it its settings and comment. */
void alter_create_index_now(struct alter *a, struct action *to, const struct index *x);
/*
 * alter_holders.c.  Before the families: what is made anew, so that nothing may hold on
 * to it meanwhile.  Behind them: what holds on and does not change itself is taken down
 * and put back.
 */
void alter_find_holders(struct alter *a);
void alter_free_holders(struct alter *a);
/* A view that the policy reads, or one of `views` (catalog_key); NULL: it reads none. */
const struct view *alter_view_read(struct alter *a, const struct expr *e,
                                   const struct map *views);
const struct view *alter_view_of_policy(struct alter *a, const struct policy *p,
                                        const struct map *views);
/* Down, and up again where it stays as it is, because of `held`; what changes by itself
 * is left alone. */
void alter_free_definition(struct alter *a, const struct definition *d,
                           const struct change *held);
/* Where that is put back: as early as it can be. */
struct action *alter_back_action(struct alter *a, enum phase phase, size_t order,
                                 const struct change *c);
/* Does an expression of the table (NULL: of none) need what is made anew?  And by which
 * change; NULL: it does not. */
const struct change *alter_holds_on_to(const struct alter *a, const struct table *t,
                                       const struct expr *e);
bool alter_is_held(const struct alter *a, const struct table *t, const struct expr *e);
/* The same of what a view names beside tables. */
const struct change *alter_view_held_by(const struct alter *a, const struct view *v);
const struct change *alter_type_remade_by(const struct alter *a, const struct type *t);
bool alter_definition_is_held(const struct alter *a, const struct definition *d);
struct slice alter_definition_key(const struct alter *a, const struct definition *d);
/* alter_readers.c: before alter_find_holders, and again behind alter_follow, which adds
 * the generated columns that are made anew. */
void alter_find_disturbed(struct alter *a);
/* Does the server keep it from a change of a column that its body reads?  NULL: no. */
const struct change *alter_body_disturbed_by(struct alter *a,
                                             const struct definition *d);
/* NULL: it reads none. */
const struct change *alter_reads_changed_column(const struct alter *a,
                                                const struct definition *d);
/* What a definition of a table is on the new side, whose table or columns may be called
 * otherwise; NULL: a change is about it, or its table goes. */
const struct definition *alter_definition_then(const struct alter *a,
                                               const struct definition *d);
bool alter_constraint_is_held(const struct alter *a, const struct table *t,
                              const struct constraint *k);
bool alter_index_is_held(const struct alter *a, const struct index *x);
bool alter_type_is_remade(const struct alter *a, const struct type *t);
/* The new column that an old one is; NULL: it goes. */
const struct column *alter_column_then(const struct alter *a, const struct table *old,
                                       const struct column *c);
/* alter_identity.c: a sequence that a serial column becomes, or that becomes its own. */
bool alter_serial_takes(struct alter *a, const struct definition *d);
/* alter_domain.c: its checks and default; `then` NULL: it changes or goes. */
void alter_free_domain(struct alter *a, const struct definition *d,
                       const struct definition *then);
/* alter_settings.c */
void alter_options(struct alter *a, const struct change *c);
void alter_parents(struct alter *a, const struct change *c);
void alter_column_storage(struct alter *a, const struct change *c);
void alter_index_options(struct alter *a, const struct change *c);
void alter_choose_index(struct alter *a, const struct change *c);
void alter_find_growing_parents(struct alter *a);
/* A partition that goes makes room before new ones come. */
void alter_detach_dropped(struct alter *a, const struct change *c);
void alter_typed_tables(struct alter *a);
/* The server drops a sequence with the column or table that owns it. */
bool alter_goes_with_its_owner(const struct alter *a, const struct definition *d);
void alter_make_room(struct alter *a); /* alter_room.c: names that are taken still */
/* alter_names.c: names that types and relations hand on to each other. */
void alter_find_names(struct alter *a);
/* The last name of an old table that goes, or of what else is dropped. */
struct slice alter_name_then(const struct alter *a, struct slice schema,
                             struct slice name);
/* An old definition as it is called behind PHASE_CLEAR; false: as before. */
bool alter_in_names_then(const struct alter *a, struct definition *d);
/* What is of the rows of a relation cannot become of a type of its name. */
void alter_refuse_rows_as_types(struct alter *a);
/* Has an old type or relation that name?  Then: does a new one take it? */
bool alter_name_is_there(const struct alter *a, struct slice schema, struct slice name);
bool alter_relation_takes_name(const struct alter *a, struct slice schema,
                               struct slice name);
void alter_step_aside(struct alter *a); /* what goes */
void alter_rename_type(struct alter *a, const struct change *c); /* or a sequence */
void alter_rename_aside(struct alter *a, struct action *to, const struct change *c);
void alter_rest(struct alter *a, const struct change *c); /* indexes, comments, rows */
/*
 * alter_follow.c: the request's changes become `whole`'s, with those that follow from
 * them.  Needs: alter_find_holders, and that a->r is `whole`.
 */
void alter_follow(struct alter *a, struct alter_request *whole);
/* Does it stand on a column that goes and comes, or on one whose rows get other values of
 * an enum type?  It cannot stay until what follows it is there. */
bool alter_index_is_disturbed(const struct alter *a, const struct table *old,
                              const struct index_keys *keys, const struct slices *include,
                              const struct expr *where);
/* What happens to that which foreign keys stand on, by catalog_key of the old table. */
void alter_find_unsettling(struct alter *a, struct map *out);
/* alter_referred.c: first of all. */
void alter_find_referred(struct alter *a);
/* By a foreign key to a table that the old one is a partition of? */
bool alter_is_referred_to(const struct alter *a, const struct table *part);
/* Has a key to be down when it leaves: one that goes itself, or any where it comes back?
 */
bool alter_leaves_behind_keys(const struct alter *a, const struct table *part);
/* Where one leaves in PHASE_CLEAR. */
size_t alter_detach_order(const struct alter *a, const struct table *part);
/* Of one that does not come back: nothing that stays may refer to its rows. */
void alter_require_unreferred(struct alter *a, struct action *to,
                              const struct table *part);
/* Does an old key refer to a table with a partition that leaves and comes back?  A new
 * one to a table that a partition joins? */
bool alter_key_is_in_the_way(const struct alter *a, const struct constraint *key);
bool alter_key_waits_for_parts(const struct alter *a, const struct constraint *key);
bool alter_key_is_unsettled(struct alter *a, const struct map *unsettling,
                            const struct table *t, const struct constraint *key);
/* Foreign keys that did not change, but stand in the way of what did. */
void alter_find_changed_keys(struct alter *a);
void alter_foreign_keys_in_the_way(struct alter *a);
/* Keys of new tables that can only be added once the key that they refer to is there. */
void alter_cut_keys_to_changed_tables(struct alter *a);
void alter_views(struct alter *a); /* all at once: they stand on each other */
/* alter_columns.c: "ALTER TABLE t ALTER COLUMN c words" */
void alter_begin_column(struct alter *a, struct postgres_statement *st,
                        const struct change *c, const char *words);
void alter_column_words(struct alter *a, struct action *to, const struct change *c,
                        const char *words);
/* SET DEFAULT, or DROP DEFAULT where there is none; the same as a statement. */
void alter_write_default(struct sqlw *w, const struct column *c);
void alter_set_default(struct alter *a, struct action *to, const struct change *c);
/* "verb t.c" */
struct slice alter_member_title(struct alter *a, const char *verb, const struct table *t,
                                const struct column *c);
/* The value that the declarations give for this direction; NULL: none. */
const struct expr *alter_declared_value(const struct alter *a, const struct change *c);
/*
 * alter_costs.c: what happens to the rows.  Of a column that is added: does each row get
 * its own default; has the domain conditions, which the server asks of each row even
 * where the column is NULL; are the rows written again?
 */
bool alter_default_varies(struct alter *a, const struct column *c);
/* Do the rows that are there get a value by ADD COLUMN: its default, or its domain's? */
bool alter_fills_itself(struct alter *a, const struct column *c);
bool alter_domain_asks_rows(struct alter *a, const struct column *c);
bool alter_adding_rewrites(struct alter *a, const struct column *c);
bool alter_domain_is_stored(struct alter *a, const struct definition *d); /* an old one */
/* Of one that gets another type: only the catalog changes, the stored bytes are the same
 * in both.  Then: are the rows read for a CHECK or an index that reads the column? */
bool alter_keeps_bytes(struct alter *a, const struct change *c);
bool alter_retyping_reads(struct alter *a, const struct change *c);
/* NULL: the type is none of that catalog; an array of a domain is none either. */
const struct domain *alter_domain_of(struct alter *a, const struct catalog *c,
                                     const struct type *t);
/* What is below a domain; any other type itself. */
const struct type *alter_stored_type(const struct alter *a, const struct type *t);
/* Of a new table; empty where it has none. */
const struct table_indexes *alter_indexes_of(struct alter *a, const struct table *t);
const struct table_indexes *alter_old_indexes_of(struct alter *a, const struct table *t);
/* alter_column_type.c: only its length or precision is another one. */
bool alter_keeps_kind(const struct change *c);
bool alter_rewrites_type(struct alter *a, const struct change *c);
/* A query that counts the values which are rounded without an error; none: it cannot be.
 */
struct slice alter_rounding(struct alter *a, const struct change *c);
/* The value of `column` as the new type, where nobody declares another. */
void alter_write_converted(struct alter *a, struct sqlw *w, const struct change *c,
                           bool by_then);
bool alter_refuse_without_cast(struct alter *a, const struct change *c);
bool alter_was_enum(const struct alter *a, const struct type *t); /* an old one */
/* alter_column_casts.c: asks beforehand for values that do not convert. */
void alter_require_castable(struct alter *a, struct action *to, const struct change *c);
/* True of such values of the old column, which `column` is; none: there are none, or one
 * cannot tell. */
struct slice alter_no_value(struct alter *a, struct slice column, const struct type *old,
                            const struct type *new);
struct slice alter_does_not_convert(struct alter *a, const struct change *c,
                                    struct slice column);
/* Built in, and no pattern tells which texts the server reads as one. */
bool alter_server_reads(const struct type *t);
/* alter_ask_values.c: and for rows for which what is declared gives NULL. */
void alter_require_values(struct alter *a, struct action *to, const struct change *c,
                          bool only_nulls);
/* What a column of `new` will hold, or an expression over it be, told by the rows of
 * `old` as they are; EXPR_COLUMN: the column that holds it already.  NULL: they do not
 * tell. */
const struct expr *alter_value_then(struct alter *a, const struct table *old,
                                    const struct table *new, const struct column *c);
/* … for an expression all of whose columns are NULL in each row, they tell nothing. */
const struct expr *alter_expr_then(struct alter *a, const struct table *old,
                                   const struct table *new, const struct expr *e);
bool alter_is_null(const struct expr *e); /* as it is, or cast */
/* alter_going.c: does an old index read what the version drops, which cannot go before
 * it does? */
bool alter_needs_what_goes(struct alter *a, const struct index *x);
/* alter_coming.c: was there no such type before?  An enum of any dimension counts. */
bool alter_is_new_enum(const struct alter *a, const struct type *t);
bool alter_is_new_type(struct alter *a, const struct type *t); /* of any kind */
/* … what the new schema declares it as; NULL: as none, as an enum or as a relation. */
const struct definition *alter_type_definition(struct alter *a, const struct type *t);
/* … is a built-in one there, or one with all the values that it has by then? */
bool alter_type_is_there(struct alter *a, const struct type *t);
/* … may the node, which is no cast, name what comes? */
bool alter_may_be_new(struct alter *a, const struct expr *e);
/* alter_ask_new.c: without types that are not there yet; NULL: it cannot be said. */
const struct expr *alter_said_before(struct alter *a, const struct expr *e);
/* A routine that is not there yet, or another one so far. */
bool alter_is_new_routine(const struct alter *a, struct slice name);
/* alter_column_values.c: a value over the old row in the names that hold once the tables
 * and columns have theirs, cast where it is not of that type. */
const struct expr *alter_value_of_type(struct alter *a, const struct expr *value,
                                       const struct type *to);
const struct expr *alter_value_by_then(struct alter *a, const struct table *old,
                                       const struct table *new, const struct expr *value,
                                       const struct type *to);
/* alter_hold.c: triggers and rules that an UPDATE of the table would run, around it; it
 * has the name of `t`, its new side, by then.  Noted before the families. */
void alter_note_held_back(struct alter *a);
void alter_hold_back(struct alter *a, struct action *to, const struct table *old,
                     const struct table *t);
void alter_let_go(struct alter *a, struct action *to, const struct table *old,
                  const struct table *t);
bool alter_has_update_rule(const struct alter *a, const struct table *t); /* an old one */
/* alter_code.c: of a trigger or rule, before TRIGGER or RULE. */
struct slice alter_enabling_words(struct slice state);
/* Is the change of a definition that it is switched on or off, and nothing else? */
bool alter_changes_state_only(const struct alter *a, const struct change *c);
/* alter_columns.c: of the same side */
bool alter_is_child_of(const struct table *t, const struct table *parent);
/* UPDATE t SET c = value WHERE …, with triggers held back where the table has some. */
void alter_fill(struct alter *a, struct action *to, const struct table *old,
                const struct table *new, const struct column *c, const struct expr *value,
                bool only_nulls);

/* alter_column_type.c: values that do not fit are rounded or cut without an error. */
bool alter_loses_digits(const struct type *old, const struct type *new);
/* Are two values of the one type two values of the other? */
bool alter_keeps_apart(const struct type *old, const struct type *new);
/* Do they come back as another text? */
bool alter_respells(const struct type *old, const struct type *new);
/* alter_enums.c: also an array of it */
bool alter_is_of_enum(const struct column *c, const struct enum_type *e);
/* alter_analyze.c: what tables in use hold is looked at again. */
void alter_analyze(struct alter *a);
/* alter_keep.c: is there no way back from a conversion but what is kept? */
bool alter_converts_one_way(const struct type *older, const struct type *newer);
/* A condition: is a value of the old column another one as the new type? */
struct slice alter_is_rounded(struct alter *a, const struct column *old,
                              const struct type *new);

/*
 * alter_keep.c.  Before the families: what is parked, or comes back.  Behind them: the
 * actions that do it.
 */
void alter_keep_begin(struct alter *a);
void alter_keep_end(struct alter *a);
/* The way back does not return it; `stake` counts it before the way up, none: nothing. */
void alter_tell_missing(struct alter *a, struct slice what, struct slice stake);
/* Way up: is what `to` takes away parked?  Else `to` says why not, where it was asked
 * for.  `c` NULL: the whole table. */
bool alter_parks(struct alter *a, const struct table *old, const struct column *c,
                 struct action *to);
/* Does the table that goes become its side table?  Then `to` does it.  Needs: it is
 * parked. */
bool alter_moves_away(struct alter *a, const struct table *old, struct action *to);
/* Way back: does the column that is added have its values from a side table? */
bool alter_gets_kept_value(const struct alter *a, const struct change *c);
/* Needs: that it does. */
const struct expr *alter_kept_value(struct alter *a, const struct change *c);
void alter_require_kept(struct alter *a, struct action *to, const struct change *c);
/* The side table out of which the rows of a table come that is made; NULL: none. */
const struct keep_side *alter_brings_back(const struct alter *a, const struct table *t);

/* choices.c: which forms were refused.  Needs: the forms of the steps. */
void postgres_weigh(struct alter *a);

/*
 * alter_online.c: the same changes while others read and write the table.  Each function
 * that carries a change out returns false where the plain way is as good: the tables are
 * not in use, or the table is new.
 */
void online_begin(struct alter *a);
bool online_is_in_use(const struct alter *a, const struct table *t); /* a new table */
/* Apart from all that holds locks, and at its place among what comes last. */
void online_settle(struct action *to, enum settle_order order);
bool online_create_index(struct alter *a, const struct change *c);
bool online_drop_index(struct alter *a, const struct change *c);
/* Does nothing happen to the columns that the value reads? */
bool online_keeps_columns(const struct table *old, const struct table *new,
                          const struct expr *value);
bool online_add_constraint(struct alter *a, const struct change *c);
struct action *online_restate_key(struct alter *a, const struct change *add,
                                  const struct constraint *old);
bool online_drop_constraint(struct alter *a, const struct change *c);
/* What takes long under a lock is a hazard; every other wait is bounded. */
void online_finish(struct alter *a);
/* "schemac_new_NAME"; from the second number on with it. */
struct slice online_name_for_now(struct alter *a, struct slice name, size_t number);
bool online_is_name_for_now(struct slice name);
/* Such a name that no index and no constraint of the schema has. */
struct slice online_spare_name(struct alter *a, const struct table *t, struct slice name);
/* The name itself, or such a one while an index or constraint of today has it. */
struct slice online_name_now(struct alter *a, const struct table *t, struct slice name);
void online_build_index(struct alter *a, struct action *to, const struct index *x);
struct index online_index_of_key(const struct table *t, const struct constraint *k,
                                 struct slice name);
/* `what` of the index of that name, `i` of pg_index, if `condition` holds. */
struct slice online_query_index(struct alter *a, const struct index *x, const char *what,
                                const char *condition);
/* The name, settings and comment that one has at the end which is built. */
void online_finish_index(struct alter *a, const struct change *c,
                         const struct index *built);
/* ALTER TABLE t ADD CONSTRAINT … USING INDEX index */
struct slice online_take_index_over(struct alter *a, const struct table *t,
                                    const struct constraint *k, struct slice index);
/*
 * alter_online_parts.c: indexes and keys of partitioned tables.  Needs: what else
 * online_begin leaves.
 */
void online_find_parts(struct alter *a);
/* Is what stands on this new table built by parts? */
bool online_goes_by_parts(const struct alter *a, const struct table *t);
/* If it is partitioned and is not: why. */
void online_tell_why_whole(struct alter *a, struct action *to, const struct table *t);
/* Is it made with the index of the parent, by parts? */
bool online_comes_with_whole(const struct alter *a, const struct index *x);
void online_create_by_parts(struct alter *a, const struct change *c);
void online_add_key_by_parts(struct alter *a, const struct change *c);
/* Does the key of a partition stand before the version, or with its table? */
bool online_key_stands(const struct alter *a, const struct table *t,
                       const struct constraint *part);
/* A key of the partition that the server takes as the part of a unique index; NULL. */
const struct constraint *online_find_key_as_part(const struct index *x,
                                                 const struct table *t);
/* Of a table that becomes a partition: what its parent has, and it has not. */
void online_build_missing_parts(struct alter *a, const struct change *c);
bool online_lacks_parts(const struct alter *a, const struct table *t);
/* alter_ask_part.c: of a table that becomes a partition; all, or all but keys and unique
 * indexes. */
void alter_require_part(struct alter *a, struct action *to, const struct change *c);
void alter_require_joining(struct alter *a, struct action *to, const struct change *c);
/* … rows of `t` in the way of the new bound: outside of it, or of a default partition
 * within.  Asked where it can be said by the columns of the old table. */
void alter_require_bound(struct alter *a, struct action *to, const struct change *c,
                         const struct table *t, bool is_default);
bool alter_bound_can_be_asked(const struct alter *a, const struct table *t,
                              const struct table *old);
/* The default partition beside `t`; NULL: there is none, or it is new and empty. */
const struct table *online_default_partition(const struct alter *a,
                                             const struct table *t);
/* alter_online_attach.c; false: the plain way is as good. */
bool online_attach(struct alter *a, const struct change *c);
/* `to` makes a partition: what spares a default one beside it being read. */
void online_create_beside_rest(struct alter *a, const struct change *c,
                               struct action *to);
/* alter_online_bounds.c: of new tables. */
bool online_bound_can_be_written(const struct alter *a, const struct table *t);
/* What holds for its rows, or for all rows that are outside of its bound. */
struct slice online_bound(struct alter *a, const struct table *t, bool outside);
#define WRITTEN_ONCE "In one statement, so that the rows are written again once."
/* alter_merge.c: all that has a table written again in one statement. */
void alter_merge_rewrites(struct alter *a);
/* alter_leftovers.c: what a run that was stopped left, before all else. */
void alter_clear_leftovers(struct alter *a);
/* alter_online_leave.c: partitions that leave. */
void online_note_rests(struct alter *a); /* which default partitions there are */
bool online_detach(struct alter *a, const struct change *c);
/* Of a partition that leaves in the short way: why. */
void online_tell_why_at_once(struct alter *a, struct action *to, const struct table *t);
/* alter_online_rows.c */
/* UPDATE t SET assignments WHERE condition, in transactions of some pages each.  `held`:
 * a trigger of the table that is held back from them; NULL: none. */
struct slice online_batches(struct alter *a, const struct table *t,
                            struct slice assignments, struct slice condition,
                            const struct definition *held);
/* Can its rows be written in batches, without a trigger that runs for each? */
bool online_takes_batches(struct alter *a, const struct change *c);
void online_fill_in_batches(struct alter *a, struct action *to, const struct change *c,
                            struct slice value);
/* NOT NULL by way of a validated check; gives the last step. */
struct action *online_require_by_check(struct alter *a, const struct change *c);
bool online_set_not_null(struct alter *a, const struct change *c);
bool online_add_column(struct alter *a, const struct change *c);
/* A column with a default, which `value` fills afterwards: batches know by NULL what is
 * left to fill, so the rows must not have the default.  False: it is added as any. */
bool online_add_unfilled(struct alter *a, const struct change *c,
                         const struct expr *value);
/* The action `to` fills in batches; false: its table needs the plain way. */
bool online_fill(struct alter *a, struct action *to, const struct change *c,
                 const struct expr *value);

/* alter_online_count.c: new columns that count. */
void online_note_counting(struct alter *a); /* what a script that stopped has begun */
bool online_add_counting(struct alter *a, const struct change *c);
/* Is the change one of a column that was begun?  It is carried out with its identity. */
bool online_goes_on_counting(struct alter *a, const struct change *c);
/* On such a sequence: goes with it. */
bool online_is_right_for_now(const struct alter *a, const struct definition *d);
bool online_counts_by(struct alter *a, const struct definition *d); /* an old sequence */

/* alter_online_triggers.c */
void online_note_triggers(struct alter *a);
/* Does it run for each row of the old table whose column is filled? */
bool online_trigger_fires(const struct definition *d, const struct table *t,
                          struct slice column);
/* Does any, or a rule? */
bool online_fires_on_filling(const struct alter *a, const struct change *c);
/* Held back from batches that say so (online_batches), and put back. */
bool online_can_be_held(const struct definition *d);
const struct definition *online_trigger_itself(const struct alter *a,
                                               const struct definition *d);
void online_hold_trigger(struct alter *a, struct action *to, const struct definition *d);
void online_put_back_trigger(struct alter *a, struct action *to,
                             const struct definition *d);
/* What a session must have to fill: "has_table_privilege(…)". */
struct slice online_filling_right(struct alter *a, const struct definition *d);

/*
 * alter_online_copy.c: columns of tables in use that get another type, or collation, as
 * a copy beside the old column, which takes its place at once when it is complete.
 */
struct column_copy {
    const struct change *change;
    struct slice name; /* that it has until it takes the place of the old one */
};

struct table_copy {
    const struct table *old;
    const struct table *new;
    VEC(struct column_copy) columns;
    VEC(const struct definition *) held; /* triggers, back from who fills the copies */
    struct slice routine; /* that computes the copies of a row, for the trigger */
    struct slice trigger;
    struct slice why_not; /* "the trigger x names it"; none: it is done */
};

/* Decides.  Needs: alter_find_holders. */
void online_find_copies(struct alter *a);
/* NULL: nothing of the old table wants a copy. */
struct table_copy *online_copy_of(const struct alter *a, struct slice schema,
                                  struct slice table);
/* By the old name of the column; NULL: it is none of them. */
const struct column_copy *online_copied_column(const struct table_copy *t,
                                               struct slice name);
bool online_copy_has_constraint(const struct table_copy *t, const struct constraint *k);
bool online_copy_has_index(const struct table_copy *t, const struct index *x);
/* Is the change carried out by a copy? */
bool online_copies(const struct alter *a, const struct change *c);
/* Does the foreign key of an old table go over to copies? */
bool online_copies_key(const struct alter *a, const struct table *t,
                       const struct constraint *k);
bool online_makes_early(const struct alter *a, const struct enum_type *e);
/* Is it a copy that a run left which was stopped? */
bool online_is_left_over(const struct alter *a, const struct table *t,
                         const struct column *c);
void online_tell_why_short(struct alter *a, struct action *to, const struct change *c);
/* alter_online_locks.c */
/* What locks a table gives up before a program that met it crosswise has to. */
void online_wait_less(struct alter *a, struct action *to);
/* Transactions that lock several tables do so before all else.  Leaves: the actions in
 * order.  Needs: all of them, with their locks. */
void online_lock_ahead(struct alter *a);
/* alter_online_swap.c */
void online_note_members(struct alter *a); /* what the changes drop and rename */
void online_copy_columns(struct alter *a);

#endif
