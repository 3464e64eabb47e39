CREATE TABLE variants (
    id         bigint PRIMARY KEY,
    project    bigint NOT NULL,
    is_default boolean NOT NULL
);
CREATE UNIQUE INDEX variants_one_default ON variants (project) WHERE is_default;
