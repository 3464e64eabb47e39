-- dealer: from nothing to 1.2.0 (postgres)

BEGIN;

-- 01 create table accounts
CREATE TABLE accounts (
    id bigserial PRIMARY KEY,
    parent_id bigint REFERENCES accounts (id) ON DELETE RESTRICT,
    code varchar(20) NOT NULL UNIQUE,
    name varchar(150) NOT NULL,
    account_type varchar(20) NOT NULL,
    is_active boolean NOT NULL DEFAULT TRUE,
    CHECK (account_type IN ('ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE'))
);

-- 02 create table branches
CREATE TABLE branches (
    id bigserial PRIMARY KEY,
    code varchar(20) NOT NULL UNIQUE,
    name varchar(100) NOT NULL,
    address text,
    city varchar(100),
    phone varchar(30),
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- 03 create table roles
CREATE TABLE roles (
    id bigserial PRIMARY KEY,
    code varchar(20) NOT NULL UNIQUE,
    name varchar(100) NOT NULL,
    description text,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- 04 create table users
CREATE TABLE users (
    id bigserial PRIMARY KEY,
    branch_id bigint NOT NULL REFERENCES branches (id),
    username varchar(50) NOT NULL UNIQUE,
    full_name varchar(100) NOT NULL,
    email varchar(150) UNIQUE,
    phone varchar(30),
    password_hash text NOT NULL,
    role_id bigint NOT NULL REFERENCES roles (id),
    status varchar(20) NOT NULL DEFAULT 'ACTIVE',
    last_login_at timestamp,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (status IN ('ACTIVE', 'LOCKED', 'LEFT'))
);

-- 05 create table audit_logs
CREATE TABLE audit_logs (
    id bigserial PRIMARY KEY,
    user_id bigint REFERENCES users (id),
    action varchar(20) NOT NULL,
    entity varchar(60) NOT NULL,
    entity_id bigint,
    old_values jsonb,
    new_values jsonb,
    logged_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (action IN ('INSERT', 'UPDATE', 'DELETE', 'LOGIN'))
);
COMMENT ON COLUMN audit_logs.entity IS 'the table that was changed';

-- 06 create table service_bays
CREATE TABLE service_bays (
    id bigserial PRIMARY KEY,
    name varchar(100) NOT NULL,
    location varchar(100),
    capacity integer DEFAULT 1,
    equipment jsonb DEFAULT '[]',
    status varchar(20) DEFAULT 'ACTIVE',
    is_available boolean DEFAULT TRUE,
    created_at timestamp DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp DEFAULT CURRENT_TIMESTAMP,
    CHECK (status IN ('ACTIVE', 'INACTIVE', 'MAINTENANCE'))
);
COMMENT ON COLUMN service_bays.name IS 'Bay 1, Bay 2, Bay 3';
COMMENT ON COLUMN service_bays.location IS 'Area A, Area B, Workshop';
COMMENT ON COLUMN service_bays.capacity IS 'Maximum vehicles per bay';
COMMENT ON COLUMN service_bays.equipment IS 'Array of equipment';

-- 07 create table customers
CREATE TABLE customers (
    id bigserial PRIMARY KEY,
    branch_id bigint NOT NULL REFERENCES branches (id),
    customer_number varchar(30) NOT NULL UNIQUE,
    customer_type varchar(20) NOT NULL DEFAULT 'PERSON',
    full_name varchar(150) NOT NULL,
    identity_number varchar(50) UNIQUE,
    tax_number varchar(50),
    birth_date date,
    phone varchar(30) NOT NULL,
    email varchar(150),
    status varchar(20) NOT NULL DEFAULT 'ACTIVE',
    notes text,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (customer_type IN ('PERSON', 'COMPANY')),
    CHECK (status IN ('ACTIVE', 'INACTIVE', 'BLOCKED'))
);
COMMENT ON COLUMN customers.identity_number IS 'identity card or company registration';

-- 08 create table vehicle_models
CREATE TABLE vehicle_models (
    id bigserial PRIMARY KEY,
    code varchar(30) NOT NULL UNIQUE,
    name varchar(100) NOT NULL,
    body_type varchar(30),
    transmission varchar(20) NOT NULL,
    engine_cc integer,
    list_price numeric(15, 2) NOT NULL DEFAULT 0,
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (transmission IN ('MANUAL', 'AUTOMATIC', 'CVT')),
    CHECK (engine_cc > 0),
    CHECK (list_price >= 0)
);

-- 09 create table vehicle_colors
CREATE TABLE vehicle_colors (
    id bigserial PRIMARY KEY,
    code varchar(20) NOT NULL UNIQUE,
    name varchar(60) NOT NULL,
    hex_code char(7)
);

-- 10 create table customer_vehicles
CREATE TABLE customer_vehicles (
    id bigserial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    model_id bigint NOT NULL REFERENCES vehicle_models (id),
    color_id bigint REFERENCES vehicle_colors (id),
    plate_number varchar(20) UNIQUE,
    vin varchar(17) NOT NULL UNIQUE,
    engine_number varchar(30),
    production_year smallint,
    mileage_km integer NOT NULL DEFAULT 0,
    purchased_on date,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (production_year BETWEEN 1950 AND 2100),
    CHECK (mileage_km >= 0)
);

-- 11 create table service_packages
CREATE TABLE service_packages (
    id bigserial PRIMARY KEY,
    code varchar(30) NOT NULL UNIQUE,
    name varchar(150) NOT NULL,
    model_id bigint REFERENCES vehicle_models (id),
    interval_km integer,
    interval_months smallint,
    price numeric(15, 2) NOT NULL,
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (interval_km > 0),
    CHECK (interval_months > 0),
    CHECK (price >= 0)
);
COMMENT ON COLUMN service_packages.model_id IS 'NULL: for each model';

-- 12 create table service_appointments
CREATE TABLE service_appointments (
    id bigserial PRIMARY KEY,
    branch_id bigint NOT NULL REFERENCES branches (id),
    customer_id bigint NOT NULL REFERENCES customers (id),
    customer_vehicle_id bigint NOT NULL REFERENCES customer_vehicles (id),
    package_id bigint REFERENCES service_packages (id) ON DELETE SET NULL,
    advisor_id bigint REFERENCES users (id) ON DELETE SET NULL,
    scheduled_at timestamp NOT NULL,
    complaint text,
    status varchar(20) NOT NULL DEFAULT 'BOOKED',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (status IN ('BOOKED', 'CONFIRMED', 'ARRIVED', 'MISSED', 'CANCELLED'))
);

-- 13 create table repair_orders
CREATE TABLE repair_orders (
    id bigserial PRIMARY KEY,
    order_number varchar(30) NOT NULL UNIQUE,
    branch_id bigint NOT NULL REFERENCES branches (id),
    customer_id bigint NOT NULL REFERENCES customers (id),
    customer_vehicle_id bigint NOT NULL REFERENCES customer_vehicles (id),
    appointment_id bigint UNIQUE REFERENCES service_appointments (id) ON DELETE SET NULL,
    advisor_id bigint NOT NULL REFERENCES users (id),
    mileage_km integer NOT NULL,
    complaint text NOT NULL,
    diagnosis text,
    opened_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    promised_at timestamp,
    completed_at timestamp,
    labor_amount numeric(15, 2) NOT NULL DEFAULT 0,
    parts_amount numeric(15, 2) NOT NULL DEFAULT 0,
    tax_amount numeric(15, 2) NOT NULL DEFAULT 0,
    status varchar(20) NOT NULL DEFAULT 'PENDING',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    bay_number varchar(20),
    bay_id bigint,
    CHECK (mileage_km >= 0),
    CHECK (labor_amount >= 0),
    CHECK (parts_amount >= 0),
    CHECK (tax_amount >= 0),
    CHECK (status IN ('PENDING', 'IN_PROGRESS', 'WAITING_PARTS', 'COMPLETED', 'INVOICED', 'CANCELLED')),
    CONSTRAINT fk_repair_orders_bay_id FOREIGN KEY (bay_id) REFERENCES service_bays (id) ON DELETE SET NULL
);
COMMENT ON COLUMN repair_orders.bay_number IS 'Assigned bay number';
COMMENT ON COLUMN repair_orders.bay_id IS 'Foreign key to service_bays';

-- 14 create table bay_assignments
CREATE TABLE bay_assignments (
    id bigserial PRIMARY KEY,
    bay_id bigint NOT NULL REFERENCES service_bays (id) ON DELETE RESTRICT,
    repair_order_id bigint NOT NULL REFERENCES repair_orders (id) ON DELETE CASCADE,
    start_time timestamp NOT NULL,
    end_time timestamp,
    status varchar(20) DEFAULT 'ASSIGNED',
    technician_id bigint REFERENCES users (id) ON DELETE SET NULL,
    notes text,
    created_at timestamp DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp DEFAULT CURRENT_TIMESTAMP,
    CHECK (status IN ('ASSIGNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'))
);

-- 15 create table bay_status_logs
CREATE TABLE bay_status_logs (
    id bigserial PRIMARY KEY,
    bay_id bigint NOT NULL REFERENCES service_bays (id) ON DELETE RESTRICT,
    assignment_id bigint REFERENCES bay_assignments (id) ON DELETE SET NULL,
    status varchar(20) NOT NULL,
    changed_by bigint NOT NULL REFERENCES users (id),
    changed_at timestamp DEFAULT CURRENT_TIMESTAMP,
    details jsonb,
    CHECK (status IN ('ACTIVE', 'INACTIVE', 'MAINTENANCE', 'ASSIGNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'))
);

-- 16 create table campaigns
CREATE TABLE campaigns (
    id bigserial PRIMARY KEY,
    name varchar(150) NOT NULL UNIQUE,
    channel varchar(20) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    budget numeric(15, 2) NOT NULL DEFAULT 0,
    status varchar(20) NOT NULL DEFAULT 'PLANNED',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (channel IN ('MAIL', 'MESSAGE', 'EVENT', 'WEB')),
    CHECK (budget >= 0),
    CHECK (status IN ('PLANNED', 'RUNNING', 'ENDED')),
    CONSTRAINT campaigns_end_after_start CHECK (ends_on >= starts_on)
);

-- 17 create table campaign_members
CREATE TABLE campaign_members (
    campaign_id bigint REFERENCES campaigns (id) ON DELETE CASCADE,
    customer_id bigint REFERENCES customers (id) ON DELETE CASCADE,
    responded_at timestamp,
    PRIMARY KEY (campaign_id, customer_id)
);

-- 18 create table customer_addresses
CREATE TABLE customer_addresses (
    id bigserial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    address_type varchar(20) NOT NULL DEFAULT 'HOME',
    street varchar(200) NOT NULL,
    city varchar(100) NOT NULL,
    province varchar(100),
    postal_code varchar(10),
    is_primary boolean NOT NULL DEFAULT FALSE,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (address_type IN ('HOME', 'OFFICE', 'BILLING'))
);

-- 19 create table customer_contacts
CREATE TABLE customer_contacts (
    id bigserial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    full_name varchar(150) NOT NULL,
    relationship varchar(50),
    phone varchar(30),
    email varchar(150),
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- 20 create table vehicles
CREATE TABLE vehicles (
    id bigserial PRIMARY KEY,
    branch_id bigint NOT NULL REFERENCES branches (id),
    model_id bigint NOT NULL REFERENCES vehicle_models (id),
    color_id bigint NOT NULL REFERENCES vehicle_colors (id),
    vin varchar(17) NOT NULL UNIQUE,
    engine_number varchar(30) NOT NULL UNIQUE,
    production_year smallint NOT NULL,
    cost_price numeric(15, 2) NOT NULL,
    list_price numeric(15, 2) NOT NULL,
    received_on date,
    status varchar(20) NOT NULL DEFAULT 'ORDERED',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (production_year BETWEEN 1950 AND 2100),
    CHECK (cost_price >= 0),
    CHECK (list_price >= 0),
    CHECK (status IN ('ORDERED', 'IN_STOCK', 'RESERVED', 'SOLD', 'DELIVERED'))
);

-- 21 create table lead_sources
CREATE TABLE lead_sources (
    id bigserial PRIMARY KEY,
    code varchar(20) NOT NULL UNIQUE,
    name varchar(100) NOT NULL,
    is_active boolean NOT NULL DEFAULT TRUE
);

-- 22 create table leads
CREATE TABLE leads (
    id bigserial PRIMARY KEY,
    branch_id bigint NOT NULL REFERENCES branches (id),
    source_id bigint NOT NULL REFERENCES lead_sources (id),
    customer_id bigint REFERENCES customers (id) ON DELETE SET NULL,
    model_id bigint REFERENCES vehicle_models (id) ON DELETE SET NULL,
    assigned_to bigint REFERENCES users (id) ON DELETE SET NULL,
    full_name varchar(150) NOT NULL,
    phone varchar(30) NOT NULL,
    email varchar(150),
    status varchar(20) NOT NULL DEFAULT 'NEW',
    lost_reason varchar(200),
    notes text,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (status IN ('NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST'))
);

-- 23 create table quotations
CREATE TABLE quotations (
    id bigserial PRIMARY KEY,
    quotation_number varchar(30) NOT NULL UNIQUE,
    customer_id bigint NOT NULL REFERENCES customers (id),
    lead_id bigint REFERENCES leads (id) ON DELETE SET NULL,
    model_id bigint NOT NULL REFERENCES vehicle_models (id),
    salesperson_id bigint NOT NULL REFERENCES users (id),
    unit_price numeric(15, 2) NOT NULL,
    discount numeric(15, 2) NOT NULL DEFAULT 0,
    valid_until date NOT NULL,
    status varchar(20) NOT NULL DEFAULT 'DRAFT',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (unit_price >= 0),
    CHECK (discount >= 0),
    CHECK (status IN ('DRAFT', 'SENT', 'ACCEPTED', 'REJECTED', 'EXPIRED')),
    CONSTRAINT quotations_discount_within_price CHECK (discount <= unit_price)
);

-- 24 create table sales_orders
CREATE TABLE sales_orders (
    id bigserial PRIMARY KEY,
    order_number varchar(30) NOT NULL UNIQUE,
    branch_id bigint NOT NULL REFERENCES branches (id),
    customer_id bigint NOT NULL REFERENCES customers (id),
    vehicle_id bigint REFERENCES vehicles (id) ON DELETE RESTRICT,
    quotation_id bigint UNIQUE REFERENCES quotations (id) ON DELETE SET NULL,
    salesperson_id bigint NOT NULL REFERENCES users (id),
    ordered_on date NOT NULL,
    payment_type varchar(20) NOT NULL,
    subtotal numeric(15, 2) NOT NULL DEFAULT 0,
    discount numeric(15, 2) NOT NULL DEFAULT 0,
    tax_amount numeric(15, 2) NOT NULL DEFAULT 0,
    total_amount numeric(15, 2) NOT NULL DEFAULT 0,
    status varchar(20) NOT NULL DEFAULT 'DRAFT',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (payment_type IN ('CASH', 'CREDIT', 'LEASING')),
    CHECK (subtotal >= 0),
    CHECK (discount >= 0),
    CHECK (tax_amount >= 0),
    CHECK (total_amount >= 0),
    CHECK (status IN ('DRAFT', 'CONFIRMED', 'DELIVERED', 'CANCELLED')),
    CONSTRAINT sales_orders_sum CHECK (total_amount = subtotal - discount + tax_amount)
);

-- 25 create table customer_feedback
CREATE TABLE customer_feedback (
    id bigserial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    sales_order_id bigint REFERENCES sales_orders (id) ON DELETE CASCADE,
    repair_order_id bigint REFERENCES repair_orders (id) ON DELETE CASCADE,
    score smallint NOT NULL,
    remarks text,
    received_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (score BETWEEN 1 AND 5)
);

-- 26 create table deliveries
CREATE TABLE deliveries (
    id bigserial PRIMARY KEY,
    sales_order_id bigint NOT NULL UNIQUE REFERENCES sales_orders (id) ON DELETE RESTRICT,
    delivered_by bigint REFERENCES users (id) ON DELETE SET NULL,
    scheduled_at timestamp NOT NULL,
    delivered_at timestamp,
    checklist jsonb NOT NULL DEFAULT '[]',
    status varchar(20) NOT NULL DEFAULT 'SCHEDULED',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (status IN ('SCHEDULED', 'POSTPONED', 'HANDED_OVER'))
);
COMMENT ON COLUMN deliveries.checklist IS 'what was handed over';

-- 27 create table documents
CREATE TABLE documents (
    id bigserial PRIMARY KEY,
    entity varchar(60) NOT NULL,
    entity_id bigint NOT NULL,
    title varchar(150) NOT NULL,
    file_name varchar(255) NOT NULL,
    media_type varchar(100) NOT NULL,
    size_bytes bigint NOT NULL,
    uploaded_by bigint NOT NULL REFERENCES users (id),
    uploaded_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (size_bytes >= 0)
);
COMMENT ON COLUMN documents.entity IS 'the table of the row that it belongs to';

-- 28 create table suppliers
CREATE TABLE suppliers (
    id bigserial PRIMARY KEY,
    code varchar(30) NOT NULL UNIQUE,
    name varchar(150) NOT NULL,
    tax_number varchar(50),
    phone varchar(30),
    email varchar(150),
    payment_days smallint NOT NULL DEFAULT 30,
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (payment_days >= 0)
);

-- 29 create table warehouses
CREATE TABLE warehouses (
    id bigserial PRIMARY KEY,
    branch_id bigint NOT NULL REFERENCES branches (id),
    code varchar(20) NOT NULL UNIQUE,
    name varchar(100) NOT NULL,
    is_active boolean NOT NULL DEFAULT TRUE
);

-- 30 create table purchase_orders
CREATE TABLE purchase_orders (
    id bigserial PRIMARY KEY,
    order_number varchar(30) NOT NULL UNIQUE,
    supplier_id bigint NOT NULL REFERENCES suppliers (id),
    warehouse_id bigint NOT NULL REFERENCES warehouses (id),
    ordered_by bigint NOT NULL REFERENCES users (id),
    ordered_on date NOT NULL,
    expected_on date,
    total_amount numeric(15, 2) NOT NULL DEFAULT 0,
    status varchar(20) NOT NULL DEFAULT 'DRAFT',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (total_amount >= 0),
    CHECK (status IN ('DRAFT', 'SENT', 'PARTIAL', 'RECEIVED', 'CANCELLED'))
);

-- 31 create table goods_receipts
CREATE TABLE goods_receipts (
    id bigserial PRIMARY KEY,
    receipt_number varchar(30) NOT NULL UNIQUE,
    purchase_order_id bigint NOT NULL REFERENCES purchase_orders (id) ON DELETE RESTRICT,
    received_by bigint NOT NULL REFERENCES users (id),
    received_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    delivery_note varchar(60),
    remarks text
);

-- 32 create table insurance_companies
CREATE TABLE insurance_companies (
    id bigserial PRIMARY KEY,
    code varchar(30) NOT NULL UNIQUE,
    name varchar(150) NOT NULL,
    phone varchar(30),
    email varchar(150),
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- 33 create table insurance_policies
CREATE TABLE insurance_policies (
    id bigserial PRIMARY KEY,
    company_id bigint NOT NULL REFERENCES insurance_companies (id),
    policy_number varchar(50) NOT NULL,
    customer_vehicle_id bigint NOT NULL REFERENCES customer_vehicles (id),
    coverage varchar(20) NOT NULL,
    premium numeric(15, 2) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    status varchar(20) NOT NULL DEFAULT 'OFFERED',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (coverage IN ('COMPREHENSIVE', 'TOTAL_LOSS', 'THIRD_PARTY')),
    CHECK (premium >= 0),
    CHECK (status IN ('OFFERED', 'IN_FORCE', 'LAPSED', 'TERMINATED')),
    UNIQUE (company_id, policy_number),
    CONSTRAINT insurance_policies_end_after_start CHECK (ends_on > starts_on)
);

-- 34 create table tax_rates
CREATE TABLE tax_rates (
    id bigserial PRIMARY KEY,
    code varchar(20) NOT NULL,
    name varchar(100) NOT NULL,
    percent numeric(5, 2) NOT NULL,
    valid_from date NOT NULL,
    CHECK (percent >= 0 AND percent <= 100),
    UNIQUE (code, valid_from)
);

-- 35 create table invoices
CREATE TABLE invoices (
    id bigserial PRIMARY KEY,
    invoice_number varchar(30) NOT NULL UNIQUE,
    branch_id bigint NOT NULL REFERENCES branches (id),
    customer_id bigint NOT NULL REFERENCES customers (id),
    sales_order_id bigint REFERENCES sales_orders (id) ON DELETE RESTRICT,
    repair_order_id bigint REFERENCES repair_orders (id) ON DELETE RESTRICT,
    tax_rate_id bigint REFERENCES tax_rates (id),
    issued_on date NOT NULL,
    due_on date NOT NULL,
    subtotal numeric(15, 2) NOT NULL DEFAULT 0,
    tax_amount numeric(15, 2) NOT NULL DEFAULT 0,
    total_amount numeric(15, 2) NOT NULL DEFAULT 0,
    status varchar(20) NOT NULL DEFAULT 'DRAFT',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (subtotal >= 0),
    CHECK (tax_amount >= 0),
    CHECK (total_amount >= 0),
    CHECK (status IN ('DRAFT', 'ISSUED', 'PAID', 'VOID')),
    CONSTRAINT invoices_sum CHECK (total_amount = subtotal + tax_amount),
    CONSTRAINT invoices_one_order CHECK (sales_order_id IS NULL OR repair_order_id IS NULL)
);

-- 36 create table invoice_items
CREATE TABLE invoice_items (
    id bigserial PRIMARY KEY,
    invoice_id bigint NOT NULL REFERENCES invoices (id) ON DELETE CASCADE,
    line_number smallint NOT NULL,
    description varchar(200) NOT NULL,
    quantity numeric(12, 2) NOT NULL DEFAULT 1,
    unit_price numeric(15, 2) NOT NULL,
    amount numeric(15, 2) NOT NULL,
    CHECK (line_number > 0),
    CHECK (quantity > 0),
    CHECK (unit_price >= 0),
    CHECK (amount >= 0),
    UNIQUE (invoice_id, line_number)
);

-- 37 create table journal_entries
CREATE TABLE journal_entries (
    id bigserial PRIMARY KEY,
    entry_number varchar(30) NOT NULL UNIQUE,
    branch_id bigint NOT NULL REFERENCES branches (id),
    entry_date date NOT NULL,
    description varchar(200) NOT NULL,
    posted_by bigint REFERENCES users (id),
    posted_at timestamp,
    status varchar(20) NOT NULL DEFAULT 'DRAFT',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (status IN ('DRAFT', 'POSTED', 'REVERSED'))
);

-- 38 create table journal_lines
CREATE TABLE journal_lines (
    id bigserial PRIMARY KEY,
    entry_id bigint NOT NULL REFERENCES journal_entries (id) ON DELETE CASCADE,
    line_number smallint NOT NULL,
    account_id bigint NOT NULL REFERENCES accounts (id),
    debit numeric(15, 2) NOT NULL DEFAULT 0,
    credit numeric(15, 2) NOT NULL DEFAULT 0,
    description varchar(200),
    CHECK (line_number > 0),
    CHECK (debit >= 0),
    CHECK (credit >= 0),
    UNIQUE (entry_id, line_number),
    CONSTRAINT journal_lines_one_side CHECK ((debit = 0) <> (credit = 0))
);

-- 39 create table labor_operations
CREATE TABLE labor_operations (
    id bigserial PRIMARY KEY,
    code varchar(30) NOT NULL UNIQUE,
    name varchar(150) NOT NULL,
    standard_hours numeric(6, 2) NOT NULL,
    hourly_rate numeric(15, 2) NOT NULL,
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (standard_hours > 0),
    CHECK (hourly_rate >= 0)
);

-- 40 create table lead_activities
CREATE TABLE lead_activities (
    id bigserial PRIMARY KEY,
    lead_id bigint NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users (id),
    activity_type varchar(20) NOT NULL,
    summary text NOT NULL,
    happened_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    follow_up_at timestamp,
    CHECK (activity_type IN ('CALL', 'VISIT', 'MESSAGE', 'TEST_DRIVE'))
);

-- 41 create table notifications
CREATE TABLE notifications (
    id bigserial PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title varchar(150) NOT NULL,
    body text,
    is_read boolean NOT NULL DEFAULT FALSE,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- 42 create table part_categories
CREATE TABLE part_categories (
    id bigserial PRIMARY KEY,
    parent_id bigint REFERENCES part_categories (id) ON DELETE RESTRICT,
    code varchar(30) NOT NULL UNIQUE,
    name varchar(100) NOT NULL
);

-- 43 create table parts
CREATE TABLE parts (
    id bigserial PRIMARY KEY,
    part_number varchar(50) NOT NULL UNIQUE,
    category_id bigint NOT NULL REFERENCES part_categories (id),
    supplier_id bigint REFERENCES suppliers (id) ON DELETE SET NULL,
    superseded_by bigint REFERENCES parts (id) ON DELETE SET NULL,
    name varchar(150) NOT NULL,
    unit varchar(10) NOT NULL DEFAULT 'PCS',
    cost_price numeric(15, 2) NOT NULL DEFAULT 0,
    sale_price numeric(15, 2) NOT NULL DEFAULT 0,
    is_genuine boolean NOT NULL DEFAULT TRUE,
    status varchar(20) NOT NULL DEFAULT 'ACTIVE',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (cost_price >= 0),
    CHECK (sale_price >= 0),
    CHECK (status IN ('ACTIVE', 'SUPERSEDED', 'DISCONTINUED'))
);

-- 44 create table part_stocks
CREATE TABLE part_stocks (
    warehouse_id bigint REFERENCES warehouses (id),
    part_id bigint REFERENCES parts (id),
    on_hand numeric(12, 2) NOT NULL DEFAULT 0,
    reserved numeric(12, 2) NOT NULL DEFAULT 0,
    minimum numeric(12, 2) NOT NULL DEFAULT 0,
    bin varchar(20),
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (warehouse_id, part_id),
    CHECK (on_hand >= 0),
    CHECK (reserved >= 0),
    CHECK (minimum >= 0),
    CONSTRAINT part_stocks_reserved_is_there CHECK (reserved <= on_hand)
);

-- 45 create table payments
CREATE TABLE payments (
    id bigserial PRIMARY KEY,
    payment_number varchar(30) NOT NULL UNIQUE,
    invoice_id bigint NOT NULL REFERENCES invoices (id) ON DELETE RESTRICT,
    method varchar(20) NOT NULL,
    amount numeric(15, 2) NOT NULL,
    paid_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    received_by bigint NOT NULL REFERENCES users (id),
    reference varchar(60),
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (method IN ('CASH', 'TRANSFER', 'CARD', 'LEASING')),
    CHECK (amount > 0)
);

-- 46 create table permissions
CREATE TABLE permissions (
    id bigserial PRIMARY KEY,
    module varchar(20) NOT NULL,
    code varchar(60) NOT NULL UNIQUE,
    name varchar(150) NOT NULL,
    CHECK (module IN ('ADMIN', 'CRM', 'SALES', 'SERVICE', 'PARTS', 'INSURANCE', 'ACCOUNTING'))
);

-- 47 create table purchase_order_items
CREATE TABLE purchase_order_items (
    id bigserial PRIMARY KEY,
    purchase_order_id bigint NOT NULL REFERENCES purchase_orders (id) ON DELETE CASCADE,
    line_number smallint NOT NULL,
    part_id bigint NOT NULL REFERENCES parts (id),
    quantity numeric(12, 2) NOT NULL,
    received numeric(12, 2) NOT NULL DEFAULT 0,
    unit_price numeric(15, 2) NOT NULL,
    CHECK (line_number > 0),
    CHECK (quantity > 0),
    CHECK (received >= 0),
    CHECK (unit_price >= 0),
    UNIQUE (purchase_order_id, line_number)
);

-- 48 create table repair_order_labors
CREATE TABLE repair_order_labors (
    id bigserial PRIMARY KEY,
    repair_order_id bigint NOT NULL REFERENCES repair_orders (id) ON DELETE CASCADE,
    operation_id bigint NOT NULL REFERENCES labor_operations (id),
    technician_id bigint REFERENCES users (id) ON DELETE SET NULL,
    hours numeric(6, 2) NOT NULL,
    hourly_rate numeric(15, 2) NOT NULL,
    amount numeric(15, 2) NOT NULL,
    status varchar(20) NOT NULL DEFAULT 'OPEN',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (hours >= 0),
    CHECK (hourly_rate >= 0),
    CHECK (amount >= 0),
    CHECK (status IN ('OPEN', 'STARTED', 'PAUSED', 'FINISHED'))
);

-- 49 create table repair_order_parts
CREATE TABLE repair_order_parts (
    id bigserial PRIMARY KEY,
    repair_order_id bigint NOT NULL REFERENCES repair_orders (id) ON DELETE CASCADE,
    part_id bigint NOT NULL REFERENCES parts (id),
    quantity numeric(12, 2) NOT NULL,
    unit_price numeric(15, 2) NOT NULL,
    amount numeric(15, 2) NOT NULL,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (quantity > 0),
    CHECK (unit_price >= 0),
    CHECK (amount >= 0)
);

-- 50 create table role_permissions
CREATE TABLE role_permissions (
    role_id bigint REFERENCES roles (id) ON DELETE CASCADE,
    permission_id bigint REFERENCES permissions (id) ON DELETE CASCADE,
    granted_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (role_id, permission_id)
);

-- 51 create table sales_order_items
CREATE TABLE sales_order_items (
    id bigserial PRIMARY KEY,
    sales_order_id bigint NOT NULL REFERENCES sales_orders (id) ON DELETE CASCADE,
    line_number smallint NOT NULL,
    item_type varchar(20) NOT NULL,
    description varchar(200) NOT NULL,
    quantity integer NOT NULL DEFAULT 1,
    unit_price numeric(15, 2) NOT NULL,
    CHECK (line_number > 0),
    CHECK (item_type IN ('VEHICLE', 'ACCESSORY', 'REGISTRATION', 'INSURANCE', 'OTHER')),
    CHECK (quantity > 0),
    CHECK (unit_price >= 0),
    UNIQUE (sales_order_id, line_number)
);

-- 52 create table stock_movements
CREATE TABLE stock_movements (
    id bigserial PRIMARY KEY,
    warehouse_id bigint NOT NULL REFERENCES warehouses (id),
    part_id bigint NOT NULL REFERENCES parts (id),
    movement_type varchar(20) NOT NULL,
    quantity numeric(12, 2) NOT NULL,
    reference varchar(60),
    moved_by bigint NOT NULL REFERENCES users (id),
    moved_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (movement_type IN ('RECEIPT', 'ISSUE', 'TRANSFER', 'COUNT')),
    CHECK (quantity <> 0)
);
COMMENT ON COLUMN stock_movements.quantity IS 'below zero: out';
COMMENT ON COLUMN stock_movements.reference IS 'number of the order or receipt behind it';

-- 53 create table system_settings
CREATE TABLE system_settings (
    id bigserial PRIMARY KEY,
    setting_key varchar(100) NOT NULL UNIQUE,
    setting_value jsonb NOT NULL,
    description text,
    updated_by bigint REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- 54 create table test_drives
CREATE TABLE test_drives (
    id bigserial PRIMARY KEY,
    lead_id bigint NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    vehicle_id bigint NOT NULL REFERENCES vehicles (id),
    salesperson_id bigint NOT NULL REFERENCES users (id),
    license_number varchar(30) NOT NULL,
    starts_at timestamp NOT NULL,
    ends_at timestamp,
    status varchar(20) NOT NULL DEFAULT 'BOOKED',
    remarks text,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (status IN ('BOOKED', 'DONE', 'MISSED')),
    CONSTRAINT test_drives_end_after_start CHECK (ends_at >= starts_at)
);

-- 55 create table trade_ins
CREATE TABLE trade_ins (
    id bigserial PRIMARY KEY,
    sales_order_id bigint REFERENCES sales_orders (id) ON DELETE SET NULL,
    customer_vehicle_id bigint NOT NULL REFERENCES customer_vehicles (id),
    appraised_by bigint NOT NULL REFERENCES users (id),
    appraised_price numeric(15, 2) NOT NULL,
    agreed_price numeric(15, 2),
    status varchar(20) NOT NULL DEFAULT 'APPRAISED',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (appraised_price >= 0),
    CHECK (agreed_price >= 0),
    CHECK (status IN ('APPRAISED', 'AGREED', 'REFUSED')),
    CONSTRAINT trade_ins_agreed_has_price CHECK (status <> 'AGREED' OR agreed_price IS NOT NULL)
);

-- 56 create table warranty_claims
CREATE TABLE warranty_claims (
    id bigserial PRIMARY KEY,
    claim_number varchar(30) NOT NULL UNIQUE,
    repair_order_id bigint NOT NULL REFERENCES repair_orders (id) ON DELETE RESTRICT,
    submitted_on date NOT NULL,
    claimed_amount numeric(15, 2) NOT NULL,
    approved_amount numeric(15, 2),
    status varchar(20) NOT NULL DEFAULT 'SUBMITTED',
    remarks text,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (claimed_amount > 0),
    CHECK (approved_amount >= 0),
    CHECK (status IN ('SUBMITTED', 'APPROVED', 'DECLINED', 'SETTLED'))
);

-- 57 insert initial rows of roles
INSERT INTO roles (id, code, name) VALUES (1, 'ADMIN', 'Administrator') ON CONFLICT (id) DO NOTHING;
INSERT INTO roles (id, code, name) VALUES (2, 'MANAGER', 'Branch manager') ON CONFLICT (id) DO NOTHING;
INSERT INTO roles (id, code, name) VALUES (3, 'SALES', 'Salesperson') ON CONFLICT (id) DO NOTHING;
INSERT INTO roles (id, code, name) VALUES (4, 'SERVICE', 'Service advisor or technician') ON CONFLICT (id) DO NOTHING;
INSERT INTO roles (id, code, name) VALUES (5, 'PARTS', 'Parts and stock') ON CONFLICT (id) DO NOTHING;
INSERT INTO roles (id, code, name) VALUES (6, 'FINANCE', 'Cashier and accountant') ON CONFLICT (id) DO NOTHING;
SELECT setval(pg_get_serial_sequence('roles', 'id'), greatest(nextval(pg_get_serial_sequence('roles', 'id')), (SELECT max(id) FROM roles)));

-- 58 insert initial rows of service_bays
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 1', 'Area A', 1, '["Lift", "Diagnostic Scanner", "Tire Changer", "Wheel Balancer"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS NOT DISTINCT FROM 'Bay 1' AND location IS NOT DISTINCT FROM 'Area A' AND capacity IS NOT DISTINCT FROM 1 AND equipment IS NOT DISTINCT FROM '["Lift", "Diagnostic Scanner", "Tire Changer", "Wheel Balancer"]' AND status IS NOT DISTINCT FROM 'ACTIVE' AND is_available IS NOT DISTINCT FROM TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 2', 'Area A', 1, '["Lift", "Diagnostic Scanner", "Air Compressor", "Brake Lathe"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS NOT DISTINCT FROM 'Bay 2' AND location IS NOT DISTINCT FROM 'Area A' AND capacity IS NOT DISTINCT FROM 1 AND equipment IS NOT DISTINCT FROM '["Lift", "Diagnostic Scanner", "Air Compressor", "Brake Lathe"]' AND status IS NOT DISTINCT FROM 'ACTIVE' AND is_available IS NOT DISTINCT FROM TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 3', 'Area B', 2, '["Heavy Duty Lift", "Truck Scanner", "Large Tire Machine"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS NOT DISTINCT FROM 'Bay 3' AND location IS NOT DISTINCT FROM 'Area B' AND capacity IS NOT DISTINCT FROM 2 AND equipment IS NOT DISTINCT FROM '["Heavy Duty Lift", "Truck Scanner", "Large Tire Machine"]' AND status IS NOT DISTINCT FROM 'ACTIVE' AND is_available IS NOT DISTINCT FROM TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 4', 'Area B', 1, '["Paint Booth", "Spray Guns", "Dust Extractor"]', 'ACTIVE', FALSE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS NOT DISTINCT FROM 'Bay 4' AND location IS NOT DISTINCT FROM 'Area B' AND capacity IS NOT DISTINCT FROM 1 AND equipment IS NOT DISTINCT FROM '["Paint Booth", "Spray Guns", "Dust Extractor"]' AND status IS NOT DISTINCT FROM 'ACTIVE' AND is_available IS NOT DISTINCT FROM FALSE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 5', 'Workshop', 1, '["Engine Stand", "Transmission Jack", "Engine Hoist"]', 'MAINTENANCE', FALSE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS NOT DISTINCT FROM 'Bay 5' AND location IS NOT DISTINCT FROM 'Workshop' AND capacity IS NOT DISTINCT FROM 1 AND equipment IS NOT DISTINCT FROM '["Engine Stand", "Transmission Jack", "Engine Hoist"]' AND status IS NOT DISTINCT FROM 'MAINTENANCE' AND is_available IS NOT DISTINCT FROM FALSE);

-- 59 insert initial rows of lead_sources
INSERT INTO lead_sources (code, name) VALUES ('WALK_IN', 'Walk-in') ON CONFLICT (code) DO NOTHING;
INSERT INTO lead_sources (code, name) VALUES ('PHONE', 'Telephone') ON CONFLICT (code) DO NOTHING;
INSERT INTO lead_sources (code, name) VALUES ('WEB', 'Web site') ON CONFLICT (code) DO NOTHING;
INSERT INTO lead_sources (code, name) VALUES ('EVENT', 'Exhibition or event') ON CONFLICT (code) DO NOTHING;
INSERT INTO lead_sources (code, name) VALUES ('REFERRAL', 'Recommended by a customer') ON CONFLICT (code) DO NOTHING;

-- 60 insert initial rows of permissions
INSERT INTO permissions (id, module, code, name) VALUES (1, 'ADMIN', 'users.manage', 'Create and lock users, give roles') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (2, 'ADMIN', 'settings.manage', 'Change settings') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (3, 'CRM', 'customers.edit', 'Edit customers, leads and campaigns') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (4, 'SALES', 'orders.edit', 'Edit quotations and sales orders') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (5, 'SALES', 'orders.approve', 'Confirm sales orders and discounts') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (6, 'SERVICE', 'repairs.edit', 'Edit appointments and repair orders') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (7, 'PARTS', 'stock.edit', 'Move stock and order parts') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (8, 'INSURANCE', 'policies.edit', 'Edit insurance policies') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (9, 'ACCOUNTING', 'invoices.edit', 'Issue invoices and take payments') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (10, 'ACCOUNTING', 'journal.post', 'Post and reverse journal entries') ON CONFLICT (id) DO NOTHING;
SELECT setval(pg_get_serial_sequence('permissions', 'id'), greatest(nextval(pg_get_serial_sequence('permissions', 'id')), (SELECT max(id) FROM permissions)));

-- 61 insert initial rows of role_permissions
INSERT INTO role_permissions (role_id, permission_id) VALUES (1, 1) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (1, 2) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 3) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 4) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 5) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 6) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 7) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 8) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 9) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (3, 3) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (3, 4) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (3, 8) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (4, 3) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (4, 6) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (5, 7) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (6, 9) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (6, 10) ON CONFLICT (role_id, permission_id) DO NOTHING;

-- 62 insert initial rows of system_settings
INSERT INTO system_settings (setting_key, setting_value, description) VALUES ('quotation.valid_days', '14', 'Days that a quotation stands') ON CONFLICT (setting_key) DO NOTHING;
INSERT INTO system_settings (setting_key, setting_value, description) VALUES ('service.slot_minutes', '30', 'Length of an appointment') ON CONFLICT (setting_key) DO NOTHING;
INSERT INTO system_settings (setting_key, setting_value, description) VALUES ('stock.warn_below_minimum', 'true', 'Tell Parts when a stock falls below its minimum') ON CONFLICT (setting_key) DO NOTHING;

-- 63 create index idx_accounts_parent_id
CREATE INDEX idx_accounts_parent_id ON accounts (parent_id);

-- 64 create index idx_audit_logs_entity
CREATE INDEX idx_audit_logs_entity ON audit_logs (entity, entity_id);

-- 65 create index idx_audit_logs_logged_at
CREATE INDEX idx_audit_logs_logged_at ON audit_logs (logged_at);

-- 66 create index idx_audit_logs_user_id
CREATE INDEX idx_audit_logs_user_id ON audit_logs (user_id);

-- 67 create index idx_bay_assignments_bay_id
CREATE INDEX idx_bay_assignments_bay_id ON bay_assignments (bay_id);

-- 68 create index idx_bay_assignments_ro_id
CREATE INDEX idx_bay_assignments_ro_id ON bay_assignments (repair_order_id);

-- 69 create index idx_bay_assignments_status
CREATE INDEX idx_bay_assignments_status ON bay_assignments (status);

-- 70 create index idx_bay_assignments_technician_id
CREATE INDEX idx_bay_assignments_technician_id ON bay_assignments (technician_id);

-- 71 create index idx_bay_assignments_times
CREATE INDEX idx_bay_assignments_times ON bay_assignments (start_time, end_time);

-- 72 create index idx_bay_status_logs_assignment_id
CREATE INDEX idx_bay_status_logs_assignment_id ON bay_status_logs (assignment_id);

-- 73 create index idx_bay_status_logs_bay_id
CREATE INDEX idx_bay_status_logs_bay_id ON bay_status_logs (bay_id);

-- 74 create index idx_bay_status_logs_changed_at
CREATE INDEX idx_bay_status_logs_changed_at ON bay_status_logs (changed_at);

-- 75 create index idx_bay_status_logs_changed_by
CREATE INDEX idx_bay_status_logs_changed_by ON bay_status_logs (changed_by);

-- 76 create index idx_campaign_members_customer_id
CREATE INDEX idx_campaign_members_customer_id ON campaign_members (customer_id);

-- 77 create index idx_customer_addresses_customer_id
CREATE INDEX idx_customer_addresses_customer_id ON customer_addresses (customer_id);

-- 78 create index uq_customer_addresses_primary
CREATE UNIQUE INDEX uq_customer_addresses_primary ON customer_addresses (customer_id) WHERE is_primary;

-- 79 create index idx_customer_contacts_customer_id
CREATE INDEX idx_customer_contacts_customer_id ON customer_contacts (customer_id);

-- 80 create index idx_customer_feedback_customer_id
CREATE INDEX idx_customer_feedback_customer_id ON customer_feedback (customer_id);

-- 81 create index idx_customer_feedback_repair_order_id
CREATE INDEX idx_customer_feedback_repair_order_id ON customer_feedback (repair_order_id);

-- 82 create index idx_customer_feedback_sales_order_id
CREATE INDEX idx_customer_feedback_sales_order_id ON customer_feedback (sales_order_id);

-- 83 create index idx_customer_vehicles_color_id
CREATE INDEX idx_customer_vehicles_color_id ON customer_vehicles (color_id);

-- 84 create index idx_customer_vehicles_customer_id
CREATE INDEX idx_customer_vehicles_customer_id ON customer_vehicles (customer_id);

-- 85 create index idx_customer_vehicles_model_id
CREATE INDEX idx_customer_vehicles_model_id ON customer_vehicles (model_id);

-- 86 create index idx_customers_branch_id
CREATE INDEX idx_customers_branch_id ON customers (branch_id);

-- 87 create index idx_customers_full_name
CREATE INDEX idx_customers_full_name ON customers (full_name);

-- 88 create index idx_customers_phone
CREATE INDEX idx_customers_phone ON customers (phone);

-- 89 create index idx_deliveries_delivered_by
CREATE INDEX idx_deliveries_delivered_by ON deliveries (delivered_by);

-- 90 create index idx_deliveries_scheduled_at
CREATE INDEX idx_deliveries_scheduled_at ON deliveries (scheduled_at);

-- 91 create index idx_documents_entity
CREATE INDEX idx_documents_entity ON documents (entity, entity_id);

-- 92 create index idx_documents_uploaded_by
CREATE INDEX idx_documents_uploaded_by ON documents (uploaded_by);

-- 93 create index idx_goods_receipts_purchase_order_id
CREATE INDEX idx_goods_receipts_purchase_order_id ON goods_receipts (purchase_order_id);

-- 94 create index idx_goods_receipts_received_by
CREATE INDEX idx_goods_receipts_received_by ON goods_receipts (received_by);

-- 95 create index idx_insurance_policies_ends_on
CREATE INDEX idx_insurance_policies_ends_on ON insurance_policies (ends_on);

-- 96 create index idx_insurance_policies_vehicle_id
CREATE INDEX idx_insurance_policies_vehicle_id ON insurance_policies (customer_vehicle_id);

-- 97 create index idx_invoices_branch_id
CREATE INDEX idx_invoices_branch_id ON invoices (branch_id, issued_on);

-- 98 create index idx_invoices_customer_id
CREATE INDEX idx_invoices_customer_id ON invoices (customer_id);

-- 99 create index idx_invoices_due_on
CREATE INDEX idx_invoices_due_on ON invoices (due_on) WHERE status = 'ISSUED';

-- 100 create index idx_invoices_repair_order_id
CREATE INDEX idx_invoices_repair_order_id ON invoices (repair_order_id);

-- 101 create index idx_invoices_sales_order_id
CREATE INDEX idx_invoices_sales_order_id ON invoices (sales_order_id);

-- 102 create index idx_invoices_tax_rate_id
CREATE INDEX idx_invoices_tax_rate_id ON invoices (tax_rate_id);

-- 103 create index idx_journal_entries_branch_id
CREATE INDEX idx_journal_entries_branch_id ON journal_entries (branch_id, entry_date);

-- 104 create index idx_journal_entries_posted_by
CREATE INDEX idx_journal_entries_posted_by ON journal_entries (posted_by);

-- 105 create index idx_journal_lines_account_id
CREATE INDEX idx_journal_lines_account_id ON journal_lines (account_id);

-- 106 create index idx_lead_activities_lead_id
CREATE INDEX idx_lead_activities_lead_id ON lead_activities (lead_id, happened_at);

-- 107 create index idx_lead_activities_user_id
CREATE INDEX idx_lead_activities_user_id ON lead_activities (user_id, follow_up_at);

-- 108 create index idx_leads_assigned_to
CREATE INDEX idx_leads_assigned_to ON leads (assigned_to);

-- 109 create index idx_leads_branch_id
CREATE INDEX idx_leads_branch_id ON leads (branch_id, status);

-- 110 create index idx_leads_customer_id
CREATE INDEX idx_leads_customer_id ON leads (customer_id);

-- 111 create index idx_leads_model_id
CREATE INDEX idx_leads_model_id ON leads (model_id);

-- 112 create index idx_leads_source_id
CREATE INDEX idx_leads_source_id ON leads (source_id);

-- 113 create index idx_notifications_user_id
CREATE INDEX idx_notifications_user_id ON notifications (user_id, created_at);

-- 114 create index idx_part_categories_parent_id
CREATE INDEX idx_part_categories_parent_id ON part_categories (parent_id);

-- 115 create index idx_part_stocks_part_id
CREATE INDEX idx_part_stocks_part_id ON part_stocks (part_id);

-- 116 create index idx_parts_category_id
CREATE INDEX idx_parts_category_id ON parts (category_id);

-- 117 create index idx_parts_superseded_by
CREATE INDEX idx_parts_superseded_by ON parts (superseded_by);

-- 118 create index idx_parts_supplier_id
CREATE INDEX idx_parts_supplier_id ON parts (supplier_id);

-- 119 create index idx_payments_invoice_id
CREATE INDEX idx_payments_invoice_id ON payments (invoice_id);

-- 120 create index idx_payments_paid_at
CREATE INDEX idx_payments_paid_at ON payments (paid_at);

-- 121 create index idx_payments_received_by
CREATE INDEX idx_payments_received_by ON payments (received_by);

-- 122 create index idx_purchase_order_items_part_id
CREATE INDEX idx_purchase_order_items_part_id ON purchase_order_items (part_id);

-- 123 create index idx_purchase_orders_ordered_by
CREATE INDEX idx_purchase_orders_ordered_by ON purchase_orders (ordered_by);

-- 124 create index idx_purchase_orders_supplier_id
CREATE INDEX idx_purchase_orders_supplier_id ON purchase_orders (supplier_id, status);

-- 125 create index idx_purchase_orders_warehouse_id
CREATE INDEX idx_purchase_orders_warehouse_id ON purchase_orders (warehouse_id);

-- 126 create index idx_quotations_customer_id
CREATE INDEX idx_quotations_customer_id ON quotations (customer_id);

-- 127 create index idx_quotations_lead_id
CREATE INDEX idx_quotations_lead_id ON quotations (lead_id);

-- 128 create index idx_quotations_model_id
CREATE INDEX idx_quotations_model_id ON quotations (model_id);

-- 129 create index idx_quotations_salesperson_id
CREATE INDEX idx_quotations_salesperson_id ON quotations (salesperson_id, status);

-- 130 create index idx_repair_order_labors_operation_id
CREATE INDEX idx_repair_order_labors_operation_id ON repair_order_labors (operation_id);

-- 131 create index idx_repair_order_labors_repair_order_id
CREATE INDEX idx_repair_order_labors_repair_order_id ON repair_order_labors (repair_order_id);

-- 132 create index idx_repair_order_labors_technician_id
CREATE INDEX idx_repair_order_labors_technician_id ON repair_order_labors (technician_id);

-- 133 create index idx_repair_order_parts_part_id
CREATE INDEX idx_repair_order_parts_part_id ON repair_order_parts (part_id);

-- 134 create index idx_repair_order_parts_repair_order_id
CREATE INDEX idx_repair_order_parts_repair_order_id ON repair_order_parts (repair_order_id);

-- 135 create index idx_repair_orders_advisor_id
CREATE INDEX idx_repair_orders_advisor_id ON repair_orders (advisor_id);

-- 136 create index idx_repair_orders_bay_id
CREATE INDEX idx_repair_orders_bay_id ON repair_orders (bay_id);

-- 137 create index idx_repair_orders_branch_id
CREATE INDEX idx_repair_orders_branch_id ON repair_orders (branch_id, opened_at);

-- 138 create index idx_repair_orders_customer_id
CREATE INDEX idx_repair_orders_customer_id ON repair_orders (customer_id);

-- 139 create index idx_repair_orders_customer_vehicle_id
CREATE INDEX idx_repair_orders_customer_vehicle_id ON repair_orders (customer_vehicle_id);

-- 140 create index idx_repair_orders_status
CREATE INDEX idx_repair_orders_status ON repair_orders (status);

-- 141 create index idx_role_permissions_permission_id
CREATE INDEX idx_role_permissions_permission_id ON role_permissions (permission_id);

-- 142 create index idx_sales_orders_branch_id
CREATE INDEX idx_sales_orders_branch_id ON sales_orders (branch_id, ordered_on);

-- 143 create index idx_sales_orders_customer_id
CREATE INDEX idx_sales_orders_customer_id ON sales_orders (customer_id);

-- 144 create index idx_sales_orders_salesperson_id
CREATE INDEX idx_sales_orders_salesperson_id ON sales_orders (salesperson_id);

-- 145 create index idx_sales_orders_vehicle_id
CREATE INDEX idx_sales_orders_vehicle_id ON sales_orders (vehicle_id);

-- 146 create index uq_sales_orders_vehicle
CREATE UNIQUE INDEX uq_sales_orders_vehicle ON sales_orders (vehicle_id) WHERE status <> 'CANCELLED';

-- 147 create index idx_service_appointments_advisor_id
CREATE INDEX idx_service_appointments_advisor_id ON service_appointments (advisor_id);

-- 148 create index idx_service_appointments_branch_id
CREATE INDEX idx_service_appointments_branch_id ON service_appointments (branch_id, scheduled_at);

-- 149 create index idx_service_appointments_customer_id
CREATE INDEX idx_service_appointments_customer_id ON service_appointments (customer_id);

-- 150 create index idx_service_appointments_package_id
CREATE INDEX idx_service_appointments_package_id ON service_appointments (package_id);

-- 151 create index idx_service_appointments_vehicle_id
CREATE INDEX idx_service_appointments_vehicle_id ON service_appointments (customer_vehicle_id);

-- 152 create index idx_service_bays_available
CREATE INDEX idx_service_bays_available ON service_bays (is_available);

-- 153 create index idx_service_bays_location
CREATE INDEX idx_service_bays_location ON service_bays (location);

-- 154 create index idx_service_bays_status
CREATE INDEX idx_service_bays_status ON service_bays (status);

-- 155 create index idx_service_packages_model_id
CREATE INDEX idx_service_packages_model_id ON service_packages (model_id);

-- 156 create index idx_stock_movements_moved_by
CREATE INDEX idx_stock_movements_moved_by ON stock_movements (moved_by);

-- 157 create index idx_stock_movements_part_id
CREATE INDEX idx_stock_movements_part_id ON stock_movements (part_id);

-- 158 create index idx_stock_movements_stock
CREATE INDEX idx_stock_movements_stock ON stock_movements (warehouse_id, part_id, moved_at);

-- 159 create index idx_system_settings_updated_by
CREATE INDEX idx_system_settings_updated_by ON system_settings (updated_by);

-- 160 create index idx_test_drives_lead_id
CREATE INDEX idx_test_drives_lead_id ON test_drives (lead_id);

-- 161 create index idx_test_drives_salesperson_id
CREATE INDEX idx_test_drives_salesperson_id ON test_drives (salesperson_id);

-- 162 create index idx_test_drives_vehicle_id
CREATE INDEX idx_test_drives_vehicle_id ON test_drives (vehicle_id, starts_at);

-- 163 create index idx_trade_ins_appraised_by
CREATE INDEX idx_trade_ins_appraised_by ON trade_ins (appraised_by);

-- 164 create index idx_trade_ins_customer_vehicle_id
CREATE INDEX idx_trade_ins_customer_vehicle_id ON trade_ins (customer_vehicle_id);

-- 165 create index idx_trade_ins_sales_order_id
CREATE INDEX idx_trade_ins_sales_order_id ON trade_ins (sales_order_id);

-- 166 create index idx_users_branch_id
CREATE INDEX idx_users_branch_id ON users (branch_id);

-- 167 create index idx_users_role_id
CREATE INDEX idx_users_role_id ON users (role_id);

-- 168 create index idx_vehicles_branch_id
CREATE INDEX idx_vehicles_branch_id ON vehicles (branch_id, status);

-- 169 create index idx_vehicles_color_id
CREATE INDEX idx_vehicles_color_id ON vehicles (color_id);

-- 170 create index idx_vehicles_model_id
CREATE INDEX idx_vehicles_model_id ON vehicles (model_id);

-- 171 create index idx_warehouses_branch_id
CREATE INDEX idx_warehouses_branch_id ON warehouses (branch_id);

-- 172 create index idx_warranty_claims_repair_order_id
CREATE INDEX idx_warranty_claims_repair_order_id ON warranty_claims (repair_order_id);

-- 173 create function branches_touch
CREATE FUNCTION branches_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 174 create function users_touch
CREATE FUNCTION users_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 175 create function audit_logs_append_only
CREATE FUNCTION audit_logs_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

-- 176 create function vehicle_models_touch
CREATE FUNCTION vehicle_models_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 177 create function customers_touch
CREATE FUNCTION customers_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 178 create function customer_addresses_touch
CREATE FUNCTION customer_addresses_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 179 create function customer_contacts_touch
CREATE FUNCTION customer_contacts_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 180 create function customer_vehicles_touch
CREATE FUNCTION customer_vehicles_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 181 create function leads_touch
CREATE FUNCTION leads_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 182 create function campaigns_touch
CREATE FUNCTION campaigns_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 183 create function vehicles_touch
CREATE FUNCTION vehicles_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 184 create function quotations_touch
CREATE FUNCTION quotations_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 185 create function sales_orders_touch
CREATE FUNCTION sales_orders_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 186 create function test_drives_touch
CREATE FUNCTION test_drives_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 187 create function trade_ins_touch
CREATE FUNCTION trade_ins_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 188 create function deliveries_touch
CREATE FUNCTION deliveries_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 189 create function labor_operations_touch
CREATE FUNCTION labor_operations_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 190 create function service_packages_touch
CREATE FUNCTION service_packages_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 191 create function service_appointments_touch
CREATE FUNCTION service_appointments_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 192 create function repair_orders_touch
CREATE FUNCTION repair_orders_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 193 create function repair_order_labors_touch
CREATE FUNCTION repair_order_labors_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 194 create function repair_order_parts_touch
CREATE FUNCTION repair_order_parts_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 195 create function warranty_claims_touch
CREATE FUNCTION warranty_claims_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 196 create function suppliers_touch
CREATE FUNCTION suppliers_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 197 create function parts_touch
CREATE FUNCTION parts_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 198 create function part_stocks_touch
CREATE FUNCTION part_stocks_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 199 create function stock_movements_append_only
CREATE FUNCTION stock_movements_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

-- 200 create function purchase_orders_touch
CREATE FUNCTION purchase_orders_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 201 create function insurance_companies_touch
CREATE FUNCTION insurance_companies_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 202 create function insurance_policies_touch
CREATE FUNCTION insurance_policies_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 203 create function journal_entries_touch
CREATE FUNCTION journal_entries_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 204 create function invoices_touch
CREATE FUNCTION invoices_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 205 create function payments_touch
CREATE FUNCTION payments_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 206 create function roles_touch
CREATE FUNCTION roles_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 207 create function system_settings_touch
CREATE FUNCTION system_settings_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 208 create function service_bays_touch
CREATE FUNCTION service_bays_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 209 create function bay_assignments_touch
CREATE FUNCTION bay_assignments_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 210 create function bay_status_logs_append_only
CREATE FUNCTION bay_status_logs_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

-- 211 create trigger branches_touch
CREATE TRIGGER branches_touch BEFORE UPDATE ON branches FOR EACH ROW EXECUTE FUNCTION branches_touch();

-- 212 create trigger users_touch
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION users_touch();

-- 213 create trigger audit_logs_append_only
CREATE TRIGGER audit_logs_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_logs FOR EACH STATEMENT EXECUTE FUNCTION audit_logs_append_only();

-- 214 create trigger vehicle_models_touch
CREATE TRIGGER vehicle_models_touch BEFORE UPDATE ON vehicle_models FOR EACH ROW EXECUTE FUNCTION vehicle_models_touch();

-- 215 create trigger customers_touch
CREATE TRIGGER customers_touch BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION customers_touch();

-- 216 create trigger customer_addresses_touch
CREATE TRIGGER customer_addresses_touch BEFORE UPDATE ON customer_addresses FOR EACH ROW EXECUTE FUNCTION customer_addresses_touch();

-- 217 create trigger customer_contacts_touch
CREATE TRIGGER customer_contacts_touch BEFORE UPDATE ON customer_contacts FOR EACH ROW EXECUTE FUNCTION customer_contacts_touch();

-- 218 create trigger customer_vehicles_touch
CREATE TRIGGER customer_vehicles_touch BEFORE UPDATE ON customer_vehicles FOR EACH ROW EXECUTE FUNCTION customer_vehicles_touch();

-- 219 create trigger leads_touch
CREATE TRIGGER leads_touch BEFORE UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION leads_touch();

-- 220 create trigger campaigns_touch
CREATE TRIGGER campaigns_touch BEFORE UPDATE ON campaigns FOR EACH ROW EXECUTE FUNCTION campaigns_touch();

-- 221 create trigger vehicles_touch
CREATE TRIGGER vehicles_touch BEFORE UPDATE ON vehicles FOR EACH ROW EXECUTE FUNCTION vehicles_touch();

-- 222 create trigger quotations_touch
CREATE TRIGGER quotations_touch BEFORE UPDATE ON quotations FOR EACH ROW EXECUTE FUNCTION quotations_touch();

-- 223 create trigger sales_orders_touch
CREATE TRIGGER sales_orders_touch BEFORE UPDATE ON sales_orders FOR EACH ROW EXECUTE FUNCTION sales_orders_touch();

-- 224 create trigger test_drives_touch
CREATE TRIGGER test_drives_touch BEFORE UPDATE ON test_drives FOR EACH ROW EXECUTE FUNCTION test_drives_touch();

-- 225 create trigger trade_ins_touch
CREATE TRIGGER trade_ins_touch BEFORE UPDATE ON trade_ins FOR EACH ROW EXECUTE FUNCTION trade_ins_touch();

-- 226 create trigger deliveries_touch
CREATE TRIGGER deliveries_touch BEFORE UPDATE ON deliveries FOR EACH ROW EXECUTE FUNCTION deliveries_touch();

-- 227 create trigger labor_operations_touch
CREATE TRIGGER labor_operations_touch BEFORE UPDATE ON labor_operations FOR EACH ROW EXECUTE FUNCTION labor_operations_touch();

-- 228 create trigger service_packages_touch
CREATE TRIGGER service_packages_touch BEFORE UPDATE ON service_packages FOR EACH ROW EXECUTE FUNCTION service_packages_touch();

-- 229 create trigger service_appointments_touch
CREATE TRIGGER service_appointments_touch BEFORE UPDATE ON service_appointments FOR EACH ROW EXECUTE FUNCTION service_appointments_touch();

-- 230 create trigger repair_orders_touch
CREATE TRIGGER repair_orders_touch BEFORE UPDATE ON repair_orders FOR EACH ROW EXECUTE FUNCTION repair_orders_touch();

-- 231 create trigger repair_order_labors_touch
CREATE TRIGGER repair_order_labors_touch BEFORE UPDATE ON repair_order_labors FOR EACH ROW EXECUTE FUNCTION repair_order_labors_touch();

-- 232 create trigger repair_order_parts_touch
CREATE TRIGGER repair_order_parts_touch BEFORE UPDATE ON repair_order_parts FOR EACH ROW EXECUTE FUNCTION repair_order_parts_touch();

-- 233 create trigger warranty_claims_touch
CREATE TRIGGER warranty_claims_touch BEFORE UPDATE ON warranty_claims FOR EACH ROW EXECUTE FUNCTION warranty_claims_touch();

-- 234 create trigger suppliers_touch
CREATE TRIGGER suppliers_touch BEFORE UPDATE ON suppliers FOR EACH ROW EXECUTE FUNCTION suppliers_touch();

-- 235 create trigger parts_touch
CREATE TRIGGER parts_touch BEFORE UPDATE ON parts FOR EACH ROW EXECUTE FUNCTION parts_touch();

-- 236 create trigger part_stocks_touch
CREATE TRIGGER part_stocks_touch BEFORE UPDATE ON part_stocks FOR EACH ROW EXECUTE FUNCTION part_stocks_touch();

-- 237 create trigger stock_movements_append_only
CREATE TRIGGER stock_movements_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON stock_movements FOR EACH STATEMENT EXECUTE FUNCTION stock_movements_append_only();

-- 238 create trigger purchase_orders_touch
CREATE TRIGGER purchase_orders_touch BEFORE UPDATE ON purchase_orders FOR EACH ROW EXECUTE FUNCTION purchase_orders_touch();

-- 239 create trigger insurance_companies_touch
CREATE TRIGGER insurance_companies_touch BEFORE UPDATE ON insurance_companies FOR EACH ROW EXECUTE FUNCTION insurance_companies_touch();

-- 240 create trigger insurance_policies_touch
CREATE TRIGGER insurance_policies_touch BEFORE UPDATE ON insurance_policies FOR EACH ROW EXECUTE FUNCTION insurance_policies_touch();

-- 241 create trigger journal_entries_touch
CREATE TRIGGER journal_entries_touch BEFORE UPDATE ON journal_entries FOR EACH ROW EXECUTE FUNCTION journal_entries_touch();

-- 242 create trigger invoices_touch
CREATE TRIGGER invoices_touch BEFORE UPDATE ON invoices FOR EACH ROW EXECUTE FUNCTION invoices_touch();

-- 243 create trigger payments_touch
CREATE TRIGGER payments_touch BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION payments_touch();

-- 244 create trigger roles_touch
CREATE TRIGGER roles_touch BEFORE UPDATE ON roles FOR EACH ROW EXECUTE FUNCTION roles_touch();

-- 245 create trigger system_settings_touch
CREATE TRIGGER system_settings_touch BEFORE UPDATE ON system_settings FOR EACH ROW EXECUTE FUNCTION system_settings_touch();

-- 246 create trigger service_bays_touch
CREATE TRIGGER service_bays_touch BEFORE UPDATE ON service_bays FOR EACH ROW EXECUTE FUNCTION service_bays_touch();

-- 247 create trigger bay_assignments_touch
CREATE TRIGGER bay_assignments_touch BEFORE UPDATE ON bay_assignments FOR EACH ROW EXECUTE FUNCTION bay_assignments_touch();

-- 248 create trigger bay_status_logs_append_only
CREATE TRIGGER bay_status_logs_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON bay_status_logs FOR EACH STATEMENT EXECUTE FUNCTION bay_status_logs_append_only();

-- 249 an order in a bay carries the name of that bay
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "an order in a bay carries the name of that bay" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT count(*) = 0
FROM repair_orders o JOIN service_bays b ON b.id = o.bay_id
WHERE o.bay_number IS NULL OR o.bay_number <> b.name
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
