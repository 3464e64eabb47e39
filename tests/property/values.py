"""Types: the values that SQLite stores for them, their defaults, and what a value becomes
when its column changes its type.  Nothing here asks schemac: it is the second opinion.
"""

from dataclasses import dataclass
from typing import Callable, Tuple


class NoSuchValue(Exception):
    """The new type has no value for the old one: the migration must be refused."""


@dataclass(frozen=True)
class Type:
    make: Callable       # random.Random → a stored value
    constants: Tuple = ()  # DEFAULTs that every row gets alike
    volatile: Tuple = ()   # DEFAULTs that differ from row to row or day to day


def one_of(*values):
    return lambda r: r.choice(values)


def within(low, high):
    return lambda r: r.randint(low, high)


def clock(r):
    return f"2024-0{r.randint(1, 9)}-1{r.randint(0, 9)} 10:0{r.randint(0, 9)}:00" + (
        r.choice(("", "", ".5")))


TYPES = {
    "boolean": Type(within(0, 1), ("true", "false")),
    "smallint": Type(within(-9, 9), ("5",)),
    "integer": Type(within(-1000, 1000), ("0", "-7", "(1 + 1)")),
    "bigint": Type(one_of(0, 7, -8, 10**12, -(2**63), 2**62), ("9",)),
    "numeric(10,2)": Type(one_of(0, 100, -1250, 1, 9999999999, 4200), ("1.5", "0")),
    "numeric(12,4)": Type(one_of(0, 10000, -125000, 1, 420000, 99), ("2.25",)),
    "numeric": Type(one_of("1", "-2.50", "12345678901234567890.5")),
    "text": Type(one_of("a", "b", "12", "-5", "12.50", "x y", "it's", "é", "", "true",
                        'say "no"', "line\nbreak", "NULL"), ("'x'", "lower('X')", "''")),
    "varchar(10)": Type(one_of("a", "b", "12", "true", "élan"), ("'v'",)),
    "char(2)": Type(one_of("ab", "cd", "12"), ("'zz'",)),
    "double precision": Type(one_of(1.5, -2.25, 0.1, 3.0, 1e300), ("0.5",)),
    "date": Type(lambda r: clock(r)[:10], ("'2024-01-01'",), ("CURRENT_DATE",)),
    "time": Type(lambda r: clock(r)[11:], ("'09:00:00'",)),
    "timestamp": Type(clock, ("'2024-01-01 00:00:00'",), ("CURRENT_TIMESTAMP", "now()")),
    "timestamptz": Type(clock, (), ("CURRENT_TIMESTAMP",)),
    "uuid": Type(lambda r: f"0b8f4e7a-1c2d-4e3f-8a9b-0c1d2e3f{r.randint(0, 65535):04x}",
                 (), ("gen_random_uuid()",)),
    "jsonb": Type(one_of("{}", "[1]", '{"a":"b"}'), ("'{}'",)),
    "bytea": Type(one_of(b"", b"\0", b"\xff\x01")),
    "integer[]": Type(one_of("[]", "[1,2]"), ("'{}'",)),
    "mood": Type(one_of("sad", "ok"), ("'sad'",)),
}


# ---- changes of type ----

def same(value):
    return value


def times_100(value):
    return value * 100


def over_100(value):
    if value % 100 != 0:
        raise NoSuchValue
    return value // 100


def to_double(value):
    if abs(value) > 2**53:
        raise NoSuchValue
    return float(value)


def to_whole(value):
    if value != int(value) or abs(value) >= 2**63:
        raise NoSuchValue
    return int(value)


def words_to_whole(value):
    try:
        whole = int(value, 10)
    except ValueError as e:
        raise NoSuchValue from e
    if str(whole) != value:
        raise NoSuchValue
    return whole


def cents_to_words(value):
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02}"


def words_to_cents(value):
    digits = value[1:] if value.startswith("-") else value
    whole, _, fraction = digits.partition(".")
    if not whole.isdigit() or (("." in digits) and not fraction.isdigit()):
        raise NoSuchValue
    if len(fraction) > 2:
        raise NoSuchValue
    cents = int(whole + fraction.ljust(2, "0"))
    return -cents if value.startswith("-") else cents


