-- What the plan of the caterer takes for granted.
CREATE TABLE customers (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE bookings (
    id uuid PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id),
    event_date date NOT NULL
);
CREATE TABLE payments (
    id uuid PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id),
    amount numeric(10, 2) NOT NULL
);
