CREATE TABLE branches (id bigint PRIMARY KEY);
CREATE TABLE users (
    id        bigint PRIMARY KEY,
    code      text NOT NULL UNIQUE,
    role      text NOT NULL,
    branch_id bigint NOT NULL REFERENCES branches (id)
);
CREATE TABLE logs (
    id        bigint PRIMARY KEY,
    user_id   bigint NOT NULL REFERENCES users (id),
    user_code text NOT NULL REFERENCES users (code)
);
