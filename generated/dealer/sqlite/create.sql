-- dealer: from nothing to 1.2.0 (sqlite)

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- 01 create table branches
CREATE TABLE branches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(20) NOT NULL UNIQUE
        CONSTRAINT branches_code_type CHECK (length(code) <= 20),
    name VARCHAR(100) NOT NULL
        CONSTRAINT branches_name_type CHECK (length(name) <= 100),
    address TEXT,
    city VARCHAR(100)
        CONSTRAINT branches_city_type CHECK (length(city) <= 100),
    phone VARCHAR(30)
        CONSTRAINT branches_phone_type CHECK (length(phone) <= 30),
    is_active BOOLEAN NOT NULL DEFAULT TRUE
        CONSTRAINT branches_is_active_type CHECK (is_active IN (0, 1)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT branches_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT branches_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 02 create table roles
CREATE TABLE roles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(20) NOT NULL UNIQUE
        CONSTRAINT roles_code_type CHECK (length(code) <= 20),
    name VARCHAR(100) NOT NULL
        CONSTRAINT roles_name_type CHECK (length(name) <= 100),
    description TEXT,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT roles_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT roles_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 03 create table users
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT users_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    username VARCHAR(50) NOT NULL UNIQUE
        CONSTRAINT users_username_type CHECK (length(username) <= 50),
    full_name VARCHAR(100) NOT NULL
        CONSTRAINT users_full_name_type CHECK (length(full_name) <= 100),
    email VARCHAR(150) UNIQUE
        CONSTRAINT users_email_type CHECK (length(email) <= 150),
    phone VARCHAR(30)
        CONSTRAINT users_phone_type CHECK (length(phone) <= 30),
    password_hash TEXT NOT NULL,
    role_id BIGINT NOT NULL REFERENCES roles (id)
        CONSTRAINT users_role_id_type CHECK (typeof(role_id) = 'integer'),
    status VARCHAR(20) NOT NULL DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'LOCKED', 'LEFT'))
        CONSTRAINT users_status_type CHECK (length(status) <= 20),
    last_login_at TIMESTAMP
        CONSTRAINT users_last_login_at_type CHECK (last_login_at IS datetime(substr(last_login_at, 1, 19), '+0 days') || substr(last_login_at, 20) AND (length(last_login_at) = 19 OR substr(last_login_at, 20) GLOB '.*[1-9]' AND substr(last_login_at, 21) NOT GLOB '*[^0-9]*' AND length(last_login_at) <= 26)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT users_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT users_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 04 create table audit_logs
CREATE TABLE audit_logs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT REFERENCES users (id)
        CONSTRAINT audit_logs_user_id_type CHECK (user_id IS NULL OR typeof(user_id) = 'integer'),
    action VARCHAR(20) NOT NULL
        CHECK (action IN ('INSERT', 'UPDATE', 'DELETE', 'LOGIN'))
        CONSTRAINT audit_logs_action_type CHECK (length(action) <= 20),
    entity VARCHAR(60) NOT NULL
        CONSTRAINT audit_logs_entity_type CHECK (length(entity) <= 60),
    entity_id BIGINT
        CONSTRAINT audit_logs_entity_id_type CHECK (entity_id IS NULL OR typeof(entity_id) = 'integer'),
    old_values JSON_TEXT
        CONSTRAINT audit_logs_old_values_type CHECK (old_values IS NULL OR json_valid(old_values)),
    new_values JSON_TEXT
        CONSTRAINT audit_logs_new_values_type CHECK (new_values IS NULL OR json_valid(new_values)),
    logged_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT audit_logs_logged_at_type CHECK (logged_at IS datetime(substr(logged_at, 1, 19), '+0 days') || substr(logged_at, 20) AND (length(logged_at) = 19 OR substr(logged_at, 20) GLOB '.*[1-9]' AND substr(logged_at, 21) NOT GLOB '*[^0-9]*' AND length(logged_at) <= 26))
);

-- 05 create table vehicle_models
CREATE TABLE vehicle_models (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT vehicle_models_code_type CHECK (length(code) <= 30),
    name VARCHAR(100) NOT NULL
        CONSTRAINT vehicle_models_name_type CHECK (length(name) <= 100),
    body_type VARCHAR(30)
        CONSTRAINT vehicle_models_body_type_type CHECK (length(body_type) <= 30),
    transmission VARCHAR(20) NOT NULL
        CHECK (transmission IN ('MANUAL', 'AUTOMATIC', 'CVT'))
        CONSTRAINT vehicle_models_transmission_type CHECK (length(transmission) <= 20),
    engine_cc INTEGER
        CHECK (engine_cc > 0)
        CONSTRAINT vehicle_models_engine_cc_type CHECK (engine_cc IS NULL OR typeof(engine_cc) = 'integer' AND engine_cc BETWEEN -2147483648 AND 2147483647),
    list_price DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (list_price >= 0)
        CONSTRAINT vehicle_models_list_price_type CHECK (typeof(list_price) = 'integer' AND abs(list_price) < 1000000000000000),
    is_active BOOLEAN NOT NULL DEFAULT TRUE
        CONSTRAINT vehicle_models_is_active_type CHECK (is_active IN (0, 1)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT vehicle_models_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT vehicle_models_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 06 create table vehicle_colors
CREATE TABLE vehicle_colors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(20) NOT NULL UNIQUE
        CONSTRAINT vehicle_colors_code_type CHECK (length(code) <= 20),
    name VARCHAR(60) NOT NULL
        CONSTRAINT vehicle_colors_name_type CHECK (length(name) <= 60),
    hex_code CHAR(7) COLLATE rtrim
        CONSTRAINT vehicle_colors_hex_code_type CHECK (length(rtrim(hex_code)) <= 7)
);

-- 07 create table documents
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity VARCHAR(60) NOT NULL
        CONSTRAINT documents_entity_type CHECK (length(entity) <= 60),
    entity_id BIGINT NOT NULL
        CONSTRAINT documents_entity_id_type CHECK (typeof(entity_id) = 'integer'),
    title VARCHAR(150) NOT NULL
        CONSTRAINT documents_title_type CHECK (length(title) <= 150),
    file_name VARCHAR(255) NOT NULL
        CONSTRAINT documents_file_name_type CHECK (length(file_name) <= 255),
    media_type VARCHAR(100) NOT NULL
        CONSTRAINT documents_media_type_type CHECK (length(media_type) <= 100),
    size_bytes BIGINT NOT NULL
        CHECK (size_bytes >= 0)
        CONSTRAINT documents_size_bytes_type CHECK (typeof(size_bytes) = 'integer'),
    uploaded_by BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT documents_uploaded_by_type CHECK (typeof(uploaded_by) = 'integer'),
    uploaded_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT documents_uploaded_at_type CHECK (uploaded_at IS datetime(substr(uploaded_at, 1, 19), '+0 days') || substr(uploaded_at, 20) AND (length(uploaded_at) = 19 OR substr(uploaded_at, 20) GLOB '.*[1-9]' AND substr(uploaded_at, 21) NOT GLOB '*[^0-9]*' AND length(uploaded_at) <= 26))
);

-- 08 create table notifications
CREATE TABLE notifications (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE
        CONSTRAINT notifications_user_id_type CHECK (typeof(user_id) = 'integer'),
    title VARCHAR(150) NOT NULL
        CONSTRAINT notifications_title_type CHECK (length(title) <= 150),
    body TEXT,
    is_read BOOLEAN NOT NULL DEFAULT FALSE
        CONSTRAINT notifications_is_read_type CHECK (is_read IN (0, 1)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT notifications_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26))
);

-- 09 create table lead_sources
CREATE TABLE lead_sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(20) NOT NULL UNIQUE
        CONSTRAINT lead_sources_code_type CHECK (length(code) <= 20),
    name VARCHAR(100) NOT NULL
        CONSTRAINT lead_sources_name_type CHECK (length(name) <= 100),
    is_active BOOLEAN NOT NULL DEFAULT TRUE
        CONSTRAINT lead_sources_is_active_type CHECK (is_active IN (0, 1))
);

-- 10 create table customers
CREATE TABLE customers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT customers_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    customer_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT customers_customer_number_type CHECK (length(customer_number) <= 30),
    customer_type VARCHAR(20) NOT NULL DEFAULT 'PERSON'
        CHECK (customer_type IN ('PERSON', 'COMPANY'))
        CONSTRAINT customers_customer_type_type CHECK (length(customer_type) <= 20),
    full_name VARCHAR(150) NOT NULL
        CONSTRAINT customers_full_name_type CHECK (length(full_name) <= 150),
    identity_number VARCHAR(50) UNIQUE
        CONSTRAINT customers_identity_number_type CHECK (length(identity_number) <= 50),
    tax_number VARCHAR(50)
        CONSTRAINT customers_tax_number_type CHECK (length(tax_number) <= 50),
    birth_date DATE
        CONSTRAINT customers_birth_date_type CHECK (birth_date IS date(birth_date, '+0 days')),
    phone VARCHAR(30) NOT NULL
        CONSTRAINT customers_phone_type CHECK (length(phone) <= 30),
    email VARCHAR(150)
        CONSTRAINT customers_email_type CHECK (length(email) <= 150),
    status VARCHAR(20) NOT NULL DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'INACTIVE', 'BLOCKED'))
        CONSTRAINT customers_status_type CHECK (length(status) <= 20),
    notes TEXT,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT customers_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT customers_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 11 create table customer_addresses
CREATE TABLE customer_addresses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE
        CONSTRAINT customer_addresses_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    address_type VARCHAR(20) NOT NULL DEFAULT 'HOME'
        CHECK (address_type IN ('HOME', 'OFFICE', 'BILLING'))
        CONSTRAINT customer_addresses_address_type_type CHECK (length(address_type) <= 20),
    street VARCHAR(200) NOT NULL
        CONSTRAINT customer_addresses_street_type CHECK (length(street) <= 200),
    city VARCHAR(100) NOT NULL
        CONSTRAINT customer_addresses_city_type CHECK (length(city) <= 100),
    province VARCHAR(100)
        CONSTRAINT customer_addresses_province_type CHECK (length(province) <= 100),
    postal_code VARCHAR(10)
        CONSTRAINT customer_addresses_postal_code_type CHECK (length(postal_code) <= 10),
    is_primary BOOLEAN NOT NULL DEFAULT FALSE
        CONSTRAINT customer_addresses_is_primary_type CHECK (is_primary IN (0, 1)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT customer_addresses_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT customer_addresses_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 12 create table customer_contacts
CREATE TABLE customer_contacts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE
        CONSTRAINT customer_contacts_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    full_name VARCHAR(150) NOT NULL
        CONSTRAINT customer_contacts_full_name_type CHECK (length(full_name) <= 150),
    relationship VARCHAR(50)
        CONSTRAINT customer_contacts_relationship_type CHECK (length(relationship) <= 50),
    phone VARCHAR(30)
        CONSTRAINT customer_contacts_phone_type CHECK (length(phone) <= 30),
    email VARCHAR(150)
        CONSTRAINT customer_contacts_email_type CHECK (length(email) <= 150),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT customer_contacts_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT customer_contacts_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 13 create table customer_vehicles
CREATE TABLE customer_vehicles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE RESTRICT
        CONSTRAINT customer_vehicles_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    model_id BIGINT NOT NULL REFERENCES vehicle_models (id)
        CONSTRAINT customer_vehicles_model_id_type CHECK (typeof(model_id) = 'integer'),
    color_id BIGINT REFERENCES vehicle_colors (id)
        CONSTRAINT customer_vehicles_color_id_type CHECK (color_id IS NULL OR typeof(color_id) = 'integer'),
    plate_number VARCHAR(20) UNIQUE
        CONSTRAINT customer_vehicles_plate_number_type CHECK (length(plate_number) <= 20),
    vin VARCHAR(17) NOT NULL UNIQUE
        CONSTRAINT customer_vehicles_vin_type CHECK (length(vin) <= 17),
    engine_number VARCHAR(30)
        CONSTRAINT customer_vehicles_engine_number_type CHECK (length(engine_number) <= 30),
    production_year SMALLINT
        CHECK (production_year BETWEEN 1950 AND 2100)
        CONSTRAINT customer_vehicles_production_year_type CHECK (production_year IS NULL OR typeof(production_year) = 'integer' AND production_year BETWEEN -32768 AND 32767),
    mileage_km INTEGER NOT NULL DEFAULT 0
        CHECK (mileage_km >= 0)
        CONSTRAINT customer_vehicles_mileage_km_type CHECK (typeof(mileage_km) = 'integer' AND mileage_km BETWEEN -2147483648 AND 2147483647),
    purchased_on DATE
        CONSTRAINT customer_vehicles_purchased_on_type CHECK (purchased_on IS date(purchased_on, '+0 days')),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT customer_vehicles_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT customer_vehicles_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 14 create table leads
CREATE TABLE leads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT leads_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    source_id BIGINT NOT NULL REFERENCES lead_sources (id)
        CONSTRAINT leads_source_id_type CHECK (typeof(source_id) = 'integer'),
    customer_id BIGINT REFERENCES customers (id) ON DELETE SET NULL
        CONSTRAINT leads_customer_id_type CHECK (customer_id IS NULL OR typeof(customer_id) = 'integer'),
    model_id BIGINT REFERENCES vehicle_models (id) ON DELETE SET NULL
        CONSTRAINT leads_model_id_type CHECK (model_id IS NULL OR typeof(model_id) = 'integer'),
    assigned_to BIGINT REFERENCES users (id) ON DELETE SET NULL
        CONSTRAINT leads_assigned_to_type CHECK (assigned_to IS NULL OR typeof(assigned_to) = 'integer'),
    full_name VARCHAR(150) NOT NULL
        CONSTRAINT leads_full_name_type CHECK (length(full_name) <= 150),
    phone VARCHAR(30) NOT NULL
        CONSTRAINT leads_phone_type CHECK (length(phone) <= 30),
    email VARCHAR(150)
        CONSTRAINT leads_email_type CHECK (length(email) <= 150),
    status VARCHAR(20) NOT NULL DEFAULT 'NEW'
        CHECK (status IN ('NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST'))
        CONSTRAINT leads_status_type CHECK (length(status) <= 20),
    lost_reason VARCHAR(200)
        CONSTRAINT leads_lost_reason_type CHECK (length(lost_reason) <= 200),
    notes TEXT,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT leads_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT leads_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 15 create table lead_activities
CREATE TABLE lead_activities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id BIGINT NOT NULL REFERENCES leads (id) ON DELETE CASCADE
        CONSTRAINT lead_activities_lead_id_type CHECK (typeof(lead_id) = 'integer'),
    user_id BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT lead_activities_user_id_type CHECK (typeof(user_id) = 'integer'),
    activity_type VARCHAR(20) NOT NULL
        CHECK (activity_type IN ('CALL', 'VISIT', 'MESSAGE', 'TEST_DRIVE'))
        CONSTRAINT lead_activities_activity_type_type CHECK (length(activity_type) <= 20),
    summary TEXT NOT NULL,
    happened_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT lead_activities_happened_at_type CHECK (happened_at IS datetime(substr(happened_at, 1, 19), '+0 days') || substr(happened_at, 20) AND (length(happened_at) = 19 OR substr(happened_at, 20) GLOB '.*[1-9]' AND substr(happened_at, 21) NOT GLOB '*[^0-9]*' AND length(happened_at) <= 26)),
    follow_up_at TIMESTAMP
        CONSTRAINT lead_activities_follow_up_at_type CHECK (follow_up_at IS datetime(substr(follow_up_at, 1, 19), '+0 days') || substr(follow_up_at, 20) AND (length(follow_up_at) = 19 OR substr(follow_up_at, 20) GLOB '.*[1-9]' AND substr(follow_up_at, 21) NOT GLOB '*[^0-9]*' AND length(follow_up_at) <= 26))
);

