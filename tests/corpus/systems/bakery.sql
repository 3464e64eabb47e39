-- What the plan of the bakery takes for granted.
CREATE TABLE ingredient_lots (
    id bigserial PRIMARY KEY,
    supplier_name text,
    status text NOT NULL,
    quality_status text NOT NULL
);
CREATE TABLE production_runs (
    id bigserial PRIMARY KEY,
    status text NOT NULL,
    quality_status text NOT NULL,
    actual_start_time timestamptz,
    actual_end_time timestamptz,
    created_at timestamptz NOT NULL
);
CREATE TABLE batch_ingredients (
    id bigserial PRIMARY KEY,
    production_run_id bigint NOT NULL REFERENCES production_runs (id),
    ingredient_lot_id bigint NOT NULL REFERENCES ingredient_lots (id)
);
CREATE TABLE pallets (id bigserial PRIMARY KEY, status text NOT NULL, location text);
