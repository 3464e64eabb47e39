"""Two large schemas, of which the second has two tables in a hundred changed: what a
comparison is measured with.

Ten columns a table, a key to a neighbour, a CHECK, an index, a comment; every fiftieth
table has a view, every hundredth an enum.  The changes take turns, so that each kind that
people make is among them.
"""

FIRST_NUMBER = 1_000_000  # a figure does not depend on the digits of a table's number
CHANGED_EVERY = 50
VIEW_EVERY, VIEW_AT = 50, 7
ENUM_EVERY, ENUM_AT = 100, 9

COLUMNS = {
    "id": "bigint NOT NULL",
    "owner_id": "bigint",
    "status": "varchar(40) DEFAULT 'active' NOT NULL",
    "amount": "numeric(12,2) DEFAULT 0 NOT NULL",
    "quantity": "integer DEFAULT 1 NOT NULL",
    "email": "varchar(200)",
    "details": "jsonb",
    "notes": "text",
    "created_at": "timestamp with time zone DEFAULT now() NOT NULL",
    "deleted_at": "timestamp with time zone",
}


class Table:
    """What is declared of one; a change edits it."""

    def __init__(self, n, word="account"):
        self.number, self.word, self.was = FIRST_NUMBER + n, word, None
        self.columns = [(name, kind, None) for name, kind in COLUMNS.items()]
        if n % ENUM_EVERY == ENUM_AT:
            self.columns.append(("mood", f"mood_{self.number} NOT NULL", None))
        self.parts = {"key": "PRIMARY KEY (id)", "check": "CHECK (amount >= 0)"}
        self.indexes = {"status": "(status) WHERE deleted_at IS NULL"}
        self.comment = "what one owes"
        self.owner = None  # another table

    def name(self):
        return f"{self.word}_{self.number}"

    def retype(self, wanted, kind):
        self.columns = [(name, kind if name == wanted else old, was)
                        for name, old, was in self.columns]

    def lines(self):
        for name, kind, was in self.columns:
            yield (f"    -- @was {was}\n" if was else "") + f"    {name} {kind}"
        for part, text in self.parts.items():
            yield f"    CONSTRAINT {part}_{self.number} {text}"
        if self.owner:
            yield (f"    CONSTRAINT owner_{self.number} FOREIGN KEY (owner_id)"
                   f" REFERENCES {self.owner.name()} (id)")

    def sql(self):
        was = f"-- @was {self.was}\n" if self.was else ""
        sql = f"{was}CREATE TABLE {self.name()} (\n" + ",\n".join(self.lines()) + "\n);\n"
        for index, text in self.indexes.items():
            sql += f"CREATE INDEX {index}_{self.number} ON {self.name()} {text};\n"
        return sql + f"COMMENT ON TABLE {self.name()} IS '{self.comment}';\n\n"


# ---- changes ----

def add_column(table):
    table.columns.append(("added", "integer DEFAULT 7 NOT NULL", None))


def drop_column(table):
    table.columns = [column for column in table.columns if column[0] != "notes"]


def widen(table):
    table.retype("email", "varchar(300)")


def change_type(table):
    table.retype("quantity", "bigint DEFAULT 1 NOT NULL")


def tighten(table):
    table.retype("email", "varchar(200) NOT NULL")


def change_default(table):
    table.retype("status", "varchar(40) DEFAULT 'new' NOT NULL")


def rename_column(table):
    table.columns = [("remarks", kind, "notes") if name == "notes" else (name, kind, was)
                     for name, kind, was in table.columns]


def add_index(table):
    table.indexes["owned"] = "(owner_id)"


def change_index(table):
    table.indexes["status"] = "(status, created_at)"


def change_check(table):
    table.parts["check"] = "CHECK (amount >= 0 AND quantity > 0)"


def add_unique(table):
    table.parts["email"] = "UNIQUE (email)"


def drop_key(table):
    table.owner = None


def rename_table(table):
    table.was, table.word = table.name(), "ledger"


def change_comment(table):
    table.comment = "what one has"


def another_table(table):
    """Nobody refers to it: it goes, and one of another name comes."""
    table.number += len(CHANGES) * FIRST_NUMBER


CHANGES = (add_column, drop_column, widen, change_type, tighten, change_default,
           rename_column, add_index, change_index, change_check, add_unique, drop_key,
           rename_table, change_comment, another_table)


def change_of(n):
    """Of the table that is the n-th, or None."""
    turn, rest = divmod(n, CHANGED_EVERY)
    return CHANGES[turn % len(CHANGES)] if rest == 0 else None


# ---- files ----

def tables(count):
    found = [Table(n) for n in range(count)]
    for n, table in enumerate(found):
        owner = (n * 7 + 1) % count
        table.owner = found[owner + 1 if change_of(owner) is another_table else owner]
    return found


def write(path, found):
    with open(path, "w", encoding="utf-8") as file:
        file.write("-- @schema large\n\n")
        for n, table in enumerate(found):
            if n % ENUM_EVERY == ENUM_AT:
                file.write(f"CREATE TYPE mood_{table.number} AS ENUM ('calm', 'late');\n")
            file.write(table.sql())
            if n % VIEW_EVERY == VIEW_AT:
                file.write(f"CREATE VIEW open_{table.number} AS SELECT id, status"
                           f" FROM {table.name()} WHERE amount > 0;\n\n")
    return path


def write_pair(folder, count):
    """The paths of both."""
    old, new = tables(count), tables(count)
    for n in range(0, count, CHANGED_EVERY):
        change_of(n)(new[n])
    return (write(folder / f"old-{count}.sql", old),
            write(folder / f"new-{count}.sql", new))
