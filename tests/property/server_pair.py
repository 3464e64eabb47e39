"""One story of three versions on PostgreSQL: what must hold of it.

The rows go from the first version to the second by the short plan, and by one for tables
in use: what `diff` prints, what it prints against the live database, or `migrate`.  A
fresh database of the new version says what must come out (server_rows.py).  Then back,
and on to the third version, straight and by way of the second.
"""

import random
import re
from dataclasses import dataclass
from typing import Any

from runner.base import Failure, execute
from runner.libpq import ServerError, Session
from runner.outside import with_sorted_statistics
from runner.postgres import find_program

from . import server_rows as rows
from .pair import differences, unkept
from .roads import STRAIGHT, refused_well, write_straight
from .server_edits import edited
from .server_extras import is_extension, says
from .server_schemas import ServerSchema, declare, random_schema

OLD, NEW, LAST = "lot@1.0.0", "lot@2.0.0", "lot@3.0.0"
READER = "cases/oracle/norm_pg.py"
ROWS_MOST = 3


@dataclass
class Tools:
    program: Any
    reader: Any  # the outside reader's module; None: absent
    server: Any  # PostgresServer


@dataclass
class Declared:
    seed: int
    old: ServerSchema
    new: ServerSchema
    last: ServerSchema
    data_step: bool


def random_story(seed):
    r = random.Random(f"postgres {seed}")
    old = random_schema(r)
    new = edited(r, old)
    last = edited(r, new, (old,))
    data_step = r.random() < 0.2 and not is_divided_otherwise(old, new)
    return Declared(seed, old, new, last, data_step)


def is_divided_otherwise(old, new):
    """No data step finds its rows while they are moved: that is refused."""
    return any(old.table(t.number) and old.table(t.number).split_by != t.split_by
               for t in new.tables)


def prove(tools, declared, folder):
    """"moved", or "refused" where the rows rightly did not fit; else a Failure."""
    story = Story(tools, declared, folder)
    try:
        return story.prove()
    except Failure as e:
        raise Failure(f"{e}\n{story.declarations()}") from e


