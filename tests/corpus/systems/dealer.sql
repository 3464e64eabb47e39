-- What the plan of the car dealer takes for granted.
CREATE TABLE users (id bigserial PRIMARY KEY, name varchar(100) NOT NULL);
CREATE TABLE repair_orders (
    id bigserial PRIMARY KEY,
    number varchar(50) NOT NULL,
    status varchar(20) NOT NULL,
    technician_id bigint REFERENCES users (id)
);