-- 16 create table campaigns
CREATE TABLE campaigns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(150) NOT NULL UNIQUE
        CONSTRAINT campaigns_name_type CHECK (length(name) <= 150),
    channel VARCHAR(20) NOT NULL
        CHECK (channel IN ('MAIL', 'MESSAGE', 'EVENT', 'WEB'))
        CONSTRAINT campaigns_channel_type CHECK (length(channel) <= 20),
    starts_on DATE NOT NULL
        CONSTRAINT campaigns_starts_on_type CHECK (starts_on IS date(starts_on, '+0 days')),
    ends_on DATE NOT NULL
        CONSTRAINT campaigns_ends_on_type CHECK (ends_on IS date(ends_on, '+0 days')),
    budget DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (budget >= 0)
        CONSTRAINT campaigns_budget_type CHECK (typeof(budget) = 'integer' AND abs(budget) < 1000000000000000),
    status VARCHAR(20) NOT NULL DEFAULT 'PLANNED'
        CHECK (status IN ('PLANNED', 'RUNNING', 'ENDED'))
        CONSTRAINT campaigns_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT campaigns_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT campaigns_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26)),
    CONSTRAINT campaigns_end_after_start CHECK (ends_on >= starts_on)
);

-- 17 create table campaign_members
CREATE TABLE campaign_members (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE
        CONSTRAINT campaign_members_campaign_id_type CHECK (typeof(campaign_id) = 'integer'),
    customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE
        CONSTRAINT campaign_members_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    responded_at TIMESTAMP
        CONSTRAINT campaign_members_responded_at_type CHECK (responded_at IS datetime(substr(responded_at, 1, 19), '+0 days') || substr(responded_at, 20) AND (length(responded_at) = 19 OR substr(responded_at, 20) GLOB '.*[1-9]' AND substr(responded_at, 21) NOT GLOB '*[^0-9]*' AND length(responded_at) <= 26)),
    PRIMARY KEY (campaign_id, customer_id)
);

-- 18 create table vehicles
CREATE TABLE vehicles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT vehicles_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    model_id BIGINT NOT NULL REFERENCES vehicle_models (id)
        CONSTRAINT vehicles_model_id_type CHECK (typeof(model_id) = 'integer'),
    color_id BIGINT NOT NULL REFERENCES vehicle_colors (id)
        CONSTRAINT vehicles_color_id_type CHECK (typeof(color_id) = 'integer'),
    vin VARCHAR(17) NOT NULL UNIQUE
        CONSTRAINT vehicles_vin_type CHECK (length(vin) <= 17),
    engine_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT vehicles_engine_number_type CHECK (length(engine_number) <= 30),
    production_year SMALLINT NOT NULL
        CHECK (production_year BETWEEN 1950 AND 2100)
        CONSTRAINT vehicles_production_year_type CHECK (typeof(production_year) = 'integer' AND production_year BETWEEN -32768 AND 32767),
    cost_price DECIMAL_INT(15,2) NOT NULL
        CHECK (cost_price >= 0)
        CONSTRAINT vehicles_cost_price_type CHECK (typeof(cost_price) = 'integer' AND abs(cost_price) < 1000000000000000),
    list_price DECIMAL_INT(15,2) NOT NULL
        CHECK (list_price >= 0)
        CONSTRAINT vehicles_list_price_type CHECK (typeof(list_price) = 'integer' AND abs(list_price) < 1000000000000000),
    received_on DATE
        CONSTRAINT vehicles_received_on_type CHECK (received_on IS date(received_on, '+0 days')),
    status VARCHAR(20) NOT NULL DEFAULT 'ORDERED'
        CHECK (status IN ('ORDERED', 'IN_STOCK', 'RESERVED', 'SOLD', 'DELIVERED'))
        CONSTRAINT vehicles_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT vehicles_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT vehicles_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 19 create table quotations
CREATE TABLE quotations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    quotation_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT quotations_quotation_number_type CHECK (length(quotation_number) <= 30),
    customer_id BIGINT NOT NULL REFERENCES customers (id)
        CONSTRAINT quotations_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    lead_id BIGINT REFERENCES leads (id) ON DELETE SET NULL
        CONSTRAINT quotations_lead_id_type CHECK (lead_id IS NULL OR typeof(lead_id) = 'integer'),
    model_id BIGINT NOT NULL REFERENCES vehicle_models (id)
        CONSTRAINT quotations_model_id_type CHECK (typeof(model_id) = 'integer'),
    salesperson_id BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT quotations_salesperson_id_type CHECK (typeof(salesperson_id) = 'integer'),
    unit_price DECIMAL_INT(15,2) NOT NULL
        CHECK (unit_price >= 0)
        CONSTRAINT quotations_unit_price_type CHECK (typeof(unit_price) = 'integer' AND abs(unit_price) < 1000000000000000),
    discount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (discount >= 0)
        CONSTRAINT quotations_discount_type CHECK (typeof(discount) = 'integer' AND abs(discount) < 1000000000000000),
    valid_until DATE NOT NULL
        CONSTRAINT quotations_valid_until_type CHECK (valid_until IS date(valid_until, '+0 days')),
    status VARCHAR(20) NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'SENT', 'ACCEPTED', 'REJECTED', 'EXPIRED'))
        CONSTRAINT quotations_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT quotations_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT quotations_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26)),
    CONSTRAINT quotations_discount_within_price CHECK (discount <= unit_price)
);

-- 20 create table sales_orders
CREATE TABLE sales_orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT sales_orders_order_number_type CHECK (length(order_number) <= 30),
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT sales_orders_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    customer_id BIGINT NOT NULL REFERENCES customers (id)
        CONSTRAINT sales_orders_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    vehicle_id BIGINT REFERENCES vehicles (id) ON DELETE RESTRICT
        CONSTRAINT sales_orders_vehicle_id_type CHECK (vehicle_id IS NULL OR typeof(vehicle_id) = 'integer'),
    quotation_id BIGINT UNIQUE REFERENCES quotations (id) ON DELETE SET NULL
        CONSTRAINT sales_orders_quotation_id_type CHECK (quotation_id IS NULL OR typeof(quotation_id) = 'integer'),
    salesperson_id BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT sales_orders_salesperson_id_type CHECK (typeof(salesperson_id) = 'integer'),
    ordered_on DATE NOT NULL
        CONSTRAINT sales_orders_ordered_on_type CHECK (ordered_on IS date(ordered_on, '+0 days')),
    payment_type VARCHAR(20) NOT NULL
        CHECK (payment_type IN ('CASH', 'CREDIT', 'LEASING'))
        CONSTRAINT sales_orders_payment_type_type CHECK (length(payment_type) <= 20),
    subtotal DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (subtotal >= 0)
        CONSTRAINT sales_orders_subtotal_type CHECK (typeof(subtotal) = 'integer' AND abs(subtotal) < 1000000000000000),
    discount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (discount >= 0)
        CONSTRAINT sales_orders_discount_type CHECK (typeof(discount) = 'integer' AND abs(discount) < 1000000000000000),
    tax_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (tax_amount >= 0)
        CONSTRAINT sales_orders_tax_amount_type CHECK (typeof(tax_amount) = 'integer' AND abs(tax_amount) < 1000000000000000),
    total_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (total_amount >= 0)
        CONSTRAINT sales_orders_total_amount_type CHECK (typeof(total_amount) = 'integer' AND abs(total_amount) < 1000000000000000),
    status VARCHAR(20) NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'CONFIRMED', 'DELIVERED', 'CANCELLED'))
        CONSTRAINT sales_orders_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT sales_orders_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT sales_orders_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26)),
    CONSTRAINT sales_orders_sum CHECK (total_amount = subtotal - discount + tax_amount)
);