def truth_to_words(value):
    return "true" if value else "false"


def words_to_truth(value):
    word = value.strip().lower()
    if word in ("t", "true", "y", "yes", "on", "1"):
        return 1
    if word in ("f", "false", "n", "no", "off", "0"):
        return 0
    raise NoSuchValue


def midnight(value):
    return value + " 00:00:00"


def day_of_midnight(value):
    if not value.endswith(" 00:00:00"):
        raise NoSuchValue
    return value[:10]


# Values that the new type's own CHECK refuses need no word here.
CONVERSIONS = {
    ("smallint", "integer"): same, ("integer", "smallint"): same,
    ("integer", "bigint"): same, ("bigint", "integer"): same,
    ("boolean", "integer"): same, ("integer", "boolean"): same,
    ("integer", "numeric(10,2)"): times_100, ("numeric(10,2)", "integer"): over_100,
    ("numeric(10,2)", "numeric(12,4)"): times_100,
    ("numeric(12,4)", "numeric(10,2)"): over_100,
    ("integer", "double precision"): to_double,
    ("double precision", "integer"): to_whole,
    ("integer", "text"): str, ("text", "integer"): words_to_whole,
    ("numeric(10,2)", "text"): cents_to_words, ("text", "numeric(10,2)"): words_to_cents,
    ("boolean", "text"): truth_to_words, ("text", "boolean"): words_to_truth,
    ("varchar(10)", "text"): same, ("text", "varchar(10)"): same,
    ("char(2)", "varchar(10)"): same, ("varchar(10)", "char(2)"): same,
    ("date", "timestamp"): midnight, ("timestamp", "date"): day_of_midnight,
    ("timestamp", "timestamptz"): same, ("timestamptz", "timestamp"): same,
    ("uuid", "text"): same, ("text", "uuid"): same,
    ("mood", "text"): same, ("text", "mood"): same,
    ("jsonb", "text"): same, ("text", "jsonb"): same,
}

# What @from makes of a column of one type in a new one of another or the same, as SQL
# that stored values are put into, …
WAYS = {
    ("integer", "integer"): ("{} + 1", "coalesce({}, 5)",
                             "CASE WHEN {} > 0 THEN 1 ELSE 0 END"),
    ("text", "text"): ("upper({})", "coalesce({}, 'none')", "{} || '!'",
                       "nullif({}, 'a')"),
    ("boolean", "boolean"): ("NOT {}", "coalesce({}, true)"),
    ("varchar(10)", "varchar(10)"): ("lower({})",),
    ("text", "integer"): ("length({})",), ("varchar(10)", "bigint"): ("length({})",),
    ("char(2)", "smallint"): ("length({})",), ("bytea", "integer"): ("length({})",),
    ("text", "boolean"): ("length({}) > 1",), ("integer", "boolean"): ("{} > 0",),
    ("bigint", "boolean"): ("{} > 0",), ("numeric(10,2)", "boolean"): ("{} > 0",),
    ("double precision", "boolean"): ("{} > 0",), ("smallint", "boolean"): ("{} > 0",),
}
# … and of one that changes its type, with the way back.
STEPS = {
    ("integer", "text"): (("'n' || {}", "CAST(substr({}, 2) AS integer)"),),
    ("integer", "bigint"): (("{} * 10", "{} / 10"),),
    ("boolean", "text"): (("CASE WHEN {} THEN 'yes' WHEN NOT {} THEN 'no' END",
                           "{} = 'yes'"),),
    ("boolean", "integer"): (("CASE WHEN {} THEN 2 WHEN NOT {} THEN 0 END", "{} = 2"),),
    ("varchar(10)", "text"): (("{} || '.'", "substr({}, 1, length({}) - 1)"),),
    ("text", "integer"): (("length({})", "'x' || {}", False),),
    ("integer", "boolean"): (("{} > 0", "CASE WHEN {} THEN 1 ELSE 0 END", False),),
}


def convert(value, old, new):
    if value is None or old == new:
        return value
    return CONVERSIONS[old, new](value)
