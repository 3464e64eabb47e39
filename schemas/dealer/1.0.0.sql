-- @schema dealer
--
-- A car dealer: sales, workshop, parts, insurance and books of all its branches.
--
-- 49 tables: Admin 3, Supporting 4, CRM 10, Sales 7, Service 7, Parts 9, Insurance 2,
-- Accounting 7.  1.1.0 adds 4 to Admin (53), 1.2.0 adds 3 to Service (56).  A table of
-- modules that adds up to 59 counts those three twice: its "Service 13" has them in it
-- and on top of it.
--
-- One text for PostgreSQL, where the dealer works, and SQLite, where it is shown.
-- Moments are TIMESTAMP in UTC.  Money is exact on both: DECIMAL(15,2).
--
-- @lint off timestamp-without-zone "servers and clients agree on UTC"

-- ---- Admin ----

CREATE TABLE branches (
    id         BIGSERIAL PRIMARY KEY,
    code       VARCHAR(20) NOT NULL UNIQUE,
    name       VARCHAR(100) NOT NULL,
    address    TEXT,
    city       VARCHAR(100),
    phone      VARCHAR(30),
    is_active  BOOLEAN NOT NULL DEFAULT TRUE,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);

CREATE TABLE users (
    id            BIGSERIAL PRIMARY KEY,
    branch_id     BIGINT NOT NULL REFERENCES branches (id),
    username      VARCHAR(50) NOT NULL UNIQUE,
    full_name     VARCHAR(100) NOT NULL,
    email         VARCHAR(150) UNIQUE,
    phone         VARCHAR(30),
    password_hash TEXT NOT NULL,
    role          VARCHAR(20) NOT NULL DEFAULT 'SALES'
        CHECK (role IN ('ADMIN', 'MANAGER', 'SALES', 'SERVICE', 'PARTS', 'FINANCE')),
    status        VARCHAR(20) NOT NULL DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'LOCKED', 'LEFT')),
    last_login_at TIMESTAMP,
    created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_users_branch_id ON users (branch_id);

