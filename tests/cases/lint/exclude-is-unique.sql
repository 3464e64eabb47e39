CREATE TABLE variants (
    id         bigint PRIMARY KEY,
    project    bigint NOT NULL,
    is_default boolean NOT NULL,
    EXCLUDE (project WITH =) WHERE (is_default)
);