-- 21 create table service_packages
CREATE TABLE service_packages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT service_packages_code_type CHECK (length(code) <= 30),
    name VARCHAR(150) NOT NULL
        CONSTRAINT service_packages_name_type CHECK (length(name) <= 150),
    model_id BIGINT REFERENCES vehicle_models (id)
        CONSTRAINT service_packages_model_id_type CHECK (model_id IS NULL OR typeof(model_id) = 'integer'),
    interval_km INTEGER
        CHECK (interval_km > 0)
        CONSTRAINT service_packages_interval_km_type CHECK (interval_km IS NULL OR typeof(interval_km) = 'integer' AND interval_km BETWEEN -2147483648 AND 2147483647),
    interval_months SMALLINT
        CHECK (interval_months > 0)
        CONSTRAINT service_packages_interval_months_type CHECK (interval_months IS NULL OR typeof(interval_months) = 'integer' AND interval_months BETWEEN -32768 AND 32767),
    price DECIMAL_INT(15,2) NOT NULL
        CHECK (price >= 0)
        CONSTRAINT service_packages_price_type CHECK (typeof(price) = 'integer' AND abs(price) < 1000000000000000),
    is_active BOOLEAN NOT NULL DEFAULT TRUE
        CONSTRAINT service_packages_is_active_type CHECK (is_active IN (0, 1)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT service_packages_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT service_packages_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 22 create table service_appointments
CREATE TABLE service_appointments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT service_appointments_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    customer_id BIGINT NOT NULL REFERENCES customers (id)
        CONSTRAINT service_appointments_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    customer_vehicle_id BIGINT NOT NULL REFERENCES customer_vehicles (id)
        CONSTRAINT service_appointments_customer_vehicle_id_type CHECK (typeof(customer_vehicle_id) = 'integer'),
    package_id BIGINT REFERENCES service_packages (id) ON DELETE SET NULL
        CONSTRAINT service_appointments_package_id_type CHECK (package_id IS NULL OR typeof(package_id) = 'integer'),
    advisor_id BIGINT REFERENCES users (id) ON DELETE SET NULL
        CONSTRAINT service_appointments_advisor_id_type CHECK (advisor_id IS NULL OR typeof(advisor_id) = 'integer'),
    scheduled_at TIMESTAMP NOT NULL
        CONSTRAINT service_appointments_scheduled_at_type CHECK (scheduled_at IS datetime(substr(scheduled_at, 1, 19), '+0 days') || substr(scheduled_at, 20) AND (length(scheduled_at) = 19 OR substr(scheduled_at, 20) GLOB '.*[1-9]' AND substr(scheduled_at, 21) NOT GLOB '*[^0-9]*' AND length(scheduled_at) <= 26)),
    complaint TEXT,
    status VARCHAR(20) NOT NULL DEFAULT 'BOOKED'
        CHECK (status IN ('BOOKED', 'CONFIRMED', 'ARRIVED', 'MISSED', 'CANCELLED'))
        CONSTRAINT service_appointments_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT service_appointments_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT service_appointments_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 23 create table service_bays
CREATE TABLE service_bays (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(100) NOT NULL
        CONSTRAINT service_bays_name_type CHECK (length(name) <= 100),
    location VARCHAR(100)
        CONSTRAINT service_bays_location_type CHECK (length(location) <= 100),
    capacity INTEGER DEFAULT 1
        CONSTRAINT service_bays_capacity_type CHECK (capacity IS NULL OR typeof(capacity) = 'integer' AND capacity BETWEEN -2147483648 AND 2147483647),
    equipment JSON_TEXT DEFAULT '[]'
        CONSTRAINT service_bays_equipment_type CHECK (equipment IS NULL OR json_valid(equipment)),
    status VARCHAR(20) DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'INACTIVE', 'MAINTENANCE'))
        CONSTRAINT service_bays_status_type CHECK (length(status) <= 20),
    is_available BOOLEAN DEFAULT TRUE
        CONSTRAINT service_bays_is_available_type CHECK (is_available IN (0, 1)),
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT service_bays_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT service_bays_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 24 create table repair_orders
CREATE TABLE repair_orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT repair_orders_order_number_type CHECK (length(order_number) <= 30),
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT repair_orders_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    customer_id BIGINT NOT NULL REFERENCES customers (id)
        CONSTRAINT repair_orders_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    customer_vehicle_id BIGINT NOT NULL REFERENCES customer_vehicles (id)
        CONSTRAINT repair_orders_customer_vehicle_id_type CHECK (typeof(customer_vehicle_id) = 'integer'),
    appointment_id BIGINT UNIQUE REFERENCES service_appointments (id) ON DELETE SET NULL
        CONSTRAINT repair_orders_appointment_id_type CHECK (appointment_id IS NULL OR typeof(appointment_id) = 'integer'),
    advisor_id BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT repair_orders_advisor_id_type CHECK (typeof(advisor_id) = 'integer'),
    mileage_km INTEGER NOT NULL
        CHECK (mileage_km >= 0)
        CONSTRAINT repair_orders_mileage_km_type CHECK (typeof(mileage_km) = 'integer' AND mileage_km BETWEEN -2147483648 AND 2147483647),
    complaint TEXT NOT NULL,
    diagnosis TEXT,
    opened_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT repair_orders_opened_at_type CHECK (opened_at IS datetime(substr(opened_at, 1, 19), '+0 days') || substr(opened_at, 20) AND (length(opened_at) = 19 OR substr(opened_at, 20) GLOB '.*[1-9]' AND substr(opened_at, 21) NOT GLOB '*[^0-9]*' AND length(opened_at) <= 26)),
    promised_at TIMESTAMP
        CONSTRAINT repair_orders_promised_at_type CHECK (promised_at IS datetime(substr(promised_at, 1, 19), '+0 days') || substr(promised_at, 20) AND (length(promised_at) = 19 OR substr(promised_at, 20) GLOB '.*[1-9]' AND substr(promised_at, 21) NOT GLOB '*[^0-9]*' AND length(promised_at) <= 26)),
    completed_at TIMESTAMP
        CONSTRAINT repair_orders_completed_at_type CHECK (completed_at IS datetime(substr(completed_at, 1, 19), '+0 days') || substr(completed_at, 20) AND (length(completed_at) = 19 OR substr(completed_at, 20) GLOB '.*[1-9]' AND substr(completed_at, 21) NOT GLOB '*[^0-9]*' AND length(completed_at) <= 26)),
    labor_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (labor_amount >= 0)
        CONSTRAINT repair_orders_labor_amount_type CHECK (typeof(labor_amount) = 'integer' AND abs(labor_amount) < 1000000000000000),
    parts_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (parts_amount >= 0)
        CONSTRAINT repair_orders_parts_amount_type CHECK (typeof(parts_amount) = 'integer' AND abs(parts_amount) < 1000000000000000),
    tax_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (tax_amount >= 0)
        CONSTRAINT repair_orders_tax_amount_type CHECK (typeof(tax_amount) = 'integer' AND abs(tax_amount) < 1000000000000000),
    status VARCHAR(20) NOT NULL DEFAULT 'PENDING'
        CHECK (status IN ('PENDING', 'IN_PROGRESS', 'WAITING_PARTS', 'COMPLETED', 'INVOICED', 'CANCELLED'))
        CONSTRAINT repair_orders_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT repair_orders_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT repair_orders_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26)),
    bay_number VARCHAR(20)
        CONSTRAINT repair_orders_bay_number_type CHECK (length(bay_number) <= 20),
    bay_id BIGINT CONSTRAINT fk_repair_orders_bay_id REFERENCES service_bays (id) ON DELETE SET NULL
        CONSTRAINT repair_orders_bay_id_type CHECK (bay_id IS NULL OR typeof(bay_id) = 'integer')
);

-- 25 create table customer_feedback
CREATE TABLE customer_feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE
        CONSTRAINT customer_feedback_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    sales_order_id BIGINT REFERENCES sales_orders (id) ON DELETE CASCADE
        CONSTRAINT customer_feedback_sales_order_id_type CHECK (sales_order_id IS NULL OR typeof(sales_order_id) = 'integer'),
    repair_order_id BIGINT REFERENCES repair_orders (id) ON DELETE CASCADE
        CONSTRAINT customer_feedback_repair_order_id_type CHECK (repair_order_id IS NULL OR typeof(repair_order_id) = 'integer'),
    score SMALLINT NOT NULL
        CHECK (score BETWEEN 1 AND 5)
        CONSTRAINT customer_feedback_score_type CHECK (typeof(score) = 'integer' AND score BETWEEN -32768 AND 32767),
    remarks TEXT,
    received_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT customer_feedback_received_at_type CHECK (received_at IS datetime(substr(received_at, 1, 19), '+0 days') || substr(received_at, 20) AND (length(received_at) = 19 OR substr(received_at, 20) GLOB '.*[1-9]' AND substr(received_at, 21) NOT GLOB '*[^0-9]*' AND length(received_at) <= 26))
);

-- 26 create table sales_order_items
CREATE TABLE sales_order_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sales_order_id BIGINT NOT NULL REFERENCES sales_orders (id) ON DELETE CASCADE
        CONSTRAINT sales_order_items_sales_order_id_type CHECK (typeof(sales_order_id) = 'integer'),
    line_number SMALLINT NOT NULL
        CHECK (line_number > 0)
        CONSTRAINT sales_order_items_line_number_type CHECK (typeof(line_number) = 'integer' AND line_number BETWEEN -32768 AND 32767),
    item_type VARCHAR(20) NOT NULL
        CHECK (item_type IN ('VEHICLE', 'ACCESSORY', 'REGISTRATION', 'INSURANCE', 'OTHER'))
        CONSTRAINT sales_order_items_item_type_type CHECK (length(item_type) <= 20),
    description VARCHAR(200) NOT NULL
        CONSTRAINT sales_order_items_description_type CHECK (length(description) <= 200),
    quantity INTEGER NOT NULL DEFAULT 1
        CHECK (quantity > 0)
        CONSTRAINT sales_order_items_quantity_type CHECK (typeof(quantity) = 'integer' AND quantity BETWEEN -2147483648 AND 2147483647),
    unit_price DECIMAL_INT(15,2) NOT NULL
        CHECK (unit_price >= 0)
        CONSTRAINT sales_order_items_unit_price_type CHECK (typeof(unit_price) = 'integer' AND abs(unit_price) < 1000000000000000),
    UNIQUE (sales_order_id, line_number)
);

-- 27 create table test_drives
CREATE TABLE test_drives (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id BIGINT NOT NULL REFERENCES leads (id) ON DELETE CASCADE
        CONSTRAINT test_drives_lead_id_type CHECK (typeof(lead_id) = 'integer'),
    vehicle_id BIGINT NOT NULL REFERENCES vehicles (id)
        CONSTRAINT test_drives_vehicle_id_type CHECK (typeof(vehicle_id) = 'integer'),
    salesperson_id BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT test_drives_salesperson_id_type CHECK (typeof(salesperson_id) = 'integer'),
    license_number VARCHAR(30) NOT NULL
        CONSTRAINT test_drives_license_number_type CHECK (length(license_number) <= 30),
    starts_at TIMESTAMP NOT NULL
        CONSTRAINT test_drives_starts_at_type CHECK (starts_at IS datetime(substr(starts_at, 1, 19), '+0 days') || substr(starts_at, 20) AND (length(starts_at) = 19 OR substr(starts_at, 20) GLOB '.*[1-9]' AND substr(starts_at, 21) NOT GLOB '*[^0-9]*' AND length(starts_at) <= 26)),
    ends_at TIMESTAMP
        CONSTRAINT test_drives_ends_at_type CHECK (ends_at IS datetime(substr(ends_at, 1, 19), '+0 days') || substr(ends_at, 20) AND (length(ends_at) = 19 OR substr(ends_at, 20) GLOB '.*[1-9]' AND substr(ends_at, 21) NOT GLOB '*[^0-9]*' AND length(ends_at) <= 26)),
    status VARCHAR(20) NOT NULL DEFAULT 'BOOKED'
        CHECK (status IN ('BOOKED', 'DONE', 'MISSED'))
        CONSTRAINT test_drives_status_type CHECK (length(status) <= 20),
    remarks TEXT,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT test_drives_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT test_drives_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26)),
    CONSTRAINT test_drives_end_after_start CHECK (ends_at >= starts_at)
);

-- 28 create table trade_ins
CREATE TABLE trade_ins (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sales_order_id BIGINT REFERENCES sales_orders (id) ON DELETE SET NULL
        CONSTRAINT trade_ins_sales_order_id_type CHECK (sales_order_id IS NULL OR typeof(sales_order_id) = 'integer'),
    customer_vehicle_id BIGINT NOT NULL REFERENCES customer_vehicles (id)
        CONSTRAINT trade_ins_customer_vehicle_id_type CHECK (typeof(customer_vehicle_id) = 'integer'),
    appraised_by BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT trade_ins_appraised_by_type CHECK (typeof(appraised_by) = 'integer'),
    appraised_price DECIMAL_INT(15,2) NOT NULL
        CHECK (appraised_price >= 0)
        CONSTRAINT trade_ins_appraised_price_type CHECK (typeof(appraised_price) = 'integer' AND abs(appraised_price) < 1000000000000000),
    agreed_price DECIMAL_INT(15,2)
        CHECK (agreed_price >= 0)
        CONSTRAINT trade_ins_agreed_price_type CHECK (agreed_price IS NULL OR typeof(agreed_price) = 'integer' AND abs(agreed_price) < 1000000000000000),
    status VARCHAR(20) NOT NULL DEFAULT 'APPRAISED'
        CHECK (status IN ('APPRAISED', 'AGREED', 'REFUSED'))
        CONSTRAINT trade_ins_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT trade_ins_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT trade_ins_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26)),
    CONSTRAINT trade_ins_agreed_has_price CHECK (status <> 'AGREED' OR agreed_price IS NOT NULL)
);

-- 29 create table deliveries
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sales_order_id BIGINT NOT NULL UNIQUE REFERENCES sales_orders (id) ON DELETE RESTRICT
        CONSTRAINT deliveries_sales_order_id_type CHECK (typeof(sales_order_id) = 'integer'),
    delivered_by BIGINT REFERENCES users (id) ON DELETE SET NULL
        CONSTRAINT deliveries_delivered_by_type CHECK (delivered_by IS NULL OR typeof(delivered_by) = 'integer'),
    scheduled_at TIMESTAMP NOT NULL
        CONSTRAINT deliveries_scheduled_at_type CHECK (scheduled_at IS datetime(substr(scheduled_at, 1, 19), '+0 days') || substr(scheduled_at, 20) AND (length(scheduled_at) = 19 OR substr(scheduled_at, 20) GLOB '.*[1-9]' AND substr(scheduled_at, 21) NOT GLOB '*[^0-9]*' AND length(scheduled_at) <= 26)),
    delivered_at TIMESTAMP
        CONSTRAINT deliveries_delivered_at_type CHECK (delivered_at IS datetime(substr(delivered_at, 1, 19), '+0 days') || substr(delivered_at, 20) AND (length(delivered_at) = 19 OR substr(delivered_at, 20) GLOB '.*[1-9]' AND substr(delivered_at, 21) NOT GLOB '*[^0-9]*' AND length(delivered_at) <= 26)),
    checklist JSON_TEXT NOT NULL DEFAULT '[]'
        CONSTRAINT deliveries_checklist_type CHECK (json_valid(checklist)),
    status VARCHAR(20) NOT NULL DEFAULT 'SCHEDULED'
        CHECK (status IN ('SCHEDULED', 'POSTPONED', 'HANDED_OVER'))
        CONSTRAINT deliveries_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT deliveries_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT deliveries_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 30 create table labor_operations
