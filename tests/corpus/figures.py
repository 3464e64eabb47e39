"""What is reached.  A figure below its gate fails the suite; one above it says so: raise
it.

This is the one place where gates stand.
"""

# Of the files of a group, those that
#   check       are read without an error
#   account     have as many statements for us as for an outside count, each with its fate
#   print       say the same again when what `print` writes is read and printed
#   fmt         are laid out once and for all, and mean the same afterwards
FILES = {
    # group            check  account  print   fmt
    "postgres":       (116,   116,     116,    116),
    "sqlite":         (71,    71,      71,     71),
    "mysql":          (50,    50,      50,     50),
    "cases-postgres": (3437,  3437,    3437,   3435),
    "cases-sqlite":   (246,   246,     246,    246),
}

# Of the same files, and of the ends of the cases that are in scope, those from which
# `ddl` makes the database that the file itself makes: all but
DDL = {
    # group: {file: reason}
    "postgres": {
        "adventureworks/pg/2023-01-27-b37c060c.sql":
            "says client_encoding=latin1 of comments in UTF-8: the server garbles them",
    },
    "cases-postgres": {
        "postgres/pg-delta/acl-operations--owner-full-revoke__ab/to.sql":
            "REVOKE from the owner: owners are not kept",
        "postgres/pg-delta/function-ops--quoted-body-matview-evaluation__ab/to.sql":
            "a materialized view runs a function whose quoted body names another view",
    },
    "sqlite": {},
    "cases-sqlite": {},
}

# Of the same files, those between which and the database that the server made of them
# `diff` sees no difference, in either direction: all but
KEPT = {
    # group: {file: reason}
    "postgres": {
        "adventureworks/pg/2023-01-27-b37c060c.sql":
            "says client_encoding=latin1 of comments in UTF-8: the server garbles them",
        "openstreetmap/pg/2012-02-23-e296b8b7.lenient.sql":
            "operator classes: the server keeps some of their members with the family",
    },
    "cases-postgres": {},
}

# Of the PostgreSQL files, those whose lowered DDL SQLite loads: all but
LOWERED = {}

# Of the files of one engine, those from which `ddl` makes what another engine loads, and
# whose two databases have the same tables, columns, keys and indexes: all but
TRIGGER = "a trigger that updates its own row: its body is SQLite's, and refused"
DIALECTS = {
    # (read as, written for): {file: reason}
    ("postgres", "sqlite"): {},
    ("mysql", "sqlite"): {},
    ("mysql", "postgres"): {},
    ("sqlite", "postgres"): {
        "memos/sqlite/2022-07-02-53662700.sql": TRIGGER,
        "memos/sqlite/2022-10-03-0f65b8bd.sql": TRIGGER,
        "memos/sqlite/base-v0.1.3.sql": TRIGGER,
    },
}

# Of those that load, the ones whose two databases take the same rows: all but
ALWAYS = "GENERATED ALWAYS: SQLite has no OVERRIDING SYSTEM VALUE"
DIALECT_ROWS = {
    ("postgres", "sqlite"): {"chinook/pg/HEAD-autoincrement.sql": ALWAYS},
}

# Of the PostgreSQL files, those whose database is told whole by `describe`: what is made
# of the description is equal to it, for the outside reader and for schemac: all but
DESCRIBED = {}

# Of the SQLite files, those whose database is no difference to the file, in neither
# direction, and is made again from what `describe` says of it: all but
LIVE = {"sqlite": {}, "cases-sqlite": {}}

# Of the snapshots that the engine itself took in the middle of a chain of migrations,
# and of the published upgrades from one release to the next, those whose catalog is
# that of the files in order (or differs where the engine's does).
CHAINS = {
    "snapshots": 39,
    "upgrades": 18,
}

NOT_VALID = "a constraint that is valid stays valid"

