CREATE TABLE lots (
    id INTEGER -- @HasMany(spots)
);
