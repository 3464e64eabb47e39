"""What `ddl --dialect postgres` prints loads on a real server, facts kept."""

from pathlib import Path

from runner.databases import created, psql
from runner.engines import params

SCHEMA = Path(__file__).resolve().parents[2] / "schemas/parking"
VERSIONS = sorted(p.stem for p in SCHEMA.glob("*.sql") if p.stem[0].isdigit())


def at(version):
    return f"{SCHEMA}@{version}"


@params(*VERSIONS)
def test_loads(env, version):
    url = created(env, at(version))
    env.equal(psql(env, url, "SELECT retention_hours FROM system_config"), "24\n",
              "initial rows")
    env.equal(psql(env, url, """
        INSERT INTO vehicles (number_plate, contact_name, phone_number)
        VALUES ('KA-01', 'A. Driver', '555') RETURNING id"""), "1\n", "identity")
    env.equal(psql(env, url, """
        SELECT column_name || ' ' || data_type || ' ' || is_nullable
        FROM information_schema.columns
        WHERE table_name = 'audit_logs' ORDER BY ordinal_position"""),
        "id integer NO\naction text NO\nentity text NO\nentity_id text NO\n"
        "timestamp timestamp without time zone NO\ndetails text YES\n", "columns")


def test_money_is_exact(env):
    url = created(env, at("1.3.0"))
    env.equal(psql(env, url, """
        INSERT INTO vehicles (number_plate, contact_name, phone_number)
        VALUES ('KA-01', 'A. Driver', '555');
        INSERT INTO payments (vehicle_id, amount, payment_status)
        VALUES (1, 12.30, 'paid');
        SELECT amount FROM payments"""), "12.30\n", "amount")


@params(*zip(VERSIONS, VERSIONS[1:]))
def test_up_and_down_by_script(env, older, newer):
    url = created(env, at(older))
    psql(env, url, """INSERT INTO vehicles (number_plate, contact_name, phone_number)
                      VALUES ('KA-01', 'A. Driver', '555')""")
    ends = (at(older), at(newer))
    psql(env, url, env.ok("diff", "--dialect", "postgres", *ends))
    fresh = created(env, at(newer))
    env.equal(facts(env, url), facts(env, fresh), "migrated and fresh")
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--down", *ends))
    env.equal(facts(env, url), facts(env, created(env, at(older))), "down and fresh")
    env.equal(psql(env, url, "SELECT number_plate FROM vehicles"), "KA-01\n", "rows")


def facts(env, url):
    """What the server says about tables, constraints and indexes, in a fixed order."""
    return psql(env, url, """
        SELECT table_name, column_name, data_type, is_nullable, column_default,
               numeric_precision, numeric_scale, is_identity
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2;
        SELECT conrelid::regclass, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        ORDER BY 1::text, 2;
        SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        ORDER BY 1""")