# Of the states of a schema and those after them, with rows in their tables, those between
# which the plans lead there and back: all but
PAIRS = {
    # dialect: {pair: (words of what is said, reason)}
    "pg": {
        "lago/pg/2026-05-04-8673ec41.lenient.sql to "
        "lago/pg/2026-08-21-1b1c24a6.lenient.sql":
            ("the way back: another database: -    ADD CONSTRAINT fk_rails_91802dc891 "
             "FOREIGN KEY (fixed_charge_id) REFERENCES public.fixed_charges(id) NOT "
             "VALID;", NOT_VALID),
        "memos/pg/2023-12-03-9c18960f.sql to memos/pg/2024-02-09-3dddd3ec.sql":
            ("PostgreSQL has no cast between the two types",
             "PostgreSQL converts no timestamp to a bigint, and no @from says how"),
        "openstreetmap/pg/2012-02-23-e296b8b7.lenient.sql to "
        "openstreetmap/pg/2013-12-12-0c8ed193.lenient.sql":
            ('the plan: function "gbtreekey4_in" already exists',
             "what the first made by hand comes with an extension in the second, which "
             "the server refuses to create beside it"),
    },
    "sqlite": {
        "memos/sqlite/2026-01-20-0f3c9a46.sql to memos/sqlite/2026-08-22-fe9a9bdf.sql":
            ("user.username type=text notnull=1 default=None pk=0 hidden=0 collate",
             "COLLATE BINARY is what a column has anyway: the reader tells them apart"),
    },
}
PAIRS_FILLED = 0.99  # the share of tables that rows are found for

NO_SECTION = "fills what it has made by UPDATE: that stands in a @migrate section"
NO_TYPE = "columns without a type: declarations of a folder have one"

# Of all files, those whose generated C compiles without a warning; and of the newest of
# each project, those whose rows come back as they went in, from both engines: all but
TYPED = {
    # measure: {file: reason}
    "typed/compiles": {
        "adventureworks/pg/2023-01-27-b37c060c.sql": NO_SECTION,
        **{f"strawberry/sqlite/{version}.sql": NO_TYPE for version in
           ("2024-06-12-5d51657f", "2024-07-09-01f4a79f", "2026-04-22-5cc45f43",
            "2026-06-16-729061b5")},
    },
    "typed/rows": {
        "adventureworks/pg/2023-01-27-b37c060c.sql": NO_SECTION,
        "strawberry/sqlite/2026-06-16-729061b5.sql": NO_TYPE,
    },
}
# Columns that triggers of the project's own set, whatever is given.
TYPED_TRIGGERS = {
    # project: pattern of table.column
    "pagila": r"\.last_update|film\.fulltext",
    "travis": r"\.updated_at|\.unique_(number|name)",
}
TYPED_FILLED = 0.93  # the share of tables that take rows

# Of the files with a mistake, those whose first error is at its line; None: nothing is
# wrong with the file, its engine only lacked an extension or a setting.
BROKEN_GATE = 18
BROKEN = {
    "ejabberd-new/pg/17.11_2017-11-20.sql": 541,
    "ejabberd/pg/25.03_2025-03-28.sql": 22,
    "ejabberd/mysql/15.03_2015-03-20.sql": 168,
    "ejabberd/mysql/25.03_2025-03-28.sql": 21,
    "strawberry/sqlite/2018-02-27-b2b1ba7a.sql": 198,
    "strawberry/sqlite/2019-06-18-beb3ab46.sql": 488,
    "strawberry/sqlite/2020-08-10-b9a94ad3.sql": 492,
    "strawberry/sqlite/2023-06-06-331aa382.sql": 893,
    "strawberry/sqlite/device-schema.sql": 1,
    "pagila/pg/2024-10-06-33d52182.sql": None,
    "lago/pg/2026-05-04-8673ec41.sql": None,
    "pagila/pg/2026-08-01-85bf46a5.sql": None,
    "lago/pg/2026-08-21-1b1c24a6.sql": None,
    "openstreetmap/pg/2012-02-23-e296b8b7.sql": None,
    "openstreetmap/pg/2013-12-12-0c8ed193.sql": None,
    "openstreetmap/pg/2016-09-05-dbeccba9.sql": None,
    "openstreetmap/pg/2019-05-18-8e258d81.sql": None,
    "openstreetmap/pg/2026-07-24-192394b3.sql": None,
}

# The blocks of SQL in the plans of the five systems that are taken, in the context of
# some version of that system where they need one.
SYSTEMS_GATE = 47

# The mistakes in those plans: (file, line of the block's first line) → what is said of
# it.
MISTAKES = {
    ("002", 15): 'no statement begins with "projects"',  # names and columns, no SQL
    ("002", 268): 'has no column "total_price"',
}