-- @append_only
CREATE TABLE audit_logs (
    id         BIGSERIAL PRIMARY KEY,
    user_id    BIGINT REFERENCES users (id),
    action     VARCHAR(20) NOT NULL
        CHECK (action IN ('INSERT', 'UPDATE', 'DELETE', 'LOGIN')),
    entity     VARCHAR(60) NOT NULL COMMENT 'the table that was changed',
    entity_id  BIGINT,
    old_values JSONB,
    new_values JSONB,
    logged_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_audit_logs_user_id ON audit_logs (user_id);
CREATE INDEX idx_audit_logs_entity ON audit_logs (entity, entity_id);
CREATE INDEX idx_audit_logs_logged_at ON audit_logs (logged_at);

-- ---- Supporting: what all modules name ----

CREATE TABLE vehicle_models (
    id           BIGSERIAL PRIMARY KEY,
    code         VARCHAR(30) NOT NULL UNIQUE,
    name         VARCHAR(100) NOT NULL,
    body_type    VARCHAR(30),
    transmission VARCHAR(20) NOT NULL
        CHECK (transmission IN ('MANUAL', 'AUTOMATIC', 'CVT')),
    engine_cc    INT CHECK (engine_cc > 0),
    list_price   DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (list_price >= 0),
    is_active    BOOLEAN NOT NULL DEFAULT TRUE,
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);

CREATE TABLE vehicle_colors (
    id       BIGSERIAL PRIMARY KEY,
    code     VARCHAR(20) NOT NULL UNIQUE,
    name     VARCHAR(60) NOT NULL,
    hex_code CHAR(7) -- @lint off char-padding "a # and six digits, always"
);

CREATE TABLE documents (
    id          BIGSERIAL PRIMARY KEY,
    entity      VARCHAR(60) NOT NULL COMMENT 'the table of the row that it belongs to',
    entity_id   BIGINT NOT NULL,
    title       VARCHAR(150) NOT NULL,
    file_name   VARCHAR(255) NOT NULL,
    media_type  VARCHAR(100) NOT NULL,
    size_bytes  BIGINT NOT NULL CHECK (size_bytes >= 0),
    uploaded_by BIGINT NOT NULL REFERENCES users (id),
    uploaded_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_documents_entity ON documents (entity, entity_id);
CREATE INDEX idx_documents_uploaded_by ON documents (uploaded_by);

CREATE TABLE notifications (
    id         BIGSERIAL PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title      VARCHAR(150) NOT NULL,
    body       TEXT,
    is_read    BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_notifications_user_id ON notifications (user_id, created_at);

-- ---- CRM ----

CREATE TABLE lead_sources (
    id        BIGSERIAL PRIMARY KEY,
    code      VARCHAR(20) NOT NULL UNIQUE,
    name      VARCHAR(100) NOT NULL,
    is_active BOOLEAN NOT NULL DEFAULT TRUE
);
INSERT INTO lead_sources (code, name) VALUES
    ('WALK_IN', 'Walk-in'),
    ('PHONE', 'Telephone'),
    ('WEB', 'Web site'),
    ('EVENT', 'Exhibition or event'),
    ('REFERRAL', 'Recommended by a customer');

CREATE TABLE customers (
    id              BIGSERIAL PRIMARY KEY,
    branch_id       BIGINT NOT NULL REFERENCES branches (id),
    customer_number VARCHAR(30) NOT NULL UNIQUE,
    customer_type   VARCHAR(20) NOT NULL DEFAULT 'PERSON'
        CHECK (customer_type IN ('PERSON', 'COMPANY')),
    full_name       VARCHAR(150) NOT NULL,
    identity_number VARCHAR(50) UNIQUE COMMENT 'identity card or company registration',
    tax_number      VARCHAR(50),
    birth_date      DATE,
    phone           VARCHAR(30) NOT NULL,
    email           VARCHAR(150),
    status          VARCHAR(20) NOT NULL DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'INACTIVE', 'BLOCKED')),
    notes           TEXT,
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_customers_branch_id ON customers (branch_id);
CREATE INDEX idx_customers_phone ON customers (phone);
CREATE INDEX idx_customers_full_name ON customers (full_name);

CREATE TABLE customer_addresses (
    id           BIGSERIAL PRIMARY KEY,
    customer_id  BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    address_type VARCHAR(20) NOT NULL DEFAULT 'HOME'
        CHECK (address_type IN ('HOME', 'OFFICE', 'BILLING')),
    street       VARCHAR(200) NOT NULL,
    city         VARCHAR(100) NOT NULL,
    province     VARCHAR(100),
    postal_code  VARCHAR(10),
    is_primary   BOOLEAN NOT NULL DEFAULT FALSE,
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_customer_addresses_customer_id ON customer_addresses (customer_id);
CREATE UNIQUE INDEX uq_customer_addresses_primary ON customer_addresses (customer_id)
    WHERE is_primary;

CREATE TABLE customer_contacts (
    id           BIGSERIAL PRIMARY KEY,
    customer_id  BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    full_name    VARCHAR(150) NOT NULL,
    relationship VARCHAR(50),
    phone        VARCHAR(30),
    email        VARCHAR(150),
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_customer_contacts_customer_id ON customer_contacts (customer_id);

CREATE TABLE customer_vehicles (
    id              BIGSERIAL PRIMARY KEY,
    customer_id     BIGINT NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    model_id        BIGINT NOT NULL REFERENCES vehicle_models (id),
    color_id        BIGINT REFERENCES vehicle_colors (id),
    plate_number    VARCHAR(20) UNIQUE,
    vin             VARCHAR(17) NOT NULL UNIQUE,
    engine_number   VARCHAR(30),
    production_year SMALLINT CHECK (production_year BETWEEN 1950 AND 2100),
    mileage_km      INT NOT NULL DEFAULT 0 CHECK (mileage_km >= 0),
    purchased_on    DATE,
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_customer_vehicles_customer_id ON customer_vehicles (customer_id);
CREATE INDEX idx_customer_vehicles_model_id ON customer_vehicles (model_id);
CREATE INDEX idx_customer_vehicles_color_id ON customer_vehicles (color_id);

CREATE TABLE leads (
    id          BIGSERIAL PRIMARY KEY,
    branch_id   BIGINT NOT NULL REFERENCES branches (id),
    source_id   BIGINT NOT NULL REFERENCES lead_sources (id),
    customer_id BIGINT REFERENCES customers (id) ON DELETE SET NULL,
    model_id    BIGINT REFERENCES vehicle_models (id) ON DELETE SET NULL,
    assigned_to BIGINT REFERENCES users (id) ON DELETE SET NULL,
    full_name   VARCHAR(150) NOT NULL,
    phone       VARCHAR(30) NOT NULL,
    email       VARCHAR(150),
    status      VARCHAR(20) NOT NULL DEFAULT 'NEW'
        CHECK (status IN ('NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST')),
    lost_reason VARCHAR(200),
    notes       TEXT,
    created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_leads_branch_id ON leads (branch_id, status);
CREATE INDEX idx_leads_source_id ON leads (source_id);
CREATE INDEX idx_leads_customer_id ON leads (customer_id);
CREATE INDEX idx_leads_model_id ON leads (model_id);
CREATE INDEX idx_leads_assigned_to ON leads (assigned_to);

CREATE TABLE lead_activities (
    id            BIGSERIAL PRIMARY KEY,
    lead_id       BIGINT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    user_id       BIGINT NOT NULL REFERENCES users (id),
    activity_type VARCHAR(20) NOT NULL
        CHECK (activity_type IN ('CALL', 'VISIT', 'MESSAGE', 'TEST_DRIVE')),
    summary       TEXT NOT NULL,
    happened_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    follow_up_at  TIMESTAMP
);
CREATE INDEX idx_lead_activities_lead_id ON lead_activities (lead_id, happened_at);
CREATE INDEX idx_lead_activities_user_id ON lead_activities (user_id, follow_up_at);

CREATE TABLE campaigns (
    id         BIGSERIAL PRIMARY KEY,
    name       VARCHAR(150) NOT NULL UNIQUE,
    channel    VARCHAR(20) NOT NULL
        CHECK (channel IN ('MAIL', 'MESSAGE', 'EVENT', 'WEB')),
    starts_on  DATE NOT NULL,
    ends_on    DATE NOT NULL,
    budget     DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (budget >= 0),
    status     VARCHAR(20) NOT NULL DEFAULT 'PLANNED'
        CHECK (status IN ('PLANNED', 'RUNNING', 'ENDED')),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, -- @touch
    CONSTRAINT campaigns_end_after_start CHECK (ends_on >= starts_on)
);

CREATE TABLE campaign_members (
    campaign_id  BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    customer_id  BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    responded_at TIMESTAMP,
    PRIMARY KEY (campaign_id, customer_id)
);
CREATE INDEX idx_campaign_members_customer_id ON campaign_members (customer_id);

CREATE TABLE customer_feedback (
    id              BIGSERIAL PRIMARY KEY,
    customer_id     BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    sales_order_id  BIGINT REFERENCES sales_orders (id) ON DELETE CASCADE,
    repair_order_id BIGINT REFERENCES repair_orders (id) ON DELETE CASCADE,
    score           SMALLINT NOT NULL CHECK (score BETWEEN 1 AND 5),
    remarks         TEXT,
    received_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_customer_feedback_customer_id ON customer_feedback (customer_id);
CREATE INDEX idx_customer_feedback_sales_order_id ON customer_feedback (sales_order_id);
CREATE INDEX idx_customer_feedback_repair_order_id ON customer_feedback (repair_order_id);

-- ---- Sales ----

CREATE TABLE vehicles (
    id              BIGSERIAL PRIMARY KEY,
    branch_id       BIGINT NOT NULL REFERENCES branches (id),
    model_id        BIGINT NOT NULL REFERENCES vehicle_models (id),
    color_id        BIGINT NOT NULL REFERENCES vehicle_colors (id),
    vin             VARCHAR(17) NOT NULL UNIQUE,
    engine_number   VARCHAR(30) NOT NULL UNIQUE,
    production_year SMALLINT NOT NULL CHECK (production_year BETWEEN 1950 AND 2100),
    cost_price      DECIMAL(15,2) NOT NULL CHECK (cost_price >= 0),
    list_price      DECIMAL(15,2) NOT NULL CHECK (list_price >= 0),
    received_on     DATE,
    status          VARCHAR(20) NOT NULL DEFAULT 'ORDERED'
        CHECK (status IN ('ORDERED', 'IN_STOCK', 'RESERVED', 'SOLD', 'DELIVERED')),
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_vehicles_branch_id ON vehicles (branch_id, status);
CREATE INDEX idx_vehicles_model_id ON vehicles (model_id);
CREATE INDEX idx_vehicles_color_id ON vehicles (color_id);

CREATE TABLE quotations (
    id               BIGSERIAL PRIMARY KEY,
    quotation_number VARCHAR(30) NOT NULL UNIQUE,
    customer_id      BIGINT NOT NULL REFERENCES customers (id),
    lead_id          BIGINT REFERENCES leads (id) ON DELETE SET NULL,
    model_id         BIGINT NOT NULL REFERENCES vehicle_models (id),
    salesperson_id   BIGINT NOT NULL REFERENCES users (id),
    unit_price       DECIMAL(15,2) NOT NULL CHECK (unit_price >= 0),
    discount         DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (discount >= 0),
    valid_until      DATE NOT NULL,
    status           VARCHAR(20) NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'SENT', 'ACCEPTED', 'REJECTED', 'EXPIRED')),
    created_at       TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at       TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, -- @touch
    CONSTRAINT quotations_discount_within_price CHECK (discount <= unit_price)
);
CREATE INDEX idx_quotations_customer_id ON quotations (customer_id);
CREATE INDEX idx_quotations_lead_id ON quotations (lead_id);
CREATE INDEX idx_quotations_model_id ON quotations (model_id);
CREATE INDEX idx_quotations_salesperson_id ON quotations (salesperson_id, status);

CREATE TABLE sales_orders (
    id             BIGSERIAL PRIMARY KEY,
    order_number   VARCHAR(30) NOT NULL UNIQUE,
    branch_id      BIGINT NOT NULL REFERENCES branches (id),
    customer_id    BIGINT NOT NULL REFERENCES customers (id),
    vehicle_id     BIGINT REFERENCES vehicles (id) ON DELETE RESTRICT,
    quotation_id   BIGINT UNIQUE REFERENCES quotations (id) ON DELETE SET NULL,
    salesperson_id BIGINT NOT NULL REFERENCES users (id),
    ordered_on     DATE NOT NULL,
    payment_type   VARCHAR(20) NOT NULL
        CHECK (payment_type IN ('CASH', 'CREDIT', 'LEASING')),
    subtotal       DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (subtotal >= 0),
    discount       DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (discount >= 0),
    tax_amount     DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (tax_amount >= 0),
    total_amount   DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (total_amount >= 0),
    status         VARCHAR(20) NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'CONFIRMED', 'DELIVERED', 'CANCELLED')),
    created_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, -- @touch
    CONSTRAINT sales_orders_sum CHECK (total_amount = subtotal - discount + tax_amount)
);
CREATE INDEX idx_sales_orders_branch_id ON sales_orders (branch_id, ordered_on);
CREATE INDEX idx_sales_orders_customer_id ON sales_orders (customer_id);
CREATE INDEX idx_sales_orders_salesperson_id ON sales_orders (salesperson_id);
CREATE INDEX idx_sales_orders_vehicle_id ON sales_orders (vehicle_id);
CREATE UNIQUE INDEX uq_sales_orders_vehicle ON sales_orders (vehicle_id)
    WHERE status <> 'CANCELLED';

CREATE TABLE sales_order_items (
    id             BIGSERIAL PRIMARY KEY,
    sales_order_id BIGINT NOT NULL REFERENCES sales_orders (id) ON DELETE CASCADE,
    line_number    SMALLINT NOT NULL CHECK (line_number > 0),
    item_type      VARCHAR(20) NOT NULL
        CHECK (item_type IN ('VEHICLE', 'ACCESSORY', 'REGISTRATION', 'INSURANCE', 'OTHER')),
    description    VARCHAR(200) NOT NULL,
    quantity       INT NOT NULL DEFAULT 1 CHECK (quantity > 0),
    unit_price     DECIMAL(15,2) NOT NULL CHECK (unit_price >= 0),
    UNIQUE (sales_order_id, line_number)
);

CREATE TABLE test_drives (
    id             BIGSERIAL PRIMARY KEY,
    lead_id        BIGINT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    vehicle_id     BIGINT NOT NULL REFERENCES vehicles (id),
    salesperson_id BIGINT NOT NULL REFERENCES users (id),
    license_number VARCHAR(30) NOT NULL,
    starts_at      TIMESTAMP NOT NULL,
    ends_at        TIMESTAMP,
    status         VARCHAR(20) NOT NULL DEFAULT 'BOOKED'
        CHECK (status IN ('BOOKED', 'DONE', 'MISSED')),
    remarks        TEXT,
    created_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, -- @touch
    CONSTRAINT test_drives_end_after_start CHECK (ends_at >= starts_at)
);
CREATE INDEX idx_test_drives_lead_id ON test_drives (lead_id);
CREATE INDEX idx_test_drives_vehicle_id ON test_drives (vehicle_id, starts_at);
CREATE INDEX idx_test_drives_salesperson_id ON test_drives (salesperson_id);

CREATE TABLE trade_ins (
    id                  BIGSERIAL PRIMARY KEY,
    sales_order_id      BIGINT REFERENCES sales_orders (id) ON DELETE SET NULL,
    customer_vehicle_id BIGINT NOT NULL REFERENCES customer_vehicles (id),
    appraised_by        BIGINT NOT NULL REFERENCES users (id),
    appraised_price     DECIMAL(15,2) NOT NULL CHECK (appraised_price >= 0),
    agreed_price        DECIMAL(15,2) CHECK (agreed_price >= 0),
    status              VARCHAR(20) NOT NULL DEFAULT 'APPRAISED'
        CHECK (status IN ('APPRAISED', 'AGREED', 'REFUSED')),
    created_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, -- @touch
    CONSTRAINT trade_ins_agreed_has_price
        CHECK (status <> 'AGREED' OR agreed_price IS NOT NULL)
);
CREATE INDEX idx_trade_ins_sales_order_id ON trade_ins (sales_order_id);
CREATE INDEX idx_trade_ins_customer_vehicle_id ON trade_ins (customer_vehicle_id);
CREATE INDEX idx_trade_ins_appraised_by ON trade_ins (appraised_by);

CREATE TABLE deliveries (
    id             BIGSERIAL PRIMARY KEY,
    sales_order_id BIGINT NOT NULL UNIQUE REFERENCES sales_orders (id) ON DELETE RESTRICT,
    delivered_by   BIGINT REFERENCES users (id) ON DELETE SET NULL,
    scheduled_at   TIMESTAMP NOT NULL,
    delivered_at   TIMESTAMP,
    checklist      JSONB NOT NULL DEFAULT '[]' COMMENT 'what was handed over',
    status         VARCHAR(20) NOT NULL DEFAULT 'SCHEDULED'
        CHECK (status IN ('SCHEDULED', 'POSTPONED', 'HANDED_OVER')),
    created_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_deliveries_delivered_by ON deliveries (delivered_by);
CREATE INDEX idx_deliveries_scheduled_at ON deliveries (scheduled_at);

-- ---- Service ----

CREATE TABLE labor_operations (
    id             BIGSERIAL PRIMARY KEY,
    code           VARCHAR(30) NOT NULL UNIQUE,
    name           VARCHAR(150) NOT NULL,
    standard_hours DECIMAL(6,2) NOT NULL CHECK (standard_hours > 0),
    hourly_rate    DECIMAL(15,2) NOT NULL CHECK (hourly_rate >= 0),
    is_active      BOOLEAN NOT NULL DEFAULT TRUE,
    created_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);

CREATE TABLE service_packages (
    id              BIGSERIAL PRIMARY KEY,
    code            VARCHAR(30) NOT NULL UNIQUE,
    name            VARCHAR(150) NOT NULL,
    model_id        BIGINT REFERENCES vehicle_models (id) COMMENT 'NULL: for each model',
    interval_km     INT CHECK (interval_km > 0),
    interval_months SMALLINT CHECK (interval_months > 0),
    price           DECIMAL(15,2) NOT NULL CHECK (price >= 0),
    is_active       BOOLEAN NOT NULL DEFAULT TRUE,
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_service_packages_model_id ON service_packages (model_id);

CREATE TABLE service_appointments (
    id                  BIGSERIAL PRIMARY KEY,
    branch_id           BIGINT NOT NULL REFERENCES branches (id),
    customer_id         BIGINT NOT NULL REFERENCES customers (id),
    customer_vehicle_id BIGINT NOT NULL REFERENCES customer_vehicles (id),
    package_id          BIGINT REFERENCES service_packages (id) ON DELETE SET NULL,
    advisor_id          BIGINT REFERENCES users (id) ON DELETE SET NULL,
    scheduled_at        TIMESTAMP NOT NULL,
    complaint           TEXT,
    status              VARCHAR(20) NOT NULL DEFAULT 'BOOKED'
        CHECK (status IN ('BOOKED', 'CONFIRMED', 'ARRIVED', 'MISSED', 'CANCELLED')),
    created_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_service_appointments_branch_id
    ON service_appointments (branch_id, scheduled_at);
CREATE INDEX idx_service_appointments_customer_id ON service_appointments (customer_id);
CREATE INDEX idx_service_appointments_vehicle_id
    ON service_appointments (customer_vehicle_id);
CREATE INDEX idx_service_appointments_package_id ON service_appointments (package_id);
CREATE INDEX idx_service_appointments_advisor_id ON service_appointments (advisor_id);

CREATE TABLE repair_orders (
    id                  BIGSERIAL PRIMARY KEY,
    order_number        VARCHAR(30) NOT NULL UNIQUE,
    branch_id           BIGINT NOT NULL REFERENCES branches (id),
    customer_id         BIGINT NOT NULL REFERENCES customers (id),
    customer_vehicle_id BIGINT NOT NULL REFERENCES customer_vehicles (id),
    appointment_id      BIGINT UNIQUE
        REFERENCES service_appointments (id) ON DELETE SET NULL,
    advisor_id          BIGINT NOT NULL REFERENCES users (id),
    mileage_km          INT NOT NULL CHECK (mileage_km >= 0),
    complaint           TEXT NOT NULL,
    diagnosis           TEXT,
    opened_at           TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    promised_at         TIMESTAMP,
    completed_at        TIMESTAMP,
    labor_amount        DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (labor_amount >= 0),
    parts_amount        DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (parts_amount >= 0),
    tax_amount          DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (tax_amount >= 0),
    status              VARCHAR(20) NOT NULL DEFAULT 'PENDING'
        CHECK (status IN ('PENDING', 'IN_PROGRESS', 'WAITING_PARTS', 'COMPLETED',
            'INVOICED', 'CANCELLED')),
    created_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_repair_orders_branch_id ON repair_orders (branch_id, opened_at);
CREATE INDEX idx_repair_orders_customer_id ON repair_orders (customer_id);
CREATE INDEX idx_repair_orders_customer_vehicle_id ON repair_orders (customer_vehicle_id);
CREATE INDEX idx_repair_orders_advisor_id ON repair_orders (advisor_id);
CREATE INDEX idx_repair_orders_status ON repair_orders (status);

CREATE TABLE repair_order_labors (
    id              BIGSERIAL PRIMARY KEY,
    repair_order_id BIGINT NOT NULL REFERENCES repair_orders (id) ON DELETE CASCADE,
    operation_id    BIGINT NOT NULL REFERENCES labor_operations (id),
    technician_id   BIGINT REFERENCES users (id) ON DELETE SET NULL,
    hours           DECIMAL(6,2) NOT NULL CHECK (hours >= 0),
    hourly_rate     DECIMAL(15,2) NOT NULL CHECK (hourly_rate >= 0),
    amount          DECIMAL(15,2) NOT NULL CHECK (amount >= 0),
    status          VARCHAR(20) NOT NULL DEFAULT 'OPEN'
        CHECK (status IN ('OPEN', 'STARTED', 'PAUSED', 'FINISHED')),
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_repair_order_labors_repair_order_id
    ON repair_order_labors (repair_order_id);
CREATE INDEX idx_repair_order_labors_operation_id ON repair_order_labors (operation_id);
CREATE INDEX idx_repair_order_labors_technician_id ON repair_order_labors (technician_id);

CREATE TABLE repair_order_parts (
    id              BIGSERIAL PRIMARY KEY,
    repair_order_id BIGINT NOT NULL REFERENCES repair_orders (id) ON DELETE CASCADE,
    part_id         BIGINT NOT NULL REFERENCES parts (id),
    quantity        DECIMAL(12,2) NOT NULL CHECK (quantity > 0),
    unit_price      DECIMAL(15,2) NOT NULL CHECK (unit_price >= 0),
    amount          DECIMAL(15,2) NOT NULL CHECK (amount >= 0),
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_repair_order_parts_repair_order_id
    ON repair_order_parts (repair_order_id);
CREATE INDEX idx_repair_order_parts_part_id ON repair_order_parts (part_id);

CREATE TABLE warranty_claims (
    id              BIGSERIAL PRIMARY KEY,
    claim_number    VARCHAR(30) NOT NULL UNIQUE,
    repair_order_id BIGINT NOT NULL REFERENCES repair_orders (id) ON DELETE RESTRICT,
    submitted_on    DATE NOT NULL,
    claimed_amount  DECIMAL(15,2) NOT NULL CHECK (claimed_amount > 0),
    approved_amount DECIMAL(15,2) CHECK (approved_amount >= 0),
    status          VARCHAR(20) NOT NULL DEFAULT 'SUBMITTED'
        CHECK (status IN ('SUBMITTED', 'APPROVED', 'DECLINED', 'SETTLED')),
    remarks         TEXT,
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_warranty_claims_repair_order_id ON warranty_claims (repair_order_id);

-- ---- Parts ----

CREATE TABLE part_categories (
    id        BIGSERIAL PRIMARY KEY,
    parent_id BIGINT REFERENCES part_categories (id) ON DELETE RESTRICT,
    code      VARCHAR(30) NOT NULL UNIQUE,
    name      VARCHAR(100) NOT NULL
);
CREATE INDEX idx_part_categories_parent_id ON part_categories (parent_id);

CREATE TABLE suppliers (
    id           BIGSERIAL PRIMARY KEY,
    code         VARCHAR(30) NOT NULL UNIQUE,
    name         VARCHAR(150) NOT NULL,
    tax_number   VARCHAR(50),
    phone        VARCHAR(30),
    email        VARCHAR(150),
    payment_days SMALLINT NOT NULL DEFAULT 30 CHECK (payment_days >= 0),
    is_active    BOOLEAN NOT NULL DEFAULT TRUE,
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);

CREATE TABLE parts (
    id            BIGSERIAL PRIMARY KEY,
    part_number   VARCHAR(50) NOT NULL UNIQUE,
    category_id   BIGINT NOT NULL REFERENCES part_categories (id),
    supplier_id   BIGINT REFERENCES suppliers (id) ON DELETE SET NULL,
    superseded_by BIGINT REFERENCES parts (id) ON DELETE SET NULL,
    name          VARCHAR(150) NOT NULL,
    unit          VARCHAR(10) NOT NULL DEFAULT 'PCS',
    cost_price    DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (cost_price >= 0),
    sale_price    DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (sale_price >= 0),
    is_genuine    BOOLEAN NOT NULL DEFAULT TRUE,
    status        VARCHAR(20) NOT NULL DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'SUPERSEDED', 'DISCONTINUED')),
    created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_parts_category_id ON parts (category_id);
CREATE INDEX idx_parts_supplier_id ON parts (supplier_id);
CREATE INDEX idx_parts_superseded_by ON parts (superseded_by);

CREATE TABLE warehouses (
    id        BIGSERIAL PRIMARY KEY,
    branch_id BIGINT NOT NULL REFERENCES branches (id),
    code      VARCHAR(20) NOT NULL UNIQUE,
    name      VARCHAR(100) NOT NULL,
    is_active BOOLEAN NOT NULL DEFAULT TRUE
);
CREATE INDEX idx_warehouses_branch_id ON warehouses (branch_id);

CREATE TABLE part_stocks (
    warehouse_id BIGINT NOT NULL REFERENCES warehouses (id),
    part_id      BIGINT NOT NULL REFERENCES parts (id),
    on_hand      DECIMAL(12,2) NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    reserved     DECIMAL(12,2) NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    minimum      DECIMAL(12,2) NOT NULL DEFAULT 0 CHECK (minimum >= 0),
    bin          VARCHAR(20),
    updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, -- @touch
    PRIMARY KEY (warehouse_id, part_id),
    CONSTRAINT part_stocks_reserved_is_there CHECK (reserved <= on_hand)
);
CREATE INDEX idx_part_stocks_part_id ON part_stocks (part_id);

-- @append_only
CREATE TABLE stock_movements (
    id            BIGSERIAL PRIMARY KEY,
    warehouse_id  BIGINT NOT NULL REFERENCES warehouses (id),
    part_id       BIGINT NOT NULL REFERENCES parts (id),
    movement_type VARCHAR(20) NOT NULL
        CHECK (movement_type IN ('RECEIPT', 'ISSUE', 'TRANSFER', 'COUNT')),
    quantity      DECIMAL(12,2) NOT NULL CHECK (quantity <> 0) COMMENT 'below zero: out',
    reference     VARCHAR(60) COMMENT 'number of the order or receipt behind it',
    moved_by      BIGINT NOT NULL REFERENCES users (id),
    moved_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_stock_movements_stock
    ON stock_movements (warehouse_id, part_id, moved_at);
CREATE INDEX idx_stock_movements_part_id ON stock_movements (part_id);
CREATE INDEX idx_stock_movements_moved_by ON stock_movements (moved_by);

CREATE TABLE purchase_orders (
    id           BIGSERIAL PRIMARY KEY,
    order_number VARCHAR(30) NOT NULL UNIQUE,
    supplier_id  BIGINT NOT NULL REFERENCES suppliers (id),
    warehouse_id BIGINT NOT NULL REFERENCES warehouses (id),
    ordered_by   BIGINT NOT NULL REFERENCES users (id),
    ordered_on   DATE NOT NULL,
    expected_on  DATE,
    total_amount DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (total_amount >= 0),
    status       VARCHAR(20) NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'SENT', 'PARTIAL', 'RECEIVED', 'CANCELLED')),
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_purchase_orders_supplier_id ON purchase_orders (supplier_id, status);
CREATE INDEX idx_purchase_orders_warehouse_id ON purchase_orders (warehouse_id);
CREATE INDEX idx_purchase_orders_ordered_by ON purchase_orders (ordered_by);

CREATE TABLE purchase_order_items (
    id                BIGSERIAL PRIMARY KEY,
    purchase_order_id BIGINT NOT NULL REFERENCES purchase_orders (id) ON DELETE CASCADE,
    line_number       SMALLINT NOT NULL CHECK (line_number > 0),
    part_id           BIGINT NOT NULL REFERENCES parts (id),
    quantity          DECIMAL(12,2) NOT NULL CHECK (quantity > 0),
    received          DECIMAL(12,2) NOT NULL DEFAULT 0 CHECK (received >= 0),
    unit_price        DECIMAL(15,2) NOT NULL CHECK (unit_price >= 0),
    UNIQUE (purchase_order_id, line_number)
);
CREATE INDEX idx_purchase_order_items_part_id ON purchase_order_items (part_id);

CREATE TABLE goods_receipts (
    id                BIGSERIAL PRIMARY KEY,
    receipt_number    VARCHAR(30) NOT NULL UNIQUE,
    purchase_order_id BIGINT NOT NULL REFERENCES purchase_orders (id) ON DELETE RESTRICT,
    received_by       BIGINT NOT NULL REFERENCES users (id),
    received_at       TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    delivery_note     VARCHAR(60),
    remarks           TEXT
);
CREATE INDEX idx_goods_receipts_purchase_order_id ON goods_receipts (purchase_order_id);
CREATE INDEX idx_goods_receipts_received_by ON goods_receipts (received_by);

-- ---- Insurance ----

CREATE TABLE insurance_companies (
    id         BIGSERIAL PRIMARY KEY,
    code       VARCHAR(30) NOT NULL UNIQUE,
    name       VARCHAR(150) NOT NULL,
    phone      VARCHAR(30),
    email      VARCHAR(150),
    is_active  BOOLEAN NOT NULL DEFAULT TRUE,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);

CREATE TABLE insurance_policies (
    id                  BIGSERIAL PRIMARY KEY,
    company_id          BIGINT NOT NULL REFERENCES insurance_companies (id),
    policy_number       VARCHAR(50) NOT NULL,
    customer_vehicle_id BIGINT NOT NULL REFERENCES customer_vehicles (id),
    coverage            VARCHAR(20) NOT NULL
        CHECK (coverage IN ('COMPREHENSIVE', 'TOTAL_LOSS', 'THIRD_PARTY')),
    premium             DECIMAL(15,2) NOT NULL CHECK (premium >= 0),
    starts_on           DATE NOT NULL,
    ends_on             DATE NOT NULL,
    status              VARCHAR(20) NOT NULL DEFAULT 'OFFERED'
        CHECK (status IN ('OFFERED', 'IN_FORCE', 'LAPSED', 'TERMINATED')),
    created_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, -- @touch
    UNIQUE (company_id, policy_number),
    CONSTRAINT insurance_policies_end_after_start CHECK (ends_on > starts_on)
);
CREATE INDEX idx_insurance_policies_vehicle_id
    ON insurance_policies (customer_vehicle_id);
CREATE INDEX idx_insurance_policies_ends_on ON insurance_policies (ends_on);

-- ---- Accounting ----

CREATE TABLE accounts (
    id           BIGSERIAL PRIMARY KEY,
    parent_id    BIGINT REFERENCES accounts (id) ON DELETE RESTRICT,
    code         VARCHAR(20) NOT NULL UNIQUE,
    name         VARCHAR(150) NOT NULL,
    account_type VARCHAR(20) NOT NULL
        CHECK (account_type IN ('ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE')),
    is_active    BOOLEAN NOT NULL DEFAULT TRUE
);
CREATE INDEX idx_accounts_parent_id ON accounts (parent_id);

CREATE TABLE tax_rates (
    id         BIGSERIAL PRIMARY KEY,
    code       VARCHAR(20) NOT NULL,
    name       VARCHAR(100) NOT NULL,
    percent    DECIMAL(5,2) NOT NULL CHECK (percent >= 0 AND percent <= 100),
    valid_from DATE NOT NULL,
    UNIQUE (code, valid_from)
);

CREATE TABLE journal_entries (
    id           BIGSERIAL PRIMARY KEY,
    entry_number VARCHAR(30) NOT NULL UNIQUE,
    branch_id    BIGINT NOT NULL REFERENCES branches (id),
    entry_date   DATE NOT NULL,
    description  VARCHAR(200) NOT NULL,
    posted_by    BIGINT REFERENCES users (id),
    posted_at    TIMESTAMP,
    status       VARCHAR(20) NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'POSTED', 'REVERSED')),
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_journal_entries_branch_id ON journal_entries (branch_id, entry_date);
CREATE INDEX idx_journal_entries_posted_by ON journal_entries (posted_by);

CREATE TABLE journal_lines (
    id          BIGSERIAL PRIMARY KEY,
    entry_id    BIGINT NOT NULL REFERENCES journal_entries (id) ON DELETE CASCADE,
    line_number SMALLINT NOT NULL CHECK (line_number > 0),
    account_id  BIGINT NOT NULL REFERENCES accounts (id),
    debit       DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (debit >= 0),
    credit      DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (credit >= 0),
    description VARCHAR(200),
    UNIQUE (entry_id, line_number),
    CONSTRAINT journal_lines_one_side CHECK ((debit = 0) <> (credit = 0))
);
CREATE INDEX idx_journal_lines_account_id ON journal_lines (account_id);

CREATE TABLE invoices (
    id              BIGSERIAL PRIMARY KEY,
    invoice_number  VARCHAR(30) NOT NULL UNIQUE,
    branch_id       BIGINT NOT NULL REFERENCES branches (id),
    customer_id     BIGINT NOT NULL REFERENCES customers (id),
    sales_order_id  BIGINT REFERENCES sales_orders (id) ON DELETE RESTRICT,
    repair_order_id BIGINT REFERENCES repair_orders (id) ON DELETE RESTRICT,
    tax_rate_id     BIGINT REFERENCES tax_rates (id),
    issued_on       DATE NOT NULL,
    due_on          DATE NOT NULL,
    subtotal        DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (subtotal >= 0),
    tax_amount      DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (tax_amount >= 0),
    total_amount    DECIMAL(15,2) NOT NULL DEFAULT 0 CHECK (total_amount >= 0),
    status          VARCHAR(20) NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'ISSUED', 'PAID', 'VOID')),
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, -- @touch
    CONSTRAINT invoices_sum CHECK (total_amount = subtotal + tax_amount),
    CONSTRAINT invoices_one_order
        CHECK (sales_order_id IS NULL OR repair_order_id IS NULL)
);
CREATE INDEX idx_invoices_branch_id ON invoices (branch_id, issued_on);
CREATE INDEX idx_invoices_customer_id ON invoices (customer_id);
CREATE INDEX idx_invoices_sales_order_id ON invoices (sales_order_id);
CREATE INDEX idx_invoices_repair_order_id ON invoices (repair_order_id);
CREATE INDEX idx_invoices_tax_rate_id ON invoices (tax_rate_id);
CREATE INDEX idx_invoices_due_on ON invoices (due_on) WHERE status = 'ISSUED';

CREATE TABLE invoice_items (
    id          BIGSERIAL PRIMARY KEY,
    invoice_id  BIGINT NOT NULL REFERENCES invoices (id) ON DELETE CASCADE,
    line_number SMALLINT NOT NULL CHECK (line_number > 0),
    description VARCHAR(200) NOT NULL,
    quantity    DECIMAL(12,2) NOT NULL DEFAULT 1 CHECK (quantity > 0),
    unit_price  DECIMAL(15,2) NOT NULL CHECK (unit_price >= 0),
    amount      DECIMAL(15,2) NOT NULL CHECK (amount >= 0),
    UNIQUE (invoice_id, line_number)
);

CREATE TABLE payments (
    id             BIGSERIAL PRIMARY KEY,
    payment_number VARCHAR(30) NOT NULL UNIQUE,
    invoice_id     BIGINT NOT NULL REFERENCES invoices (id) ON DELETE RESTRICT,
    method         VARCHAR(20) NOT NULL
        CHECK (method IN ('CASH', 'TRANSFER', 'CARD', 'LEASING')),
    amount         DECIMAL(15,2) NOT NULL CHECK (amount > 0),
    paid_at        TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    received_by    BIGINT NOT NULL REFERENCES users (id),
    reference      VARCHAR(60),
    created_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_payments_invoice_id ON payments (invoice_id);
CREATE INDEX idx_payments_received_by ON payments (received_by);
CREATE INDEX idx_payments_paid_at ON payments (paid_at);
