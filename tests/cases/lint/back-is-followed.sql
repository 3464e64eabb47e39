CREATE TYPE state AS ENUM ('NEW', 'OPEN', 'SHUT', 'GONE', 'ODD');
CREATE TABLE doors (
    id   bigint PRIMARY KEY,
    -- Known by a list, by two conditions, and by what is left; ODD has a word of its own.
    -- @from CASE WHEN a IN ('n', 'N') THEN 'NEW' WHEN a = 'o' OR a = 'O' THEN 'OPEN' WHEN a <> 's' AND a <> 'S' THEN 'GONE' ELSE 'SHUT' END
    -- @back CASE a WHEN 'ODD' THEN 'x' || lower('Y') ELSE lower(coalesce(replace(a, 'EW', ''), '')) END
    a    state NOT NULL,
    -- Two values have one word between them.
    -- @from CASE b WHEN 'open' THEN 'OPEN' ELSE 'SHUT' END
    -- @back CASE WHEN b IN ('OPEN', 'NEW') THEN 'open' ELSE 'shut' END
    b    text NOT NULL CHECK (b IN ('OPEN', 'NEW', 'SHUT')),
    -- What only a database knows.
    -- @from CASE md5(c) WHEN 'x' THEN 'OPEN' ELSE 'SHUT' END
    -- @back lower(c)
    c    text NOT NULL CHECK (c IN ('OPEN', 'SHUT'))
);
