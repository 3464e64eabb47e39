create table orders (
    id bigint primary key,
    status varchar(20) not null default 'PENDING' check (status in ('PENDING', 'IN_PROGRESS', 'WAITING_PARTS', 'COMPLETED', 'CANCELLED')),
    customer_id bigint not null constraint orders_customer references customers (customer_number) ON DELETE restrict ON UPDATE cascade,
    amount numeric(12,2) constraint amount_is_not_below_zero_nor_above_what_one_person_may_sign check (amount BETWEEN 0 and 10000), -- stays
    constraint orders_end_after_they_have_begun check (ended_at IS NULL or ended_at >= started_at),
    foreign key (warehouse_number, shelf_number) references shelves (warehouse_number, shelf_number),
    unique (customer_id, status)
);
alter table orders add constraint fk_orders_bay_id foreign key (bay_id) references service_bays (id) ON DELETE set null,
    add column bay_id bigint;
