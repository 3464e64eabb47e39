"""Types of PostgreSQL: values, defaults, and what a value becomes when its column changes
its type, as an expression that the server itself computes before anything is changed.
"""

from dataclasses import dataclass
from typing import Tuple


@dataclass(frozen=True)
class Type:
    values: Tuple          # as a client writes them
    constants: Tuple = ()  # DEFAULTs that every row gets alike
    volatile: Tuple = ()   # DEFAULTs that differ from row to row or day to day


TYPES = {
    "boolean": Type(("true", "false"), ("true", "false")),
    "smallint": Type(("0", "5", "-9"), ("5",)),
    "integer": Type(("0", "7", "-1000", "70000"), ("0", "-7", "(1 + 1)")),
    "bigint": Type(("0", "7", "-8", "1000000000000"), ("9",)),
    "numeric(10,2)": Type(("0", "1.5", "-12.25", "42", "99.99"), ("1.5", "0")),
    "numeric": Type(("1", "-2.50", "12345678901234567890.5")),
    "double precision": Type(("1.5", "-2.25", "3", "1e300"), ("0.5",)),
    "text": Type(("a", "b", "12", "-5", "x y", "it's", "é", "", "true", "sad",
                  "a long text, too long", "2024-01-01", "red", "A"),
                 ("'x'", "lower('X')", "''")),
    "varchar(10)": Type(("a", "b", "12", "true", "élan"), ("'v'",)),
    "char(3)": Type(("ab", "cde", "12"), ("'zz'",)),
    "date": Type(("2024-01-01", "2024-02-29", "1999-12-31"), ("'2024-01-01'",),
                 ("CURRENT_DATE",)),
    "time": Type(("10:00:00", "23:59:59.5"), ("'09:00:00'",)),
    "timestamp": Type(("2024-01-01 00:00:00", "2024-02-29 12:30:00.25"),
                      ("'2024-01-01 00:00:00'",), ("CURRENT_TIMESTAMP",)),
    "timestamptz": Type(("2024-01-01 00:00:00+00", "2024-02-29 12:30:00+00"), (),
                        ("now()",)),
    "interval": Type(("1 day", "02:30:00", "3 mons"), ("'1 day'",)),
    "uuid": Type(("0b8f4e7a-1c2d-4e3f-8a9b-0c1d2e3f0001",
                  "0b8f4e7a-1c2d-4e3f-8a9b-0c1d2e3f0002"), (), ("gen_random_uuid()",)),
    "jsonb": Type(("{}", "[1]", '{"a": "b"}'), ("'{}'",)),
    "bytea": Type(("\\x", "\\x00", "\\xff01"), ("'\\x01'",)),
    "integer[]": Type(("{}", "{1,2}", "{NULL}"), ("'{}'",)),
    "text[]": Type(("{}", "{a,b}"), ("'{}'",)),
    "inet": Type(("10.0.0.1", "10.0.0.0/8")),
    "mood": Type((), ()),      # its labels change
    "small": Type(("1", "42"), ("7",)),  # a domain: VALUE > 0
    "pair": Type(()),          # a composite type, whose attributes change
}
PLAIN_TYPES = tuple(TYPES)
# Those that a version may bring (server_extras.py).
TYPES.update({
    "hue": Type(("red", "green", "blue"), ("'red'", "'green'::hue")),
    "code": Type(("a", "b", "long enough"), ("'c'", "'c'::code")),
    "grade": Type(("0", "7", "-1000"), ("5", "6::grade")),
    "stretch": Type(("empty", "[1,5)", "[3,4)"), ("'[1,3)'", "'empty'::stretch")),
    "citext": Type(("a", "B", "b", ""), ("'Xx'", "'Xx'::citext")),
})
EXTRA_TYPES = tuple(name for name in TYPES if name not in PLAIN_TYPES)

DIRECT = "CAST({} AS {})"
BY_TEXT = "CAST(CAST({} AS text) AS {})"
AS_IT_IS = "CAST({} AS text)"  # too long for the new type: an error, nothing is cut off