class Story:
    def __init__(self, tools, declared, folder):
        self.tools, self.folder, self.seed = tools, folder, declared.seed
        self.old, self.new, self.last = declared.old, declared.new, declared.last
        self.data_step = declared.data_step
        self.r = random.Random(f"rows of {self.seed}")
        self.lot = folder / "lot"
        self.lot.mkdir(parents=True)
        for version, text in (("1.0.0", declare(self.old)),
                              ("2.0.0", declare(self.new, self.old, self.data_step)),
                              ("3.0.0", declare(self.last, self.new))):
            (self.lot / f"{version}.sql").write_text(text)

    def declarations(self):
        return "".join(f"---- lot/{p.name}\n{p.read_text()}"
                       for p in sorted(self.lot.iterdir()))

    # ---- programs ----

    def schemac(self, *args, codes=(0,)):
        done = execute([self.tools.program, *args], cwd=self.folder)
        if done.code not in codes:
            raise Failure(f"exit code {codes} expected\n{done.story()}")
        return done

    def url(self, name):
        return f"postgresql:///{name}?host={self.tools.server.folder}&user=postgres"

    def session(self, name):
        return Session(self.url(name))

    def lent(self, template="template0"):
        return self.tools.server.lent_database(template)

    def script(self, name, sql):
        return execute([find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v",
                        "VERBOSITY=verbose", "-d", self.url(name)],
                       cwd=self.folder, stdin=sql)

    def dump(self, name):
        done = execute([find_program("pg_dump"), "-s", "--no-owner", "-T", "schemac_*",
                        "-d", self.url(name)], cwd=self.folder)
        if done.code != 0:
            raise Failure(done.story())
        return done.out

    def diff(self, *args):
        return self.schemac("diff", "-q", "--dialect", "postgres", "--allow", "all",
                            *args).out

    # ---- the story ----

    def prove(self):
        with self.lent() as start, self.lent() as fresh:
            self.create(start, OLD)
            self.create(fresh, NEW)
            self.begin = self.dump(start)
            with self.lent(start) as blank:
                with self.session(start) as session:
                    rows.fill(self.r, session, self.old, ROWS_MOST)
                return self.told(start, fresh, blank)

    def create(self, name, version):
        sql = self.schemac("ddl", "-q", "--dialect", "postgres", version).out
        try:
            with self.session(name) as session:
                session.ask(sql)
        except ServerError as e:
            raise Failure(f"{version} cannot be made: {e}\n{sql}") from e

    def told(self, start, fresh, blank):
        up = Way(self, "up", self.old, self.new, start, fresh, self.dump(fresh))
        with self.lent(start) as name:
            plan = self.diff(OLD, NEW)
            moved = up.move(name, plan)
            if moved:
                self.check_claims(plan)
                self.there_and_back(name, blank, up)
        with self.lent(start) as name:
            if self.online(up, name) != moved:
                raise Failure(f"the plan for tables in use {word(not moved)} and the "
                              f"short one {word(moved)}\n{up.story}")
        if moved and not self.data_step and self.seed % 2 == 0:
            with self.lent(start) as name:
                self.kept(name, up)
        if moved and not self.data_step and self.seed % 3 == 2:
            self.two_roads(start)
        return "moved" if moved else "refused"

    def online(self, up, name):
        kind = self.seed % 3
        if kind == 0:
            return up.move(name, self.diff("--online", OLD, NEW), "for tables in use")
        if kind == 1 and not self.data_step:
            return up.move(name, self.diff(self.url(name), NEW), "from the live database")
        return up.migrate(name)

    def check_claims(self, plan):
        """A plan that takes something away says so."""
        kept = {c.number for t in self.new.tables for c in t.columns}
        lost = [c.name for t in self.old.tables for c in t.columns
                if c.number not in kept and not c.generated]
        used = any(c.type == "pair" and c.number in kept for t in self.old.tables
                   for c in t.columns)
        there = {x.number for x in self.new.attributes}
        lost += [x.name for x in self.old.attributes if used and x.number not in there]
        self.lossless = "\n-- loses " not in plan
        if lost and self.lossless:
            raise Failure(f"the plan does not say that {', '.join(lost)} is lost")

    def check_label(self, gone):
        """An attribute that goes is not kept, and the label of the way back says so."""
        there = {x.number for x in self.new.attributes}
        for x in self.old.attributes:
            if x.number not in there and f"attribute pair.{x.name}" not in gone:
                raise Failure(f"the label is silent about {x.name} of pair: {gone}")

    def kept(self, name, up):
        """With --keep, what was there is there again, but for what the plan names."""
        plan = self.schemac("plan", "-q", "--keep", "--dialect", "postgres", OLD, NEW)
        gone = unkept(plan.out)
        self.check_label(gone)
        where = ["lot", "--database", self.url(name)]
        how = ["--offline"] * (self.seed % 4 == 0)
        self.schemac("migrate", "-q", "baseline", "1.0.0", *where)
        self.schemac("migrate", "-q", "to", "2.0.0", "--keep", "--allow", "all", *how,
                     *where)
        self.schemac("migrate", "-q", "verify", *where)
        with self.session(name) as session:
            if rows.log_of(session) != up.log:
                raise Failure("triggers ran with --keep")
        done = self.schemac("migrate", "-q", "to", "1.0.0", *where, "--allow", "all",
                            *how, codes=(0, 3, 4))
        if done.code != 0:
            if not gone:
                raise Failure(f"what was kept does not come back\n{done.story()}")
            return
        self.schemac("migrate", "-q", "verify", *where)
        self.compare(self.begin, self.dump(name), "with --keep, there and back")
        self.check_kept(name, up, gone)

    def named_in(self, gone, t):
        return {c.number for c in t.columns
                if any(f"{bare(name)}.{c.name}" in gone for name in t.relations())}

    def check_kept(self, name, up, gone):
        cut = {x.number for x in self.old.attributes} - {
            x.number for x in self.new.attributes}
        lossy = {"mood": self.new.gone, "pair": cut}  # types
        hidden = {t.number: {c.number for c in t.columns
                             if c.generated or lossy.get(c.type)}
                  | self.named_in(gone, t) | (set() if t.primary else self.not_undone(t))
                  for t in self.old.tables}
        before = strip(up.before, hidden)
        with self.session(name) as session:
            after = strip(rows.rows_of(session, self.old), hidden)
            log = rows.log_of(session)
            left = session.ask("SELECT relname FROM pg_class WHERE relkind = 'r' AND "
                               "relname LIKE 'schemac\\_kept\\_%'")
        if before != after:
            raise Failure(f"what was kept did not come back ({', '.join(gone)})\n"
                          + differences(before, after))
        if left:
            raise Failure(f"the way back leaves {left}")
        if log != up.log:
            raise Failure("triggers ran on the way back of what was kept")

    def there_and_back(self, name, blank, up):
        """The old schema again, and the old rows where the plan lost none."""
        down = Way(self, "down", self.new, self.old, name, blank, self.begin)
        if not down.move(name, self.diff("--down", OLD, NEW)):
            if self.lossless and not any(self.not_undone(t) for t in self.old.tables):
                raise Failure(f"the way back is refused\n{down.story}")
        elif self.lossless:
            self.check_same(up, down)

    def not_undone(self, t):
        return t.not_undone(self.new.table(t.number))

    def not_given_back(self, t):
        """By @back, or by an @rollback, whose writer is taken at his word."""
        retyped = t.retyped(self.new.table(t.number)) if self.data_step else set()
        return self.not_undone(t) | retyped

    def check_same(self, up, down):
        hidden = {t.number: {c.number for c in t.columns if c.generated}
                  | self.not_given_back(t) for t in self.old.tables}
        gone = {one for one, _ in self.new.gone}
        for t in self.old.tables:
            if gone:
                hidden[t.number] |= {c.number for c in t.columns if c.type == "mood"}
        before, after = (strip(found, hidden) for found in (up.before, down.after))
        if before != after:  # what is spelt otherwise is no loss, but does not come back
            gone = unkept(self.schemac("plan", "-q", "--dialect", "postgres", OLD,
                                       NEW).out)
            for t in self.old.tables:
                hidden[t.number] |= self.named_in(gone, t)
            before, after = (strip(found, hidden) for found in (up.before, down.after))
        if before != after:
            raise Failure("a plan without losses lost values, there and back\n"
                          + differences(before, after))

    def two_roads(self, start):
        """Straight to the third version, in a folder without the second one, and by way
        of that.  What became of labels that are gone, only the second tells."""
        if self.new.gone or self.last.gone or self.takes_a_part_in():
            return
        write_straight(self.folder, declare, self.old, self.new, self.last)
        with self.lent(start) as straight, self.lent(start) as by_way:
            done = [self.script(straight, self.diff(*STRAIGHT)),
                    self.script(by_way, self.diff(OLD, NEW))]
            done.append(self.script(by_way, self.diff(NEW, LAST)))
            for one in done:
                if one.code != 0:
                    if not rows_refused(one):
                        raise Failure(f"to the third version\n{one.story()}")
                    return
            self.check_roads(straight, by_way, {
                t.number: {c.number for c in t.columns if not self.is_plain(t, c)}
                for t in self.last.tables})
            self.direct_way(start, by_way)

    def takes_a_part_in(self):
        """A table of its own that becomes a part, and is none in the end: only the second
        version tells whose its rows are."""
        return any(t.high == "alone" and self.last.table(t.number)
                   and not self.last.table(t.number).split_by for t in self.old.tables)

    def direct_way(self, start, by_way):
        """Where one plan goes over the second version, each value is what it is by way of
        it."""
        direct = self.schemac("diff", "-q", "--direct", "--dialect", "postgres",
                              "--allow", "all", OLD, LAST, codes=(0, 2))
        if direct.code == 2:
            refused_well(direct)
            return
        with self.lent(start) as database:
            done = self.script(database, direct.out)
            if done.code != 0 and not rows_refused(done):
                raise Failure(f"the direct way\n{done.story()}")
            if done.code == 0:
                self.check_roads(database, by_way,
                                 rows.differing(self.old, self.new, self.last))

    def check_roads(self, straight, by_way, hidden):
        self.compare(self.dump(straight), self.dump(by_way), "straight, and by 2.0.0")
        with self.session(straight) as one, self.session(by_way) as other:
            a, b = (rows.rows_of(s, self.last, hidden) for s in (one, other))
        if a != b:
            raise Failure("straight to 3.0.0 the rows are others than by 2.0.0\n"
                          + differences(b, a))

    def is_plain(self, t, c):
        """The same column of the same type all the way."""
        found = [schema.table(t.number) and schema.table(t.number).column(c.number)
                 for schema in (self.old, self.new)]
        return c.generated is None and c.type != "mood" and all(
            was is not None and was.type == c.type and was.generated is None
            for was in found)

    def compare(self, wanted, got, what):
        reader = self.tools.reader
        wanted, got = (with_parents(with_sorted_statistics(without_list_casts(d)))
                       for d in (wanted, got))
        if reader is None or reader.verdict(wanted, got) != "different":
            return
        a, b = reader.norm(wanted, True), reader.norm(got, True)
        raise Failure(f"{what}: the outside reader sees a difference\n" + "\n".join(
            [f"missing: {x}" for x in a if x not in b]
            + [f"not expected: {x}" for x in b if x not in a]))