CREATE TABLE labor_operations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT labor_operations_code_type CHECK (length(code) <= 30),
    name VARCHAR(150) NOT NULL
        CONSTRAINT labor_operations_name_type CHECK (length(name) <= 150),
    standard_hours DECIMAL_INT(6,2) NOT NULL
        CHECK (standard_hours > 0)
        CONSTRAINT labor_operations_standard_hours_type CHECK (typeof(standard_hours) = 'integer' AND abs(standard_hours) < 1000000),
    hourly_rate DECIMAL_INT(15,2) NOT NULL
        CHECK (hourly_rate >= 0)
        CONSTRAINT labor_operations_hourly_rate_type CHECK (typeof(hourly_rate) = 'integer' AND abs(hourly_rate) < 1000000000000000),
    is_active BOOLEAN NOT NULL DEFAULT TRUE
        CONSTRAINT labor_operations_is_active_type CHECK (is_active IN (0, 1)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT labor_operations_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT labor_operations_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 31 create table repair_order_labors
CREATE TABLE repair_order_labors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    repair_order_id BIGINT NOT NULL REFERENCES repair_orders (id) ON DELETE CASCADE
        CONSTRAINT repair_order_labors_repair_order_id_type CHECK (typeof(repair_order_id) = 'integer'),
    operation_id BIGINT NOT NULL REFERENCES labor_operations (id)
        CONSTRAINT repair_order_labors_operation_id_type CHECK (typeof(operation_id) = 'integer'),
    technician_id BIGINT REFERENCES users (id) ON DELETE SET NULL
        CONSTRAINT repair_order_labors_technician_id_type CHECK (technician_id IS NULL OR typeof(technician_id) = 'integer'),
    hours DECIMAL_INT(6,2) NOT NULL
        CHECK (hours >= 0)
        CONSTRAINT repair_order_labors_hours_type CHECK (typeof(hours) = 'integer' AND abs(hours) < 1000000),
    hourly_rate DECIMAL_INT(15,2) NOT NULL
        CHECK (hourly_rate >= 0)
        CONSTRAINT repair_order_labors_hourly_rate_type CHECK (typeof(hourly_rate) = 'integer' AND abs(hourly_rate) < 1000000000000000),
    amount DECIMAL_INT(15,2) NOT NULL
        CHECK (amount >= 0)
        CONSTRAINT repair_order_labors_amount_type CHECK (typeof(amount) = 'integer' AND abs(amount) < 1000000000000000),
    status VARCHAR(20) NOT NULL DEFAULT 'OPEN'
        CHECK (status IN ('OPEN', 'STARTED', 'PAUSED', 'FINISHED'))
        CONSTRAINT repair_order_labors_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT repair_order_labors_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT repair_order_labors_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 32 create table part_categories
CREATE TABLE part_categories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_id BIGINT REFERENCES part_categories (id) ON DELETE RESTRICT
        CONSTRAINT part_categories_parent_id_type CHECK (parent_id IS NULL OR typeof(parent_id) = 'integer'),
    code VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT part_categories_code_type CHECK (length(code) <= 30),
    name VARCHAR(100) NOT NULL
        CONSTRAINT part_categories_name_type CHECK (length(name) <= 100)
);

-- 33 create table suppliers
CREATE TABLE suppliers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT suppliers_code_type CHECK (length(code) <= 30),
    name VARCHAR(150) NOT NULL
        CONSTRAINT suppliers_name_type CHECK (length(name) <= 150),
    tax_number VARCHAR(50)
        CONSTRAINT suppliers_tax_number_type CHECK (length(tax_number) <= 50),
    phone VARCHAR(30)
        CONSTRAINT suppliers_phone_type CHECK (length(phone) <= 30),
    email VARCHAR(150)
        CONSTRAINT suppliers_email_type CHECK (length(email) <= 150),
    payment_days SMALLINT NOT NULL DEFAULT 30
        CHECK (payment_days >= 0)
        CONSTRAINT suppliers_payment_days_type CHECK (typeof(payment_days) = 'integer' AND payment_days BETWEEN -32768 AND 32767),
    is_active BOOLEAN NOT NULL DEFAULT TRUE
        CONSTRAINT suppliers_is_active_type CHECK (is_active IN (0, 1)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT suppliers_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT suppliers_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 34 create table parts
CREATE TABLE parts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    part_number VARCHAR(50) NOT NULL UNIQUE
        CONSTRAINT parts_part_number_type CHECK (length(part_number) <= 50),
    category_id BIGINT NOT NULL REFERENCES part_categories (id)
        CONSTRAINT parts_category_id_type CHECK (typeof(category_id) = 'integer'),
    supplier_id BIGINT REFERENCES suppliers (id) ON DELETE SET NULL
        CONSTRAINT parts_supplier_id_type CHECK (supplier_id IS NULL OR typeof(supplier_id) = 'integer'),
    superseded_by BIGINT REFERENCES parts (id) ON DELETE SET NULL
        CONSTRAINT parts_superseded_by_type CHECK (superseded_by IS NULL OR typeof(superseded_by) = 'integer'),
    name VARCHAR(150) NOT NULL
        CONSTRAINT parts_name_type CHECK (length(name) <= 150),
    unit VARCHAR(10) NOT NULL DEFAULT 'PCS'
        CONSTRAINT parts_unit_type CHECK (length(unit) <= 10),
    cost_price DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (cost_price >= 0)
        CONSTRAINT parts_cost_price_type CHECK (typeof(cost_price) = 'integer' AND abs(cost_price) < 1000000000000000),
    sale_price DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (sale_price >= 0)
        CONSTRAINT parts_sale_price_type CHECK (typeof(sale_price) = 'integer' AND abs(sale_price) < 1000000000000000),
    is_genuine BOOLEAN NOT NULL DEFAULT TRUE
        CONSTRAINT parts_is_genuine_type CHECK (is_genuine IN (0, 1)),
    status VARCHAR(20) NOT NULL DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'SUPERSEDED', 'DISCONTINUED'))
        CONSTRAINT parts_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT parts_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT parts_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 35 create table repair_order_parts
CREATE TABLE repair_order_parts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    repair_order_id BIGINT NOT NULL REFERENCES repair_orders (id) ON DELETE CASCADE
        CONSTRAINT repair_order_parts_repair_order_id_type CHECK (typeof(repair_order_id) = 'integer'),
    part_id BIGINT NOT NULL REFERENCES parts (id)
        CONSTRAINT repair_order_parts_part_id_type CHECK (typeof(part_id) = 'integer'),
    quantity DECIMAL_INT(12,2) NOT NULL
        CHECK (quantity > 0)
        CONSTRAINT repair_order_parts_quantity_type CHECK (typeof(quantity) = 'integer' AND abs(quantity) < 1000000000000),
    unit_price DECIMAL_INT(15,2) NOT NULL
        CHECK (unit_price >= 0)
        CONSTRAINT repair_order_parts_unit_price_type CHECK (typeof(unit_price) = 'integer' AND abs(unit_price) < 1000000000000000),
    amount DECIMAL_INT(15,2) NOT NULL
        CHECK (amount >= 0)
        CONSTRAINT repair_order_parts_amount_type CHECK (typeof(amount) = 'integer' AND abs(amount) < 1000000000000000),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT repair_order_parts_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT repair_order_parts_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 36 create table warranty_claims
CREATE TABLE warranty_claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT warranty_claims_claim_number_type CHECK (length(claim_number) <= 30),
    repair_order_id BIGINT NOT NULL REFERENCES repair_orders (id) ON DELETE RESTRICT
        CONSTRAINT warranty_claims_repair_order_id_type CHECK (typeof(repair_order_id) = 'integer'),
    submitted_on DATE NOT NULL
        CONSTRAINT warranty_claims_submitted_on_type CHECK (submitted_on IS date(submitted_on, '+0 days')),
    claimed_amount DECIMAL_INT(15,2) NOT NULL
        CHECK (claimed_amount > 0)
        CONSTRAINT warranty_claims_claimed_amount_type CHECK (typeof(claimed_amount) = 'integer' AND abs(claimed_amount) < 1000000000000000),
    approved_amount DECIMAL_INT(15,2)
        CHECK (approved_amount >= 0)
        CONSTRAINT warranty_claims_approved_amount_type CHECK (approved_amount IS NULL OR typeof(approved_amount) = 'integer' AND abs(approved_amount) < 1000000000000000),
    status VARCHAR(20) NOT NULL DEFAULT 'SUBMITTED'
        CHECK (status IN ('SUBMITTED', 'APPROVED', 'DECLINED', 'SETTLED'))
        CONSTRAINT warranty_claims_status_type CHECK (length(status) <= 20),
    remarks TEXT,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT warranty_claims_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT warranty_claims_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 37 create table warehouses
CREATE TABLE warehouses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT warehouses_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    code VARCHAR(20) NOT NULL UNIQUE
        CONSTRAINT warehouses_code_type CHECK (length(code) <= 20),
    name VARCHAR(100) NOT NULL
        CONSTRAINT warehouses_name_type CHECK (length(name) <= 100),
    is_active BOOLEAN NOT NULL DEFAULT TRUE
        CONSTRAINT warehouses_is_active_type CHECK (is_active IN (0, 1))
);

-- 38 create table part_stocks
CREATE TABLE part_stocks (
    warehouse_id BIGINT NOT NULL REFERENCES warehouses (id)
        CONSTRAINT part_stocks_warehouse_id_type CHECK (typeof(warehouse_id) = 'integer'),
    part_id BIGINT NOT NULL REFERENCES parts (id)
        CONSTRAINT part_stocks_part_id_type CHECK (typeof(part_id) = 'integer'),
    on_hand DECIMAL_INT(12,2) NOT NULL DEFAULT 0
        CHECK (on_hand >= 0)
        CONSTRAINT part_stocks_on_hand_type CHECK (typeof(on_hand) = 'integer' AND abs(on_hand) < 1000000000000),
    reserved DECIMAL_INT(12,2) NOT NULL DEFAULT 0
        CHECK (reserved >= 0)
        CONSTRAINT part_stocks_reserved_type CHECK (typeof(reserved) = 'integer' AND abs(reserved) < 1000000000000),
    minimum DECIMAL_INT(12,2) NOT NULL DEFAULT 0
        CHECK (minimum >= 0)
        CONSTRAINT part_stocks_minimum_type CHECK (typeof(minimum) = 'integer' AND abs(minimum) < 1000000000000),
    bin VARCHAR(20)
        CONSTRAINT part_stocks_bin_type CHECK (length(bin) <= 20),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT part_stocks_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26)),
    PRIMARY KEY (warehouse_id, part_id),
    CONSTRAINT part_stocks_reserved_is_there CHECK (reserved <= on_hand)
);

-- 39 create table stock_movements
CREATE TABLE stock_movements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    warehouse_id BIGINT NOT NULL REFERENCES warehouses (id)
        CONSTRAINT stock_movements_warehouse_id_type CHECK (typeof(warehouse_id) = 'integer'),
    part_id BIGINT NOT NULL REFERENCES parts (id)
        CONSTRAINT stock_movements_part_id_type CHECK (typeof(part_id) = 'integer'),
    movement_type VARCHAR(20) NOT NULL
        CHECK (movement_type IN ('RECEIPT', 'ISSUE', 'TRANSFER', 'COUNT'))
        CONSTRAINT stock_movements_movement_type_type CHECK (length(movement_type) <= 20),
    quantity DECIMAL_INT(12,2) NOT NULL
        CHECK (quantity <> 0)
        CONSTRAINT stock_movements_quantity_type CHECK (typeof(quantity) = 'integer' AND abs(quantity) < 1000000000000),
    reference VARCHAR(60)
        CONSTRAINT stock_movements_reference_type CHECK (length(reference) <= 60),
    moved_by BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT stock_movements_moved_by_type CHECK (typeof(moved_by) = 'integer'),
    moved_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT stock_movements_moved_at_type CHECK (moved_at IS datetime(substr(moved_at, 1, 19), '+0 days') || substr(moved_at, 20) AND (length(moved_at) = 19 OR substr(moved_at, 20) GLOB '.*[1-9]' AND substr(moved_at, 21) NOT GLOB '*[^0-9]*' AND length(moved_at) <= 26))
);

