CREATE TABLE branches (id bigint PRIMARY KEY);
CREATE TABLE users (
    id        bigint PRIMARY KEY,
    code      integer NOT NULL UNIQUE,
    role      integer NOT NULL, -- @from CASE role WHEN 'a' THEN 1 ELSE 2 END
    branch_id bigint NOT NULL REFERENCES branches (id)
);
CREATE TABLE logs (
    id        bigint PRIMARY KEY,
    user_id   bigint NOT NULL REFERENCES users (id),
    user_code integer NOT NULL REFERENCES users (code)
);