LIST_CAST = re.compile(r"\(\((ARRAY\[[^][]*\])\)::text\[\]\)")
ITEM_CAST = re.compile(r"\(('(?:[^']|'')*'::character varying)\)::text")


def without_list_casts(dump):
    """The server casts a list as a whole, and its items once it has read it again."""
    return ITEM_CAST.sub(r"\1", LIST_CAST.sub(r"(\1)", dump))


ATTACHED = re.compile(r'(?m)^ALTER INDEX (?:\S.*?\.)?("(?:[^"]|"")+"|\w+)'
                      r' ATTACH PARTITION (?:\S.*?\.)?("(?:[^"]|"")+"|\w+);$')


def with_parents(dump):
    """The server numbers the indexes of partitions as they are made: here they are called
    by the parent's."""
    names = {child.strip('"'): re.sub(r"_?\d*$", "", child.strip('"')) + " of "
             + parent.strip('"') for parent, child in ATTACHED.findall(dump)}
    if not names:
        return dump
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    said = re.compile(r'(?<![\w"])(")?(' + "|".join(longest_first) + r')(?(1)")(?!\w)')
    return said.sub(lambda m: '"' + names[m[2]] + '"', dump)


def bare(name):
    return name.rpartition(".")[2]


class Way:
    """From one version to another, by one road or more."""

    def __init__(self, story, direction, old, new, start, fresh, end):
        self.story_, self.direction, self.old, self.new = story, direction, old, new
        self.is_up = direction == "up"
        self.end, self.story = end, ""
        self.hidden = rows.unpredictable(old, new, self.is_up)
        with story.session(start) as source, story.session(fresh) as target:
            self.before = rows.rows_of(source, old)
            self.counted = rows.counters(source, old)
            self.log = rows.log_of(source)
            try:
                rows.arrive(source, target, old, new, self.is_up)
                self.expected, self.why = rows.rows_of(target, new, self.hidden), None
            except rows.Refused as e:
                self.expected, self.why = None, str(e)

    def move(self, name, sql, what=""):
        """True: moved, and all is well; False: rightly refused."""
        done = self.story_.script(name, sql)
        self.story = f"{self.direction} {what}\n{done.err}"
        if done.code != 0:
            self.check_refusal(rows_refused(done), name, not what, sql)
            return False
        self.check_arrival(name)
        return True

    def migrate(self, name):
        story, url = self.story_, self.story_.url(name)
        story.schemac("migrate", "-q", "baseline", "1.0.0", "lot", "--database", url)
        done = story.schemac("migrate", "-q", "to", "2.0.0", "lot", "--database", url,
                             "--allow", "all", codes=(0, 3, 4))
        self.story = f"{self.direction} by migrate\n{done.err}"
        if done.code != 0:
            # Values that do not convert are met while they are counted, or by the one
            # transaction that all steps are in.
            whole = (done.code == 3 or "cannot be counted" in done.err
                     or "; the database is as it was, at version 1.0.0" in done.err)
            # What @from says is computed batch by batch: see docs/limits.md.
            late = "migrating to" in done.err and (
                "_not_null\"" in done.err
                or any(f'"{name}"' in done.err for name in unsaid(self.old, self.new)))
            self.check_refusal(whole or late or story.data_step, name, whole, "")
            return False
        self.check_arrival(name)
        story.schemac("migrate", "-q", "verify", "lot", "--database", url)
        return True

    def check_refusal(self, is_refusal, name, is_whole, sql):
        if not is_refusal:
            raise Failure(f"failed: {self.story}\n{sql}")
        if self.expected is not None:
            raise Failure(f"refused without need: {self.story}\n{sql}")
        with self.story_.session(name) as session:
            if is_whole and rows.rows_of(session, self.old) != self.before:
                raise Failure(f"refused, but changed: {self.story}")

    def check_arrival(self, name):
        story = self.story_
        if self.expected is None:
            raise Failure("rows moved that the new rules refuse: "
                          f"{self.why}\n{self.story}")
        with story.session(name) as session:
            self.after = rows.rows_of(session, self.new)
            got = rows.rows_of(session, self.new, self.hidden)
            counted = rows.counters(session, self.new)
            log = rows.log_of(session)
        if log != self.log:
            raise Failure(f"triggers ran: {self.story}\n{log}")
        if got != self.expected:
            raise Failure(f"rows did not arrive: {self.story}\n"
                          + differences(self.expected, got))
        for number, at in self.counted.items():
            if at is not None and counted.get(number, at) != at:
                raise Failure(f"{self.new.table(number).name} was at {at} and is at "
                              f"{counted[number]}: {self.story}")
        story.compare(self.end, story.dump(name), self.story)
        story.schemac("diff", "-q", "--exit-code", "--dialect", "postgres",
                      story.url(name), NEW if self.is_up else OLD)


def unsaid(old, new):
    """Checks, indexes and keys that only their step can ask for: see docs/limits.md."""
    brought = [name for name in new.extras if name not in old.extras]
    found = []
    for t in new.tables:
        ours = {c.number for c in t.columns if c.type in brought}
        for thing, words in [(k, k.condition) for k in t.checks] + [
                (i, i.on) for i in t.indexes]:
            if ours & set(words.columns) or any(
                    is_extension(x) or says(words.text, x) for x in brought):
                found.append(thing.name)
        found += ["_".join([bare(t.name)] + [t.column(n).name for n in key] + ["key"])
                  for key in t.uniques if ours & set(key)]
    return found


def rows_refused(done):
    return any(f"ERROR:  {state}" in done.err for state in rows.DATA_ERRORS)


def strip(found, hidden):
    return {number: sorted((sorted((n, v) for n, v in row.items()
                                   if n not in hidden[number]) for row in of), key=repr)
            for number, of in found.items()}


def word(moved):
    return "moves the rows" if moved else "refuses them"
