"""What a plan says that it takes away, read from the head of `plan`."""

import re


def said_lost(env, *plan):
    """{"table t", "column t.c"} of a plan of one step between versions; empty: the plan
    says that no data is lost."""
    head = env.ok("plan", "-q", *plan).split("\n\n")[0].splitlines()
    lost = set()
    for line in head[2:]:
        what, names = line.split(maxsplit=1)
        lost |= {f"{what.removesuffix('s')} {one}" for one in names.split(", ")}
    env.equal("DATA IS LOST" in head[1], bool(lost), "the warning\n" + "\n".join(head))
    return lost


def without(lost, rows):
    """{table: [{column: value}]} but for what is lost."""
    gone = {one.removeprefix("table ") for one in lost if one.startswith("table ")}
    columns = {tuple(re.split(r"[ .]", one)[1:]) for one in lost
               if one.startswith("column ")}
    return {table: [{name: value for name, value in row.items()
                     if (table, name) not in columns} for row in all_rows]
            for table, all_rows in rows.items() if table not in gone}