-- 40 create table purchase_orders
CREATE TABLE purchase_orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT purchase_orders_order_number_type CHECK (length(order_number) <= 30),
    supplier_id BIGINT NOT NULL REFERENCES suppliers (id)
        CONSTRAINT purchase_orders_supplier_id_type CHECK (typeof(supplier_id) = 'integer'),
    warehouse_id BIGINT NOT NULL REFERENCES warehouses (id)
        CONSTRAINT purchase_orders_warehouse_id_type CHECK (typeof(warehouse_id) = 'integer'),
    ordered_by BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT purchase_orders_ordered_by_type CHECK (typeof(ordered_by) = 'integer'),
    ordered_on DATE NOT NULL
        CONSTRAINT purchase_orders_ordered_on_type CHECK (ordered_on IS date(ordered_on, '+0 days')),
    expected_on DATE
        CONSTRAINT purchase_orders_expected_on_type CHECK (expected_on IS date(expected_on, '+0 days')),
    total_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (total_amount >= 0)
        CONSTRAINT purchase_orders_total_amount_type CHECK (typeof(total_amount) = 'integer' AND abs(total_amount) < 1000000000000000),
    status VARCHAR(20) NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'SENT', 'PARTIAL', 'RECEIVED', 'CANCELLED'))
        CONSTRAINT purchase_orders_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT purchase_orders_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT purchase_orders_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 41 create table purchase_order_items
CREATE TABLE purchase_order_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    purchase_order_id BIGINT NOT NULL REFERENCES purchase_orders (id) ON DELETE CASCADE
        CONSTRAINT purchase_order_items_purchase_order_id_type CHECK (typeof(purchase_order_id) = 'integer'),
    line_number SMALLINT NOT NULL
        CHECK (line_number > 0)
        CONSTRAINT purchase_order_items_line_number_type CHECK (typeof(line_number) = 'integer' AND line_number BETWEEN -32768 AND 32767),
    part_id BIGINT NOT NULL REFERENCES parts (id)
        CONSTRAINT purchase_order_items_part_id_type CHECK (typeof(part_id) = 'integer'),
    quantity DECIMAL_INT(12,2) NOT NULL
        CHECK (quantity > 0)
        CONSTRAINT purchase_order_items_quantity_type CHECK (typeof(quantity) = 'integer' AND abs(quantity) < 1000000000000),
    received DECIMAL_INT(12,2) NOT NULL DEFAULT 0
        CHECK (received >= 0)
        CONSTRAINT purchase_order_items_received_type CHECK (typeof(received) = 'integer' AND abs(received) < 1000000000000),
    unit_price DECIMAL_INT(15,2) NOT NULL
        CHECK (unit_price >= 0)
        CONSTRAINT purchase_order_items_unit_price_type CHECK (typeof(unit_price) = 'integer' AND abs(unit_price) < 1000000000000000),
    UNIQUE (purchase_order_id, line_number)
);

-- 42 create table goods_receipts
CREATE TABLE goods_receipts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    receipt_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT goods_receipts_receipt_number_type CHECK (length(receipt_number) <= 30),
    purchase_order_id BIGINT NOT NULL REFERENCES purchase_orders (id) ON DELETE RESTRICT
        CONSTRAINT goods_receipts_purchase_order_id_type CHECK (typeof(purchase_order_id) = 'integer'),
    received_by BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT goods_receipts_received_by_type CHECK (typeof(received_by) = 'integer'),
    received_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT goods_receipts_received_at_type CHECK (received_at IS datetime(substr(received_at, 1, 19), '+0 days') || substr(received_at, 20) AND (length(received_at) = 19 OR substr(received_at, 20) GLOB '.*[1-9]' AND substr(received_at, 21) NOT GLOB '*[^0-9]*' AND length(received_at) <= 26)),
    delivery_note VARCHAR(60)
        CONSTRAINT goods_receipts_delivery_note_type CHECK (length(delivery_note) <= 60),
    remarks TEXT
);

-- 43 create table insurance_companies
CREATE TABLE insurance_companies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT insurance_companies_code_type CHECK (length(code) <= 30),
    name VARCHAR(150) NOT NULL
        CONSTRAINT insurance_companies_name_type CHECK (length(name) <= 150),
    phone VARCHAR(30)
        CONSTRAINT insurance_companies_phone_type CHECK (length(phone) <= 30),
    email VARCHAR(150)
        CONSTRAINT insurance_companies_email_type CHECK (length(email) <= 150),
    is_active BOOLEAN NOT NULL DEFAULT TRUE
        CONSTRAINT insurance_companies_is_active_type CHECK (is_active IN (0, 1)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT insurance_companies_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT insurance_companies_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 44 create table insurance_policies
CREATE TABLE insurance_policies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    company_id BIGINT NOT NULL REFERENCES insurance_companies (id)
        CONSTRAINT insurance_policies_company_id_type CHECK (typeof(company_id) = 'integer'),
    policy_number VARCHAR(50) NOT NULL
        CONSTRAINT insurance_policies_policy_number_type CHECK (length(policy_number) <= 50),
    customer_vehicle_id BIGINT NOT NULL REFERENCES customer_vehicles (id)
        CONSTRAINT insurance_policies_customer_vehicle_id_type CHECK (typeof(customer_vehicle_id) = 'integer'),
    coverage VARCHAR(20) NOT NULL
        CHECK (coverage IN ('COMPREHENSIVE', 'TOTAL_LOSS', 'THIRD_PARTY'))
        CONSTRAINT insurance_policies_coverage_type CHECK (length(coverage) <= 20),
    premium DECIMAL_INT(15,2) NOT NULL
        CHECK (premium >= 0)
        CONSTRAINT insurance_policies_premium_type CHECK (typeof(premium) = 'integer' AND abs(premium) < 1000000000000000),
    starts_on DATE NOT NULL
        CONSTRAINT insurance_policies_starts_on_type CHECK (starts_on IS date(starts_on, '+0 days')),
    ends_on DATE NOT NULL
        CONSTRAINT insurance_policies_ends_on_type CHECK (ends_on IS date(ends_on, '+0 days')),
    status VARCHAR(20) NOT NULL DEFAULT 'OFFERED'
        CHECK (status IN ('OFFERED', 'IN_FORCE', 'LAPSED', 'TERMINATED'))
        CONSTRAINT insurance_policies_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT insurance_policies_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT insurance_policies_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26)),
    UNIQUE (company_id, policy_number),
    CONSTRAINT insurance_policies_end_after_start CHECK (ends_on > starts_on)
);

-- 45 create table accounts
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_id BIGINT REFERENCES accounts (id) ON DELETE RESTRICT
        CONSTRAINT accounts_parent_id_type CHECK (parent_id IS NULL OR typeof(parent_id) = 'integer'),
    code VARCHAR(20) NOT NULL UNIQUE
        CONSTRAINT accounts_code_type CHECK (length(code) <= 20),
    name VARCHAR(150) NOT NULL
        CONSTRAINT accounts_name_type CHECK (length(name) <= 150),
    account_type VARCHAR(20) NOT NULL
        CHECK (account_type IN ('ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE'))
        CONSTRAINT accounts_account_type_type CHECK (length(account_type) <= 20),
    is_active BOOLEAN NOT NULL DEFAULT TRUE
        CONSTRAINT accounts_is_active_type CHECK (is_active IN (0, 1))
);

-- 46 create table tax_rates
CREATE TABLE tax_rates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(20) NOT NULL
        CONSTRAINT tax_rates_code_type CHECK (length(code) <= 20),
    name VARCHAR(100) NOT NULL
        CONSTRAINT tax_rates_name_type CHECK (length(name) <= 100),
    percent DECIMAL_INT(5,2) NOT NULL
        CHECK (percent >= 0 AND percent <= 10000)
        CONSTRAINT tax_rates_percent_type CHECK (typeof(percent) = 'integer' AND abs(percent) < 100000),
    valid_from DATE NOT NULL
        CONSTRAINT tax_rates_valid_from_type CHECK (valid_from IS date(valid_from, '+0 days')),
    UNIQUE (code, valid_from)
);

-- 47 create table journal_entries
CREATE TABLE journal_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT journal_entries_entry_number_type CHECK (length(entry_number) <= 30),
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT journal_entries_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    entry_date DATE NOT NULL
        CONSTRAINT journal_entries_entry_date_type CHECK (entry_date IS date(entry_date, '+0 days')),
    description VARCHAR(200) NOT NULL
        CONSTRAINT journal_entries_description_type CHECK (length(description) <= 200),
    posted_by BIGINT REFERENCES users (id)
        CONSTRAINT journal_entries_posted_by_type CHECK (posted_by IS NULL OR typeof(posted_by) = 'integer'),
    posted_at TIMESTAMP
        CONSTRAINT journal_entries_posted_at_type CHECK (posted_at IS datetime(substr(posted_at, 1, 19), '+0 days') || substr(posted_at, 20) AND (length(posted_at) = 19 OR substr(posted_at, 20) GLOB '.*[1-9]' AND substr(posted_at, 21) NOT GLOB '*[^0-9]*' AND length(posted_at) <= 26)),
    status VARCHAR(20) NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'POSTED', 'REVERSED'))
        CONSTRAINT journal_entries_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT journal_entries_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT journal_entries_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 48 create table journal_lines
CREATE TABLE journal_lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id BIGINT NOT NULL REFERENCES journal_entries (id) ON DELETE CASCADE
        CONSTRAINT journal_lines_entry_id_type CHECK (typeof(entry_id) = 'integer'),
    line_number SMALLINT NOT NULL
        CHECK (line_number > 0)
        CONSTRAINT journal_lines_line_number_type CHECK (typeof(line_number) = 'integer' AND line_number BETWEEN -32768 AND 32767),
    account_id BIGINT NOT NULL REFERENCES accounts (id)
        CONSTRAINT journal_lines_account_id_type CHECK (typeof(account_id) = 'integer'),
    debit DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (debit >= 0)
        CONSTRAINT journal_lines_debit_type CHECK (typeof(debit) = 'integer' AND abs(debit) < 1000000000000000),
    credit DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (credit >= 0)
        CONSTRAINT journal_lines_credit_type CHECK (typeof(credit) = 'integer' AND abs(credit) < 1000000000000000),
    description VARCHAR(200)
        CONSTRAINT journal_lines_description_type CHECK (length(description) <= 200),
    UNIQUE (entry_id, line_number),
    CONSTRAINT journal_lines_one_side CHECK ((debit = 0) <> (credit = 0))
);

-- 49 create table invoices
CREATE TABLE invoices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    invoice_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT invoices_invoice_number_type CHECK (length(invoice_number) <= 30),
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT invoices_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    customer_id BIGINT NOT NULL REFERENCES customers (id)
        CONSTRAINT invoices_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    sales_order_id BIGINT REFERENCES sales_orders (id) ON DELETE RESTRICT
        CONSTRAINT invoices_sales_order_id_type CHECK (sales_order_id IS NULL OR typeof(sales_order_id) = 'integer'),
    repair_order_id BIGINT REFERENCES repair_orders (id) ON DELETE RESTRICT
        CONSTRAINT invoices_repair_order_id_type CHECK (repair_order_id IS NULL OR typeof(repair_order_id) = 'integer'),
    tax_rate_id BIGINT REFERENCES tax_rates (id)
        CONSTRAINT invoices_tax_rate_id_type CHECK (tax_rate_id IS NULL OR typeof(tax_rate_id) = 'integer'),
    issued_on DATE NOT NULL
        CONSTRAINT invoices_issued_on_type CHECK (issued_on IS date(issued_on, '+0 days')),
    due_on DATE NOT NULL
        CONSTRAINT invoices_due_on_type CHECK (due_on IS date(due_on, '+0 days')),
    subtotal DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (subtotal >= 0)
        CONSTRAINT invoices_subtotal_type CHECK (typeof(subtotal) = 'integer' AND abs(subtotal) < 1000000000000000),
    tax_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (tax_amount >= 0)
        CONSTRAINT invoices_tax_amount_type CHECK (typeof(tax_amount) = 'integer' AND abs(tax_amount) < 1000000000000000),
    total_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (total_amount >= 0)
        CONSTRAINT invoices_total_amount_type CHECK (typeof(total_amount) = 'integer' AND abs(total_amount) < 1000000000000000),
    status VARCHAR(20) NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'ISSUED', 'PAID', 'VOID'))
        CONSTRAINT invoices_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT invoices_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT invoices_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26)),
    CONSTRAINT invoices_sum CHECK (total_amount = subtotal + tax_amount),
    CONSTRAINT invoices_one_order CHECK (sales_order_id IS NULL OR repair_order_id IS NULL)
);

-- 50 create table invoice_items
CREATE TABLE invoice_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    invoice_id BIGINT NOT NULL REFERENCES invoices (id) ON DELETE CASCADE
        CONSTRAINT invoice_items_invoice_id_type CHECK (typeof(invoice_id) = 'integer'),
    line_number SMALLINT NOT NULL
        CHECK (line_number > 0)
        CONSTRAINT invoice_items_line_number_type CHECK (typeof(line_number) = 'integer' AND line_number BETWEEN -32768 AND 32767),
    description VARCHAR(200) NOT NULL
        CONSTRAINT invoice_items_description_type CHECK (length(description) <= 200),
    quantity DECIMAL_INT(12,2) NOT NULL DEFAULT 100
        CHECK (quantity > 0)
        CONSTRAINT invoice_items_quantity_type CHECK (typeof(quantity) = 'integer' AND abs(quantity) < 1000000000000),
    unit_price DECIMAL_INT(15,2) NOT NULL
        CHECK (unit_price >= 0)
        CONSTRAINT invoice_items_unit_price_type CHECK (typeof(unit_price) = 'integer' AND abs(unit_price) < 1000000000000000),
    amount DECIMAL_INT(15,2) NOT NULL
        CHECK (amount >= 0)
        CONSTRAINT invoice_items_amount_type CHECK (typeof(amount) = 'integer' AND abs(amount) < 1000000000000000),
    UNIQUE (invoice_id, line_number)
);