CONVERSIONS = {}
for one, other in (("smallint", "integer"), ("integer", "bigint"), ("smallint", "bigint"),
                   ("integer", "double precision"), ("integer", "numeric"),
                   ("integer", "numeric(10,2)"), ("numeric(10,2)", "numeric"),
                   ("timestamp", "timestamptz"), ("date", "timestamp"),
                   ("small", "integer"), ("grade", "integer")):
    CONVERSIONS[one, other] = CONVERSIONS[other, one] = DIRECT
for one in ("integer", "bigint", "boolean", "date", "uuid", "jsonb", "mood",
            "numeric(10,2)", "timestamp", "inet", "interval", "time", "hue", "code",
            "citext"):
    CONVERSIONS[one, "text"] = AS_IT_IS
    CONVERSIONS["text", one] = BY_TEXT
CONVERSIONS["varchar(10)", "text"] = CONVERSIONS["text", "varchar(10)"] = AS_IT_IS
CONVERSIONS["char(3)", "varchar(10)"] = CONVERSIONS["varchar(10)", "char(3)"] = AS_IT_IS
CONVERSIONS["boolean", "integer"] = CONVERSIONS["integer", "boolean"] = DIRECT

# What @from makes of a column of one type in a new one of another or the same, …
WAYS = {
    ("integer", "integer"): ("{} + 1", "coalesce({}, 5)",
                             "CASE WHEN {} > 0 THEN 1 ELSE 0 END"),
    ("text", "text"): ("upper({})", "coalesce({}, 'none')", "{} || '!'",
                       "nullif({}, 'a')"),
    ("boolean", "boolean"): ("NOT {}", "coalesce({}, true)"),
    ("bigint", "bigint"): ("-{}",), ("date", "date"): ("{} + 1",),
    ("varchar(10)", "varchar(10)"): ("lower({})",),
    ("numeric(10,2)", "numeric(10,2)"): ("{} * 2",),
    ("timestamp", "timestamp"): ("{} + interval '1 day'",),
    ("text", "integer"): ("length({})",), ("varchar(10)", "bigint"): ("length({})",),
    ("char(3)", "smallint"): ("length({})",), ("bytea", "integer"): ("length({})",),
    ("text", "boolean"): ("length({}) > 1",), ("integer", "boolean"): ("{} > 0",),
    ("numeric", "boolean"): ("{} > 0",), ("double precision", "boolean"): ("{} > 0",),
    ("small", "boolean"): ("{} > 5",), ("mood", "text"): ("upper(CAST({} AS text))",),
}
# … and of one that changes its type, with the way back.
STEPS = {
    ("integer", "text"): (("'n' || {}", "CAST(substr({}, 2) AS integer)"),
                          ("CAST({} + 1 AS text)", "CAST({} AS integer) - 1")),
    ("integer", "bigint"): (("{} * 10", "{} / 10"),),
    ("bigint", "text"): (("'b' || {}", "CAST(substr({}, 2) AS bigint)"),),
    ("boolean", "text"): (("CASE WHEN {} THEN 'yes' WHEN NOT {} THEN 'no' END",
                           "{} = 'yes'"),),
    ("boolean", "integer"): (("CASE WHEN {} THEN 2 WHEN NOT {} THEN 0 END", "{} = 2"),),
    ("date", "timestamp"): (("{} + interval '12 hours'", "CAST({} AS date)"),),
    ("varchar(10)", "text"): (("{} || '.'", "substr({}, 1, length({}) - 1)"),),
    ("integer", "numeric(10,2)"): (("{} / 4.0", "{} * 4"),),
    ("text", "integer"): (("length({})", "'x' || {}", False),),
    ("integer", "boolean"): (("{} > 0", "CASE WHEN {} THEN 1 ELSE 0 END", False),),
}
PARTS = {"integer": ("", "7", "-5"), "text": ("", "b", '"x, y"')}  # within a pair
SMALL_RULES = ("VALUE > 0", "VALUE >= 0", "VALUE > 1", "VALUE < 1000")
SMALL_BASES = ("smallint", "integer", "bigint", "numeric(7,0)")  # of the same domain


def converted(column, old, new):
    """The expression, as text; `column` is quoted."""
    if old == new:
        return AS_IT_IS.format(column)
    form = CONVERSIONS[old, new]
    return form.format(column) if form is AS_IT_IS else \
        AS_IT_IS.format(form.format(column, new))
