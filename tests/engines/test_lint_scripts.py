"""What another reader of migration scripts finds in its own cases, our rules find too."""

import json

# Its rule: ours.
RULES = {
    "adding-field-with-default": "column-rewrites-table",
    "adding-foreign-key-constraint": "constraint-scans",
    "adding-not-nullable-field": "not-null-scans",
    "adding-required-field": "required-column",
    "adding-serial-primary-key-field": "key-builds-index",
    "ban-char-field": "char-padding",
    "ban-concurrent-index-creation-in-transaction": "concurrently-in-transaction",
    "ban-create-domain-with-constraint": "domain-constraint",
    "ban-drop-database": "drop-database",
    "ban-truncate-cascade": "truncate-cascade",
    "ban-uncommitted-transaction": "transaction-left-open",
    "changing-column-type": "type-change",
    "constraint-missing-not-valid": ("constraint-scans", "validate-in-transaction"),
    "disallowed-unique-constraint": "key-builds-index",
    "prefer-repack": "table-rewritten",
    "prefer-text-field": "varchar-limit",
    "prefer-timestamp-tz": "timestamp-without-zone",
    "renaming-column": "rename-column",
    "renaming-table": "rename-table",
    "require-concurrent-index-creation": "index-blocks-writes",
    "require-concurrent-index-deletion": "drop-index-blocks",
    "require-concurrent-reindex": "reindex-blocks",
    "require-enum-value-ordering": "enum-value-at-end",
    "require-lock-timeout": "no-lock-timeout",
    "require-timeout-settings": "no-lock-timeout",
    "transaction-nesting": "transaction-nesting",
}

# Its rules that we have none for, and why.
NOT_OURS = {
    "identifier-too-long": "about a schema: name-too-long, asked of declarations",
    "prefer-bigint-over-int": "about a schema: small-key is about keys, not any number",
    "prefer-bigint-over-smallint": "about a schema: likewise",
    "prefer-identity": "about a schema: serial-not-identity, asked of declarations",
    "prefer-robust-stmts": "IF NOT EXISTS takes what is broken or different for what is "
                           "wanted: measured, and not recommended",
    "require-table-schema": "a matter of style, off in the other reader as well",
}

# Its cases that ask for what we do not have, by what they say.
WITHOUT = {
    "assume_in_transaction": "a script says BEGIN itself",
}

# Its cases that we judge otherwise on purpose, and why; a case that agrees after all
# fails the test.
OTHERWISE = {
    "ban-char-field/14": "PostgreSQL has no type \"character\" in quotes",
    "ban-char-field/16": "char(1): char-padding is about what is longer",
    "ban-char-field/6": "char(1)",
    "ban-char-field/7": "char(1)",
    "ban-char-field/8": "char(1)",
    "ban-char-field/9": "bpchar without a length pads nothing",
    "require-timeout-settings/12": "VACUUM without FULL queues nobody behind it: measured",
}

LEAST_CASES = 95
LEAST_SHARE = 0.95


def cases(env):
    """(name, is it to fire, path) of those that apply: PostgreSQL takes the SQL, and
    nothing is asked for that we do not have."""
    for meta in sorted(env.shared("cases/lint/squawk").glob("*/*.meta.json")):
        said = json.loads(meta.read_text())
        sql = meta.with_name(meta.name.replace(".meta.json", ".sql"))
        asks = any(word in (said["settings"] or "") for word in WITHOUT)
        if said["rule"] not in NOT_OURS and said["parses_pg15"] and not asks:
            yield said["rule"], sql.stem, said["expect"] == "bad", sql


def found(env, path):
    done = env.schemac("lint", "-v", "--script", "--diagnostics", "json", path)
    env.check(done.code in (0, 1, 2), done.story())
    return {d["code"] for d in json.loads(done.err)}


def test_other_reader(env):
    """Each of its rules is one of ours or stands in NOT_OURS with the reason; ours fires
    where it must and is silent where it must not."""
    there = {p.name for p in env.shared("cases/lint/squawk").iterdir() if p.is_dir()}
    env.check(there == RULES.keys() | NOT_OURS.keys(),
              f"without an answer: {there ^ (RULES.keys() | NOT_OURS.keys())}")
    good, bad = 0, set()
    for rule, number, wanted, path in cases(env):
        ours = RULES[rule]
        ours = {ours} if isinstance(ours, str) else set(ours)
        if bool(ours & found(env, path)) == wanted:
            good += 1
        else:
            bad.add(f"{rule}/{number}")
    env.equal(OTHERWISE.keys() - bad, set(), "OTHERWISE lists what agrees")
    total = good + len(bad - OTHERWISE.keys())
    env.check(total >= LEAST_CASES, f"only {total} cases")
    env.check(good >= LEAST_SHARE * total, f"{good} of {total}; not: {sorted(bad)}")
    return (f"{good} of {total} scripts of another reader are judged as it does, "
            f"{len(OTHERWISE)} otherwise on purpose")