-- 51 create table payments
CREATE TABLE payments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    payment_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT payments_payment_number_type CHECK (length(payment_number) <= 30),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id) ON DELETE RESTRICT
        CONSTRAINT payments_invoice_id_type CHECK (typeof(invoice_id) = 'integer'),
    method VARCHAR(20) NOT NULL
        CHECK (method IN ('CASH', 'TRANSFER', 'CARD', 'LEASING'))
        CONSTRAINT payments_method_type CHECK (length(method) <= 20),
    amount DECIMAL_INT(15,2) NOT NULL
        CHECK (amount > 0)
        CONSTRAINT payments_amount_type CHECK (typeof(amount) = 'integer' AND abs(amount) < 1000000000000000),
    paid_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT payments_paid_at_type CHECK (paid_at IS datetime(substr(paid_at, 1, 19), '+0 days') || substr(paid_at, 20) AND (length(paid_at) = 19 OR substr(paid_at, 20) GLOB '.*[1-9]' AND substr(paid_at, 21) NOT GLOB '*[^0-9]*' AND length(paid_at) <= 26)),
    received_by BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT payments_received_by_type CHECK (typeof(received_by) = 'integer'),
    reference VARCHAR(60)
        CONSTRAINT payments_reference_type CHECK (length(reference) <= 60),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT payments_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT payments_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 52 create table permissions
CREATE TABLE permissions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    module VARCHAR(20) NOT NULL
        CHECK (module IN ('ADMIN', 'CRM', 'SALES', 'SERVICE', 'PARTS', 'INSURANCE', 'ACCOUNTING'))
        CONSTRAINT permissions_module_type CHECK (length(module) <= 20),
    code VARCHAR(60) NOT NULL UNIQUE
        CONSTRAINT permissions_code_type CHECK (length(code) <= 60),
    name VARCHAR(150) NOT NULL
        CONSTRAINT permissions_name_type CHECK (length(name) <= 150)
);

-- 53 create table role_permissions
CREATE TABLE role_permissions (
    role_id BIGINT NOT NULL REFERENCES roles (id) ON DELETE CASCADE
        CONSTRAINT role_permissions_role_id_type CHECK (typeof(role_id) = 'integer'),
    permission_id BIGINT NOT NULL REFERENCES permissions (id) ON DELETE CASCADE
        CONSTRAINT role_permissions_permission_id_type CHECK (typeof(permission_id) = 'integer'),
    granted_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT role_permissions_granted_at_type CHECK (granted_at IS datetime(substr(granted_at, 1, 19), '+0 days') || substr(granted_at, 20) AND (length(granted_at) = 19 OR substr(granted_at, 20) GLOB '.*[1-9]' AND substr(granted_at, 21) NOT GLOB '*[^0-9]*' AND length(granted_at) <= 26)),
    PRIMARY KEY (role_id, permission_id)
);

-- 54 create table system_settings
CREATE TABLE system_settings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    setting_key VARCHAR(100) NOT NULL UNIQUE
        CONSTRAINT system_settings_setting_key_type CHECK (length(setting_key) <= 100),
    setting_value JSON_TEXT NOT NULL
        CONSTRAINT system_settings_setting_value_type CHECK (json_valid(setting_value)),
    description TEXT,
    updated_by BIGINT REFERENCES users (id) ON DELETE SET NULL
        CONSTRAINT system_settings_updated_by_type CHECK (updated_by IS NULL OR typeof(updated_by) = 'integer'),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT system_settings_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT system_settings_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 55 create table bay_assignments
CREATE TABLE bay_assignments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bay_id BIGINT NOT NULL REFERENCES service_bays (id) ON DELETE RESTRICT
        CONSTRAINT bay_assignments_bay_id_type CHECK (typeof(bay_id) = 'integer'),
    repair_order_id BIGINT NOT NULL REFERENCES repair_orders (id) ON DELETE CASCADE
        CONSTRAINT bay_assignments_repair_order_id_type CHECK (typeof(repair_order_id) = 'integer'),
    start_time TIMESTAMP NOT NULL
        CONSTRAINT bay_assignments_start_time_type CHECK (start_time IS datetime(substr(start_time, 1, 19), '+0 days') || substr(start_time, 20) AND (length(start_time) = 19 OR substr(start_time, 20) GLOB '.*[1-9]' AND substr(start_time, 21) NOT GLOB '*[^0-9]*' AND length(start_time) <= 26)),
    end_time TIMESTAMP
        CONSTRAINT bay_assignments_end_time_type CHECK (end_time IS datetime(substr(end_time, 1, 19), '+0 days') || substr(end_time, 20) AND (length(end_time) = 19 OR substr(end_time, 20) GLOB '.*[1-9]' AND substr(end_time, 21) NOT GLOB '*[^0-9]*' AND length(end_time) <= 26)),
    status VARCHAR(20) DEFAULT 'ASSIGNED'
        CHECK (status IN ('ASSIGNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'))
        CONSTRAINT bay_assignments_status_type CHECK (length(status) <= 20),
    technician_id BIGINT REFERENCES users (id) ON DELETE SET NULL
        CONSTRAINT bay_assignments_technician_id_type CHECK (technician_id IS NULL OR typeof(technician_id) = 'integer'),
    notes TEXT,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT bay_assignments_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT bay_assignments_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 56 create table bay_status_logs
CREATE TABLE bay_status_logs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bay_id BIGINT NOT NULL REFERENCES service_bays (id) ON DELETE RESTRICT
        CONSTRAINT bay_status_logs_bay_id_type CHECK (typeof(bay_id) = 'integer'),
    assignment_id BIGINT REFERENCES bay_assignments (id) ON DELETE SET NULL
        CONSTRAINT bay_status_logs_assignment_id_type CHECK (assignment_id IS NULL OR typeof(assignment_id) = 'integer'),
    status VARCHAR(20) NOT NULL
        CHECK (status IN ('ACTIVE', 'INACTIVE', 'MAINTENANCE', 'ASSIGNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'))
        CONSTRAINT bay_status_logs_status_type CHECK (length(status) <= 20),
    changed_by BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT bay_status_logs_changed_by_type CHECK (typeof(changed_by) = 'integer'),
    changed_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT bay_status_logs_changed_at_type CHECK (changed_at IS datetime(substr(changed_at, 1, 19), '+0 days') || substr(changed_at, 20) AND (length(changed_at) = 19 OR substr(changed_at, 20) GLOB '.*[1-9]' AND substr(changed_at, 21) NOT GLOB '*[^0-9]*' AND length(changed_at) <= 26)),
    details JSON_TEXT
        CONSTRAINT bay_status_logs_details_type CHECK (details IS NULL OR json_valid(details))
);

-- 57 insert initial rows of lead_sources
INSERT INTO lead_sources (code, name) SELECT 'WALK_IN', 'Walk-in' WHERE NOT EXISTS (SELECT 1 FROM lead_sources WHERE code IS 'WALK_IN');
INSERT INTO lead_sources (code, name) SELECT 'PHONE', 'Telephone' WHERE NOT EXISTS (SELECT 1 FROM lead_sources WHERE code IS 'PHONE');
INSERT INTO lead_sources (code, name) SELECT 'WEB', 'Web site' WHERE NOT EXISTS (SELECT 1 FROM lead_sources WHERE code IS 'WEB');
INSERT INTO lead_sources (code, name) SELECT 'EVENT', 'Exhibition or event' WHERE NOT EXISTS (SELECT 1 FROM lead_sources WHERE code IS 'EVENT');
INSERT INTO lead_sources (code, name) SELECT 'REFERRAL', 'Recommended by a customer' WHERE NOT EXISTS (SELECT 1 FROM lead_sources WHERE code IS 'REFERRAL');

-- 58 insert initial rows of roles
INSERT INTO roles (id, code, name) SELECT 1, 'ADMIN', 'Administrator' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 1);
INSERT INTO roles (id, code, name) SELECT 2, 'MANAGER', 'Branch manager' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 2);
INSERT INTO roles (id, code, name) SELECT 3, 'SALES', 'Salesperson' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 3);
INSERT INTO roles (id, code, name) SELECT 4, 'SERVICE', 'Service advisor or technician' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 4);
INSERT INTO roles (id, code, name) SELECT 5, 'PARTS', 'Parts and stock' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 5);
INSERT INTO roles (id, code, name) SELECT 6, 'FINANCE', 'Cashier and accountant' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 6);

-- 59 insert initial rows of permissions
INSERT INTO permissions (id, module, code, name) SELECT 1, 'ADMIN', 'users.manage', 'Create and lock users, give roles' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 1);
INSERT INTO permissions (id, module, code, name) SELECT 2, 'ADMIN', 'settings.manage', 'Change settings' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 2);
INSERT INTO permissions (id, module, code, name) SELECT 3, 'CRM', 'customers.edit', 'Edit customers, leads and campaigns' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 3);
INSERT INTO permissions (id, module, code, name) SELECT 4, 'SALES', 'orders.edit', 'Edit quotations and sales orders' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 4);
INSERT INTO permissions (id, module, code, name) SELECT 5, 'SALES', 'orders.approve', 'Confirm sales orders and discounts' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 5);
INSERT INTO permissions (id, module, code, name) SELECT 6, 'SERVICE', 'repairs.edit', 'Edit appointments and repair orders' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 6);
INSERT INTO permissions (id, module, code, name) SELECT 7, 'PARTS', 'stock.edit', 'Move stock and order parts' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 7);
INSERT INTO permissions (id, module, code, name) SELECT 8, 'INSURANCE', 'policies.edit', 'Edit insurance policies' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 8);
INSERT INTO permissions (id, module, code, name) SELECT 9, 'ACCOUNTING', 'invoices.edit', 'Issue invoices and take payments' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 9);
INSERT INTO permissions (id, module, code, name) SELECT 10, 'ACCOUNTING', 'journal.post', 'Post and reverse journal entries' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 10);

-- 60 insert initial rows of role_permissions
INSERT INTO role_permissions (role_id, permission_id) SELECT 1, 1 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 1 AND permission_id IS 1);
INSERT INTO role_permissions (role_id, permission_id) SELECT 1, 2 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 1 AND permission_id IS 2);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 3 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 3);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 4 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 4);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 5 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 5);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 6 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 6);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 7 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 7);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 8 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 8);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 9 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 9);
INSERT INTO role_permissions (role_id, permission_id) SELECT 3, 3 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 3 AND permission_id IS 3);
INSERT INTO role_permissions (role_id, permission_id) SELECT 3, 4 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 3 AND permission_id IS 4);
INSERT INTO role_permissions (role_id, permission_id) SELECT 3, 8 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 3 AND permission_id IS 8);
INSERT INTO role_permissions (role_id, permission_id) SELECT 4, 3 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 4 AND permission_id IS 3);
INSERT INTO role_permissions (role_id, permission_id) SELECT 4, 6 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 4 AND permission_id IS 6);
INSERT INTO role_permissions (role_id, permission_id) SELECT 5, 7 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 5 AND permission_id IS 7);
INSERT INTO role_permissions (role_id, permission_id) SELECT 6, 9 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 6 AND permission_id IS 9);
INSERT INTO role_permissions (role_id, permission_id) SELECT 6, 10 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 6 AND permission_id IS 10);

-- 61 insert initial rows of system_settings
INSERT INTO system_settings (setting_key, setting_value, description) SELECT 'quotation.valid_days', '14', 'Days that a quotation stands' WHERE NOT EXISTS (SELECT 1 FROM system_settings WHERE setting_key IS 'quotation.valid_days');
INSERT INTO system_settings (setting_key, setting_value, description) SELECT 'service.slot_minutes', '30', 'Length of an appointment' WHERE NOT EXISTS (SELECT 1 FROM system_settings WHERE setting_key IS 'service.slot_minutes');
INSERT INTO system_settings (setting_key, setting_value, description) SELECT 'stock.warn_below_minimum', 'true', 'Tell Parts when a stock falls below its minimum' WHERE NOT EXISTS (SELECT 1 FROM system_settings WHERE setting_key IS 'stock.warn_below_minimum');

-- 62 insert initial rows of service_bays
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 1', 'Area A', 1, '["Lift", "Diagnostic Scanner", "Tire Changer", "Wheel Balancer"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS 'Bay 1' AND location IS 'Area A' AND capacity IS 1 AND equipment IS '["Lift", "Diagnostic Scanner", "Tire Changer", "Wheel Balancer"]' AND status IS 'ACTIVE' AND is_available IS TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 2', 'Area A', 1, '["Lift", "Diagnostic Scanner", "Air Compressor", "Brake Lathe"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS 'Bay 2' AND location IS 'Area A' AND capacity IS 1 AND equipment IS '["Lift", "Diagnostic Scanner", "Air Compressor", "Brake Lathe"]' AND status IS 'ACTIVE' AND is_available IS TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 3', 'Area B', 2, '["Heavy Duty Lift", "Truck Scanner", "Large Tire Machine"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS 'Bay 3' AND location IS 'Area B' AND capacity IS 2 AND equipment IS '["Heavy Duty Lift", "Truck Scanner", "Large Tire Machine"]' AND status IS 'ACTIVE' AND is_available IS TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 4', 'Area B', 1, '["Paint Booth", "Spray Guns", "Dust Extractor"]', 'ACTIVE', FALSE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS 'Bay 4' AND location IS 'Area B' AND capacity IS 1 AND equipment IS '["Paint Booth", "Spray Guns", "Dust Extractor"]' AND status IS 'ACTIVE' AND is_available IS FALSE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 5', 'Workshop', 1, '["Engine Stand", "Transmission Jack", "Engine Hoist"]', 'MAINTENANCE', FALSE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS 'Bay 5' AND location IS 'Workshop' AND capacity IS 1 AND equipment IS '["Engine Stand", "Transmission Jack", "Engine Hoist"]' AND status IS 'MAINTENANCE' AND is_available IS FALSE);

-- 63 create index idx_users_branch_id
CREATE INDEX idx_users_branch_id ON users (branch_id);

-- 64 create index idx_audit_logs_user_id
CREATE INDEX idx_audit_logs_user_id ON audit_logs (user_id);

-- 65 create index idx_audit_logs_entity
CREATE INDEX idx_audit_logs_entity ON audit_logs (entity, entity_id);

-- 66 create index idx_audit_logs_logged_at
CREATE INDEX idx_audit_logs_logged_at ON audit_logs (logged_at);

-- 67 create index idx_documents_entity
CREATE INDEX idx_documents_entity ON documents (entity, entity_id);

-- 68 create index idx_documents_uploaded_by
CREATE INDEX idx_documents_uploaded_by ON documents (uploaded_by);

-- 69 create index idx_notifications_user_id
CREATE INDEX idx_notifications_user_id ON notifications (user_id, created_at);

-- 70 create index idx_customers_branch_id
CREATE INDEX idx_customers_branch_id ON customers (branch_id);

-- 71 create index idx_customers_phone
CREATE INDEX idx_customers_phone ON customers (phone);

-- 72 create index idx_customers_full_name
CREATE INDEX idx_customers_full_name ON customers (full_name);

-- 73 create index idx_customer_addresses_customer_id
CREATE INDEX idx_customer_addresses_customer_id ON customer_addresses (customer_id);

-- 74 create index uq_customer_addresses_primary
CREATE UNIQUE INDEX uq_customer_addresses_primary ON customer_addresses (customer_id) WHERE is_primary;

-- 75 create index idx_customer_contacts_customer_id
CREATE INDEX idx_customer_contacts_customer_id ON customer_contacts (customer_id);

-- 76 create index idx_customer_vehicles_customer_id
CREATE INDEX idx_customer_vehicles_customer_id ON customer_vehicles (customer_id);

-- 77 create index idx_customer_vehicles_model_id
CREATE INDEX idx_customer_vehicles_model_id ON customer_vehicles (model_id);

-- 78 create index idx_customer_vehicles_color_id
CREATE INDEX idx_customer_vehicles_color_id ON customer_vehicles (color_id);

-- 79 create index idx_leads_branch_id
CREATE INDEX idx_leads_branch_id ON leads (branch_id, status);

-- 80 create index idx_leads_source_id
CREATE INDEX idx_leads_source_id ON leads (source_id);

-- 81 create index idx_leads_customer_id
CREATE INDEX idx_leads_customer_id ON leads (customer_id);

-- 82 create index idx_leads_model_id
CREATE INDEX idx_leads_model_id ON leads (model_id);

-- 83 create index idx_leads_assigned_to
CREATE INDEX idx_leads_assigned_to ON leads (assigned_to);

-- 84 create index idx_lead_activities_lead_id
CREATE INDEX idx_lead_activities_lead_id ON lead_activities (lead_id, happened_at);

-- 85 create index idx_lead_activities_user_id
CREATE INDEX idx_lead_activities_user_id ON lead_activities (user_id, follow_up_at);

-- 86 create index idx_campaign_members_customer_id
CREATE INDEX idx_campaign_members_customer_id ON campaign_members (customer_id);

-- 87 create index idx_customer_feedback_customer_id
CREATE INDEX idx_customer_feedback_customer_id ON customer_feedback (customer_id);

-- 88 create index idx_customer_feedback_sales_order_id
CREATE INDEX idx_customer_feedback_sales_order_id ON customer_feedback (sales_order_id);

-- 89 create index idx_customer_feedback_repair_order_id
CREATE INDEX idx_customer_feedback_repair_order_id ON customer_feedback (repair_order_id);

-- 90 create index idx_vehicles_branch_id
CREATE INDEX idx_vehicles_branch_id ON vehicles (branch_id, status);

-- 91 create index idx_vehicles_model_id
CREATE INDEX idx_vehicles_model_id ON vehicles (model_id);

-- 92 create index idx_vehicles_color_id
CREATE INDEX idx_vehicles_color_id ON vehicles (color_id);

-- 93 create index idx_quotations_customer_id
CREATE INDEX idx_quotations_customer_id ON quotations (customer_id);

-- 94 create index idx_quotations_lead_id
CREATE INDEX idx_quotations_lead_id ON quotations (lead_id);

-- 95 create index idx_quotations_model_id
CREATE INDEX idx_quotations_model_id ON quotations (model_id);

-- 96 create index idx_quotations_salesperson_id
CREATE INDEX idx_quotations_salesperson_id ON quotations (salesperson_id, status);

-- 97 create index idx_sales_orders_branch_id
CREATE INDEX idx_sales_orders_branch_id ON sales_orders (branch_id, ordered_on);

-- 98 create index idx_sales_orders_customer_id
CREATE INDEX idx_sales_orders_customer_id ON sales_orders (customer_id);

-- 99 create index idx_sales_orders_salesperson_id
CREATE INDEX idx_sales_orders_salesperson_id ON sales_orders (salesperson_id);

-- 100 create index idx_sales_orders_vehicle_id
CREATE INDEX idx_sales_orders_vehicle_id ON sales_orders (vehicle_id);

-- 101 create index uq_sales_orders_vehicle
CREATE UNIQUE INDEX uq_sales_orders_vehicle ON sales_orders (vehicle_id) WHERE status <> 'CANCELLED';

-- 102 create index idx_test_drives_lead_id
CREATE INDEX idx_test_drives_lead_id ON test_drives (lead_id);

-- 103 create index idx_test_drives_vehicle_id
CREATE INDEX idx_test_drives_vehicle_id ON test_drives (vehicle_id, starts_at);

-- 104 create index idx_test_drives_salesperson_id
CREATE INDEX idx_test_drives_salesperson_id ON test_drives (salesperson_id);

-- 105 create index idx_trade_ins_sales_order_id
CREATE INDEX idx_trade_ins_sales_order_id ON trade_ins (sales_order_id);

-- 106 create index idx_trade_ins_customer_vehicle_id
CREATE INDEX idx_trade_ins_customer_vehicle_id ON trade_ins (customer_vehicle_id);

-- 107 create index idx_trade_ins_appraised_by
CREATE INDEX idx_trade_ins_appraised_by ON trade_ins (appraised_by);

-- 108 create index idx_deliveries_delivered_by
CREATE INDEX idx_deliveries_delivered_by ON deliveries (delivered_by);

-- 109 create index idx_deliveries_scheduled_at
CREATE INDEX idx_deliveries_scheduled_at ON deliveries (scheduled_at);

-- 110 create index idx_service_packages_model_id
CREATE INDEX idx_service_packages_model_id ON service_packages (model_id);

-- 111 create index idx_service_appointments_branch_id
CREATE INDEX idx_service_appointments_branch_id ON service_appointments (branch_id, scheduled_at);

-- 112 create index idx_service_appointments_customer_id
CREATE INDEX idx_service_appointments_customer_id ON service_appointments (customer_id);

-- 113 create index idx_service_appointments_vehicle_id
CREATE INDEX idx_service_appointments_vehicle_id ON service_appointments (customer_vehicle_id);

-- 114 create index idx_service_appointments_package_id
CREATE INDEX idx_service_appointments_package_id ON service_appointments (package_id);

-- 115 create index idx_service_appointments_advisor_id
CREATE INDEX idx_service_appointments_advisor_id ON service_appointments (advisor_id);

-- 116 create index idx_repair_orders_branch_id
CREATE INDEX idx_repair_orders_branch_id ON repair_orders (branch_id, opened_at);

-- 117 create index idx_repair_orders_customer_id
CREATE INDEX idx_repair_orders_customer_id ON repair_orders (customer_id);

-- 118 create index idx_repair_orders_customer_vehicle_id
CREATE INDEX idx_repair_orders_customer_vehicle_id ON repair_orders (customer_vehicle_id);

-- 119 create index idx_repair_orders_advisor_id
CREATE INDEX idx_repair_orders_advisor_id ON repair_orders (advisor_id);

-- 120 create index idx_repair_orders_status
CREATE INDEX idx_repair_orders_status ON repair_orders (status);

-- 121 create index idx_repair_order_labors_repair_order_id
CREATE INDEX idx_repair_order_labors_repair_order_id ON repair_order_labors (repair_order_id);

-- 122 create index idx_repair_order_labors_operation_id
CREATE INDEX idx_repair_order_labors_operation_id ON repair_order_labors (operation_id);

-- 123 create index idx_repair_order_labors_technician_id
CREATE INDEX idx_repair_order_labors_technician_id ON repair_order_labors (technician_id);

-- 124 create index idx_repair_order_parts_repair_order_id
CREATE INDEX idx_repair_order_parts_repair_order_id ON repair_order_parts (repair_order_id);

-- 125 create index idx_repair_order_parts_part_id
CREATE INDEX idx_repair_order_parts_part_id ON repair_order_parts (part_id);

-- 126 create index idx_warranty_claims_repair_order_id
CREATE INDEX idx_warranty_claims_repair_order_id ON warranty_claims (repair_order_id);

-- 127 create index idx_part_categories_parent_id
CREATE INDEX idx_part_categories_parent_id ON part_categories (parent_id);

-- 128 create index idx_parts_category_id
CREATE INDEX idx_parts_category_id ON parts (category_id);

-- 129 create index idx_parts_supplier_id
CREATE INDEX idx_parts_supplier_id ON parts (supplier_id);

-- 130 create index idx_parts_superseded_by
CREATE INDEX idx_parts_superseded_by ON parts (superseded_by);

-- 131 create index idx_warehouses_branch_id
CREATE INDEX idx_warehouses_branch_id ON warehouses (branch_id);

-- 132 create index idx_part_stocks_part_id
CREATE INDEX idx_part_stocks_part_id ON part_stocks (part_id);

-- 133 create index idx_stock_movements_stock
CREATE INDEX idx_stock_movements_stock ON stock_movements (warehouse_id, part_id, moved_at);

-- 134 create index idx_stock_movements_part_id
CREATE INDEX idx_stock_movements_part_id ON stock_movements (part_id);

-- 135 create index idx_stock_movements_moved_by
CREATE INDEX idx_stock_movements_moved_by ON stock_movements (moved_by);

-- 136 create index idx_purchase_orders_supplier_id
CREATE INDEX idx_purchase_orders_supplier_id ON purchase_orders (supplier_id, status);

-- 137 create index idx_purchase_orders_warehouse_id
CREATE INDEX idx_purchase_orders_warehouse_id ON purchase_orders (warehouse_id);

-- 138 create index idx_purchase_orders_ordered_by
CREATE INDEX idx_purchase_orders_ordered_by ON purchase_orders (ordered_by);

-- 139 create index idx_purchase_order_items_part_id
CREATE INDEX idx_purchase_order_items_part_id ON purchase_order_items (part_id);

-- 140 create index idx_goods_receipts_purchase_order_id
CREATE INDEX idx_goods_receipts_purchase_order_id ON goods_receipts (purchase_order_id);

-- 141 create index idx_goods_receipts_received_by
CREATE INDEX idx_goods_receipts_received_by ON goods_receipts (received_by);

-- 142 create index idx_insurance_policies_vehicle_id
CREATE INDEX idx_insurance_policies_vehicle_id ON insurance_policies (customer_vehicle_id);

-- 143 create index idx_insurance_policies_ends_on
CREATE INDEX idx_insurance_policies_ends_on ON insurance_policies (ends_on);

-- 144 create index idx_accounts_parent_id
CREATE INDEX idx_accounts_parent_id ON accounts (parent_id);

-- 145 create index idx_journal_entries_branch_id
CREATE INDEX idx_journal_entries_branch_id ON journal_entries (branch_id, entry_date);

-- 146 create index idx_journal_entries_posted_by
CREATE INDEX idx_journal_entries_posted_by ON journal_entries (posted_by);

-- 147 create index idx_journal_lines_account_id
CREATE INDEX idx_journal_lines_account_id ON journal_lines (account_id);

-- 148 create index idx_invoices_branch_id
CREATE INDEX idx_invoices_branch_id ON invoices (branch_id, issued_on);

-- 149 create index idx_invoices_customer_id
CREATE INDEX idx_invoices_customer_id ON invoices (customer_id);

-- 150 create index idx_invoices_sales_order_id
CREATE INDEX idx_invoices_sales_order_id ON invoices (sales_order_id);

-- 151 create index idx_invoices_repair_order_id
CREATE INDEX idx_invoices_repair_order_id ON invoices (repair_order_id);

-- 152 create index idx_invoices_tax_rate_id
CREATE INDEX idx_invoices_tax_rate_id ON invoices (tax_rate_id);

-- 153 create index idx_invoices_due_on
CREATE INDEX idx_invoices_due_on ON invoices (due_on) WHERE status = 'ISSUED';

-- 154 create index idx_payments_invoice_id
CREATE INDEX idx_payments_invoice_id ON payments (invoice_id);

-- 155 create index idx_payments_received_by
CREATE INDEX idx_payments_received_by ON payments (received_by);

-- 156 create index idx_payments_paid_at
CREATE INDEX idx_payments_paid_at ON payments (paid_at);

-- 157 create index idx_role_permissions_permission_id
CREATE INDEX idx_role_permissions_permission_id ON role_permissions (permission_id);

-- 158 create index idx_system_settings_updated_by
CREATE INDEX idx_system_settings_updated_by ON system_settings (updated_by);

-- 159 create index idx_users_role_id
CREATE INDEX idx_users_role_id ON users (role_id);

-- 160 create index idx_service_bays_status
CREATE INDEX idx_service_bays_status ON service_bays (status);

-- 161 create index idx_service_bays_available
CREATE INDEX idx_service_bays_available ON service_bays (is_available);

-- 162 create index idx_service_bays_location
CREATE INDEX idx_service_bays_location ON service_bays (location);

-- 163 create index idx_bay_assignments_bay_id
CREATE INDEX idx_bay_assignments_bay_id ON bay_assignments (bay_id);

-- 164 create index idx_bay_assignments_ro_id
CREATE INDEX idx_bay_assignments_ro_id ON bay_assignments (repair_order_id);

-- 165 create index idx_bay_assignments_status
CREATE INDEX idx_bay_assignments_status ON bay_assignments (status);

-- 166 create index idx_bay_assignments_times
CREATE INDEX idx_bay_assignments_times ON bay_assignments (start_time, end_time);

-- 167 create index idx_bay_assignments_technician_id
CREATE INDEX idx_bay_assignments_technician_id ON bay_assignments (technician_id);

-- 168 create index idx_bay_status_logs_bay_id
CREATE INDEX idx_bay_status_logs_bay_id ON bay_status_logs (bay_id);

-- 169 create index idx_bay_status_logs_assignment_id
CREATE INDEX idx_bay_status_logs_assignment_id ON bay_status_logs (assignment_id);

-- 170 create index idx_bay_status_logs_changed_at
CREATE INDEX idx_bay_status_logs_changed_at ON bay_status_logs (changed_at);

-- 171 create index idx_bay_status_logs_changed_by
CREATE INDEX idx_bay_status_logs_changed_by ON bay_status_logs (changed_by);

-- 172 create index idx_repair_orders_bay_id
CREATE INDEX idx_repair_orders_bay_id ON repair_orders (bay_id);

-- 173 create trigger branches_updated_at_touch
CREATE TRIGGER branches_updated_at_touch AFTER UPDATE ON branches FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE branches SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 174 create trigger users_updated_at_touch
CREATE TRIGGER users_updated_at_touch AFTER UPDATE ON users FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE users SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 175 create trigger audit_logs_append_only_update
CREATE TRIGGER audit_logs_append_only_update BEFORE UPDATE ON audit_logs FOR EACH ROW BEGIN
    SELECT RAISE(ABORT, 'table audit_logs is append-only');
END;

-- 176 create trigger audit_logs_append_only_delete
CREATE TRIGGER audit_logs_append_only_delete BEFORE DELETE ON audit_logs FOR EACH ROW BEGIN
    SELECT RAISE(ABORT, 'table audit_logs is append-only');
END;

-- 177 create trigger vehicle_models_updated_at_touch
CREATE TRIGGER vehicle_models_updated_at_touch AFTER UPDATE ON vehicle_models FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE vehicle_models SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 178 create trigger customers_updated_at_touch
CREATE TRIGGER customers_updated_at_touch AFTER UPDATE ON customers FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE customers SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 179 create trigger customer_addresses_updated_at_touch
CREATE TRIGGER customer_addresses_updated_at_touch AFTER UPDATE ON customer_addresses FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE customer_addresses SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 180 create trigger customer_contacts_updated_at_touch
CREATE TRIGGER customer_contacts_updated_at_touch AFTER UPDATE ON customer_contacts FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE customer_contacts SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 181 create trigger customer_vehicles_updated_at_touch
CREATE TRIGGER customer_vehicles_updated_at_touch AFTER UPDATE ON customer_vehicles FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE customer_vehicles SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 182 create trigger leads_updated_at_touch
CREATE TRIGGER leads_updated_at_touch AFTER UPDATE ON leads FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE leads SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 183 create trigger campaigns_updated_at_touch
CREATE TRIGGER campaigns_updated_at_touch AFTER UPDATE ON campaigns FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE campaigns SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 184 create trigger vehicles_updated_at_touch
CREATE TRIGGER vehicles_updated_at_touch AFTER UPDATE ON vehicles FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE vehicles SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 185 create trigger quotations_updated_at_touch
CREATE TRIGGER quotations_updated_at_touch AFTER UPDATE ON quotations FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE quotations SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 186 create trigger sales_orders_updated_at_touch
CREATE TRIGGER sales_orders_updated_at_touch AFTER UPDATE ON sales_orders FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE sales_orders SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 187 create trigger test_drives_updated_at_touch
CREATE TRIGGER test_drives_updated_at_touch AFTER UPDATE ON test_drives FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE test_drives SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 188 create trigger trade_ins_updated_at_touch
CREATE TRIGGER trade_ins_updated_at_touch AFTER UPDATE ON trade_ins FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE trade_ins SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 189 create trigger deliveries_updated_at_touch
CREATE TRIGGER deliveries_updated_at_touch AFTER UPDATE ON deliveries FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE deliveries SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 190 create trigger labor_operations_updated_at_touch
CREATE TRIGGER labor_operations_updated_at_touch AFTER UPDATE ON labor_operations FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE labor_operations SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 191 create trigger service_packages_updated_at_touch
CREATE TRIGGER service_packages_updated_at_touch AFTER UPDATE ON service_packages FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE service_packages SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 192 create trigger service_appointments_updated_at_touch
CREATE TRIGGER service_appointments_updated_at_touch AFTER UPDATE ON service_appointments FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE service_appointments SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 193 create trigger repair_orders_updated_at_touch
CREATE TRIGGER repair_orders_updated_at_touch AFTER UPDATE ON repair_orders FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE repair_orders SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 194 create trigger repair_order_labors_updated_at_touch
CREATE TRIGGER repair_order_labors_updated_at_touch AFTER UPDATE ON repair_order_labors FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE repair_order_labors SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 195 create trigger repair_order_parts_updated_at_touch
CREATE TRIGGER repair_order_parts_updated_at_touch AFTER UPDATE ON repair_order_parts FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE repair_order_parts SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 196 create trigger warranty_claims_updated_at_touch
CREATE TRIGGER warranty_claims_updated_at_touch AFTER UPDATE ON warranty_claims FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE warranty_claims SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 197 create trigger suppliers_updated_at_touch
CREATE TRIGGER suppliers_updated_at_touch AFTER UPDATE ON suppliers FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE suppliers SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 198 create trigger parts_updated_at_touch
CREATE TRIGGER parts_updated_at_touch AFTER UPDATE ON parts FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE parts SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 199 create trigger part_stocks_updated_at_touch
CREATE TRIGGER part_stocks_updated_at_touch AFTER UPDATE ON part_stocks FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE part_stocks SET updated_at = CURRENT_TIMESTAMP WHERE warehouse_id = new.warehouse_id AND part_id = new.part_id;
END;

-- 200 create trigger stock_movements_append_only_update
CREATE TRIGGER stock_movements_append_only_update BEFORE UPDATE ON stock_movements FOR EACH ROW BEGIN
    SELECT RAISE(ABORT, 'table stock_movements is append-only');
END;

-- 201 create trigger stock_movements_append_only_delete
CREATE TRIGGER stock_movements_append_only_delete BEFORE DELETE ON stock_movements FOR EACH ROW BEGIN
    SELECT RAISE(ABORT, 'table stock_movements is append-only');
END;

-- 202 create trigger purchase_orders_updated_at_touch
CREATE TRIGGER purchase_orders_updated_at_touch AFTER UPDATE ON purchase_orders FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE purchase_orders SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 203 create trigger insurance_companies_updated_at_touch
CREATE TRIGGER insurance_companies_updated_at_touch AFTER UPDATE ON insurance_companies FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE insurance_companies SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 204 create trigger insurance_policies_updated_at_touch
CREATE TRIGGER insurance_policies_updated_at_touch AFTER UPDATE ON insurance_policies FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE insurance_policies SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 205 create trigger journal_entries_updated_at_touch
CREATE TRIGGER journal_entries_updated_at_touch AFTER UPDATE ON journal_entries FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE journal_entries SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 206 create trigger invoices_updated_at_touch
CREATE TRIGGER invoices_updated_at_touch AFTER UPDATE ON invoices FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE invoices SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 207 create trigger payments_updated_at_touch
CREATE TRIGGER payments_updated_at_touch AFTER UPDATE ON payments FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE payments SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 208 create trigger roles_updated_at_touch
CREATE TRIGGER roles_updated_at_touch AFTER UPDATE ON roles FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE roles SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 209 create trigger system_settings_updated_at_touch
CREATE TRIGGER system_settings_updated_at_touch AFTER UPDATE ON system_settings FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE system_settings SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 210 create trigger service_bays_updated_at_touch
CREATE TRIGGER service_bays_updated_at_touch AFTER UPDATE ON service_bays FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE service_bays SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 211 create trigger bay_assignments_updated_at_touch
CREATE TRIGGER bay_assignments_updated_at_touch AFTER UPDATE ON bay_assignments FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE bay_assignments SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 212 create trigger bay_status_logs_append_only_update
CREATE TRIGGER bay_status_logs_append_only_update BEFORE UPDATE ON bay_status_logs FOR EACH ROW BEGIN
    SELECT RAISE(ABORT, 'table bay_status_logs is append-only');
END;

-- 213 create trigger bay_status_logs_append_only_delete
CREATE TRIGGER bay_status_logs_append_only_delete BEFORE DELETE ON bay_status_logs FOR EACH ROW BEGIN
    SELECT RAISE(ABORT, 'table bay_status_logs is append-only');
END;

-- 214 create table schemac_comments
CREATE TABLE schemac_comments (
    object TEXT NOT NULL,
    name TEXT NOT NULL,
    part TEXT NOT NULL,
    comment TEXT NOT NULL,
    PRIMARY KEY (object, name, part)
) WITHOUT ROWID;
INSERT INTO schemac_comments (object, name, part, comment) VALUES
    ('column', 'audit_logs', 'entity', 'the table that was changed'),
    ('column', 'documents', 'entity', 'the table of the row that it belongs to'),
    ('column', 'customers', 'identity_number', 'identity card or company registration'),
    ('column', 'deliveries', 'checklist', 'what was handed over'),
    ('column', 'service_packages', 'model_id', 'NULL: for each model'),
    ('column', 'repair_orders', 'bay_number', 'Assigned bay number'),
    ('column', 'repair_orders', 'bay_id', 'Foreign key to service_bays'),
    ('column', 'stock_movements', 'quantity', 'below zero: out'),
    ('column', 'stock_movements', 'reference', 'number of the order or receipt behind it'),
    ('column', 'service_bays', 'name', 'Bay 1, Bay 2, Bay 3'),
    ('column', 'service_bays', 'location', 'Area A, Area B, Workshop'),
    ('column', 'service_bays', 'capacity', 'Maximum vehicles per bay'),
    ('column', 'service_bays', 'equipment', 'Array of equipment');

-- 215 an order in a bay carries the name of that bay
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "an order in a bay carries the name of that bay" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT count(*) = 0
FROM repair_orders o JOIN service_bays b ON b.id = o.bay_id
WHERE o.bay_number IS NULL OR o.bay_number <> b.name
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
