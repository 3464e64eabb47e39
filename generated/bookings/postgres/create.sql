-- bookings: from nothing to 1.18.0 (postgres)

BEGIN;

-- 01 create table admin_users
CREATE TABLE admin_users (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    password_hash varchar(255) NOT NULL,
    full_name varchar(255) NOT NULL,
    is_active boolean DEFAULT TRUE,
    is_superuser boolean DEFAULT FALSE,
    last_login_at timestamptz,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

-- 02 create table admin_api_keys
CREATE TABLE admin_api_keys (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    name varchar(100) NOT NULL,
    key_prefix varchar(12) NOT NULL,
    key_hash varchar(128) NOT NULL UNIQUE,
    scopes text[] NOT NULL DEFAULT '{}',
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uq_admin_api_keys_name UNIQUE (admin_user_id, name)
);

-- 03 create table admin_backup_log
CREATE TABLE admin_backup_log (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    backup_type varchar(50) NOT NULL,
    storage_uri varchar(1000) NOT NULL UNIQUE,
    size_bytes bigint,
    checksum_sha256 varchar(64),
    status varchar(50) NOT NULL DEFAULT 'running',
    verified_at timestamptz,
    expires_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK (backup_type IN ('full', 'incremental', 'schema')),
    CHECK (size_bytes >= 0),
    CHECK (status IN ('running', 'succeeded', 'failed'))
);

-- 04 create table customer_merge_log
CREATE TABLE customer_merge_log (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    surviving_customer_id uuid NOT NULL,
    merged_customer_id uuid NOT NULL,
    merged_email varchar(255) NOT NULL,
    merged_record_json jsonb NOT NULL,
    moved_bookings integer NOT NULL DEFAULT 0,
    merged_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    merged_at timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz
);

-- 05 create table customers
CREATE TABLE customers (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    first_name varchar(100) NOT NULL,
    last_name varchar(100) NOT NULL,
    phone varchar(20),
    dietary_notes text,
    email_consent boolean NOT NULL DEFAULT TRUE,
    sms_consent boolean NOT NULL DEFAULT FALSE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    preferences_json jsonb NOT NULL DEFAULT '{}',
    export_history_json jsonb NOT NULL DEFAULT '[]',
    merge_log_id uuid REFERENCES customer_merge_log (id) ON DELETE SET NULL,
    referral_code varchar(20),
    CONSTRAINT uq_customers_referral_code UNIQUE (referral_code)
);

-- 06 create table service_packages
CREATE TABLE service_packages (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    code varchar(50) NOT NULL UNIQUE,
    name varchar(255) NOT NULL,
    description text,
    price_per_adult numeric(10, 2) NOT NULL,
    price_per_child numeric(10, 2) NOT NULL DEFAULT 0,
    minimum_guests integer NOT NULL DEFAULT 10,
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (price_per_adult >= 0),
    CHECK (price_per_child >= 0)
);

-- 07 create table users
CREATE TABLE users (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    password_hash varchar(255) NOT NULL,
    full_name varchar(255) NOT NULL,
    phone varchar(20),
    role varchar(50) NOT NULL DEFAULT 'staff',
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (role IN ('owner', 'manager', 'staff', 'chef'))
);

-- 08 create table locations
CREATE TABLE locations (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(255) NOT NULL,
    address_street varchar(255) NOT NULL,
    address_city varchar(100) NOT NULL,
    address_state varchar(2) NOT NULL,
    address_zip varchar(10) NOT NULL,
    phone varchar(20),
    email varchar(255),
    capacity integer DEFAULT 100,
    service_radius_miles numeric(5, 2) DEFAULT 30.0,
    base_travel_fee numeric(10, 2) DEFAULT 0.0,
    per_mile_fee numeric(10, 2) DEFAULT 2.0,
    is_active boolean DEFAULT TRUE,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

-- 09 create table recurring_bookings
CREATE TABLE recurring_bookings (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    recurrence_pattern varchar(50) NOT NULL,
    start_date date NOT NULL,
    end_date date,
    max_occurrences integer,
    booking_template_json jsonb NOT NULL,
    is_active boolean DEFAULT TRUE,
    created_bookings_count integer DEFAULT 0,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CHECK (recurrence_pattern IN ('weekly', 'biweekly', 'monthly'))
);

-- 10 create table booking_waitlist
CREATE TABLE booking_waitlist (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    location_id uuid REFERENCES locations (id) ON DELETE SET NULL,
    desired_date date NOT NULL,
    desired_time time,
    guest_count integer NOT NULL,
    priority integer NOT NULL DEFAULT 0,
    status varchar(50) NOT NULL DEFAULT 'waiting',
    offered_at timestamptz,
    offer_expires_at timestamptz,
    converted_booking_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (guest_count > 0),
    CHECK (status IN ('waiting', 'offered', 'booked', 'expired', 'cancelled')),
    CONSTRAINT booking_waitlist_offer CHECK (offer_expires_at > offered_at)
);

-- 11 create table group_reservations
CREATE TABLE group_reservations (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    organizer_customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    location_id uuid REFERENCES locations (id) ON DELETE SET NULL,
    group_name varchar(255) NOT NULL,
    expected_guests integer NOT NULL,
    discount_percent numeric(5, 2) NOT NULL DEFAULT 0,
    status varchar(50) NOT NULL DEFAULT 'planning',
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (expected_guests > 0),
    CHECK (discount_percent BETWEEN 0 AND 100),
    CHECK (status IN ('planning', 'confirmed', 'completed', 'cancelled'))
);

-- 12 create table bookings
CREATE TABLE bookings (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    package_id uuid REFERENCES service_packages (id) ON DELETE SET NULL,
    chef_id uuid REFERENCES users (id) ON DELETE SET NULL,
    event_date date NOT NULL,
    event_time time NOT NULL,
    guest_count integer NOT NULL,
    venue_street varchar(255) NOT NULL,
    venue_city varchar(100) NOT NULL,
    venue_state varchar(2) NOT NULL,
    venue_zip varchar(10) NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'pending',
    special_requests text,
    total_amount numeric(10, 2) NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    location_id uuid REFERENCES locations (id) ON DELETE SET NULL,
    recurrence_id uuid REFERENCES recurring_bookings (id) ON DELETE SET NULL,
    waitlist_id uuid REFERENCES booking_waitlist (id) ON DELETE SET NULL,
    group_id uuid REFERENCES group_reservations (id) ON DELETE SET NULL,
    CHECK (guest_count > 0),
    CHECK (status IN ('pending', 'confirmed', 'completed', 'cancelled', 'no_show')),
    CHECK (total_amount >= 0)
);

-- 13 create table admin_booking_overrides
CREATE TABLE admin_booking_overrides (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE RESTRICT,
    field_name varchar(100) NOT NULL,
    old_value text,
    new_value text,
    reason text NOT NULL,
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- 14 create table admin_compliance_reports
CREATE TABLE admin_compliance_reports (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    regulation varchar(50) NOT NULL,
    period_start date NOT NULL,
    period_end date NOT NULL,
    findings_json jsonb NOT NULL DEFAULT '[]',
    generated_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    approved_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    generated_at timestamptz NOT NULL DEFAULT now(),
    approved_at timestamptz,
    CHECK (regulation IN ('gdpr', 'ccpa', 'tcpa', 'pci')),
    CONSTRAINT uq_compliance_reports UNIQUE (regulation, period_start, period_end),
    CONSTRAINT admin_compliance_reports_period CHECK (period_end >= period_start)
);

-- 15 create table admin_config
CREATE TABLE admin_config (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    config_key varchar(255) NOT NULL UNIQUE,
    config_value text NOT NULL,
    value_type varchar(50) NOT NULL,
    description text,
    is_system boolean DEFAULT FALSE,
    updated_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CHECK (value_type IN ('string', 'number', 'boolean', 'json'))
);

-- 16 create table admin_dashboard_widgets
CREATE TABLE admin_dashboard_widgets (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    widget_type varchar(100) NOT NULL,
    title varchar(255),
    position integer NOT NULL DEFAULT 0,
    settings_json jsonb NOT NULL DEFAULT '{}',
    is_visible boolean NOT NULL DEFAULT TRUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uq_dashboard_widgets_position UNIQUE (admin_user_id, position)
);

-- 17 create table admin_data_exports
CREATE TABLE admin_data_exports (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE RESTRICT,
    customer_id uuid REFERENCES customers (id) ON DELETE SET NULL,
    export_type varchar(50) NOT NULL,
    file_format varchar(10) NOT NULL DEFAULT 'csv',
    filter_json jsonb NOT NULL DEFAULT '{}',
    row_count integer,
    status varchar(50) NOT NULL DEFAULT 'queued',
    storage_uri varchar(1000),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    CHECK (export_type IN ('customers', 'bookings', 'payments', 'one_customer')),
    CHECK (file_format IN ('csv', 'json', 'xlsx')),
    CHECK (status IN ('queued', 'running', 'ready', 'failed', 'expired'))
);

-- 18 create table admin_db_maintenance_log
CREATE TABLE admin_db_maintenance_log (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    task varchar(50) NOT NULL,
    target_table varchar(100),
    rows_affected bigint NOT NULL DEFAULT 0,
    error_message text,
    started_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK (task IN ('vacuum', 'analyze', 'reindex', 'purge', 'migrate')),
    CONSTRAINT admin_db_maintenance_log_order CHECK (finished_at >= started_at)
);

-- 19 create table email_templates
CREATE TABLE email_templates (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(100) NOT NULL UNIQUE,
    subject varchar(255) NOT NULL,
    body_html text NOT NULL,
    body_text text,
    variables_json jsonb NOT NULL DEFAULT '[]',
    is_active boolean NOT NULL DEFAULT TRUE,
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- 20 create table admin_email_templates
CREATE TABLE admin_email_templates (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    email_template_id uuid REFERENCES email_templates (id) ON DELETE SET NULL,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    name varchar(100) NOT NULL,
    subject varchar(255) NOT NULL,
    body_html text NOT NULL,
    is_shared boolean NOT NULL DEFAULT FALSE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uq_admin_email_templates UNIQUE (admin_user_id, name)
);

-- 21 create table admin_notifications
CREATE TABLE admin_notifications (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    notification_type varchar(100) NOT NULL,
    severity varchar(20) NOT NULL DEFAULT 'info',
    title varchar(255) NOT NULL,
    body text,
    link_path varchar(500),
    read_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (severity IN ('info', 'warning', 'critical'))
);

-- 22 create table admin_rate_limits
CREATE TABLE admin_rate_limits (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    api_key_id uuid REFERENCES admin_api_keys (id) ON DELETE CASCADE,
    admin_user_id uuid REFERENCES admin_users (id) ON DELETE CASCADE,
    route_pattern varchar(255) NOT NULL DEFAULT '*',
    max_requests integer NOT NULL,
    window_seconds integer NOT NULL DEFAULT 60,
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (max_requests > 0),
    CHECK (window_seconds > 0),
    CONSTRAINT admin_rate_limits_whose CHECK ((api_key_id IS NULL) <> (admin_user_id IS NULL))
);

-- 23 create table admin_security_events
CREATE TABLE admin_security_events (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid REFERENCES admin_users (id) ON DELETE RESTRICT,
    api_key_id uuid,
    event_type varchar(100) NOT NULL,
    severity varchar(20) NOT NULL,
    ip_address varchar(45),
    details_json jsonb NOT NULL DEFAULT '{}',
    occurred_at timestamptz NOT NULL DEFAULT now(),
    CHECK (severity IN ('info', 'warning', 'critical'))
);

-- 24 create table sms_templates
CREATE TABLE sms_templates (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(100) NOT NULL UNIQUE,
    body varchar(1600) NOT NULL,
    variables_json jsonb NOT NULL DEFAULT '[]',
    is_active boolean NOT NULL DEFAULT TRUE,
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- 25 create table admin_sms_templates
CREATE TABLE admin_sms_templates (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    sms_template_id uuid REFERENCES sms_templates (id) ON DELETE SET NULL,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    name varchar(100) NOT NULL,
    body varchar(1600) NOT NULL,
    is_shared boolean NOT NULL DEFAULT FALSE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uq_admin_sms_templates UNIQUE (admin_user_id, name)
);

-- 26 create table roles
CREATE TABLE roles (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(100) NOT NULL UNIQUE,
    description text,
    permissions_json jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

-- 27 create table admin_user_roles
CREATE TABLE admin_user_roles (
    admin_user_id uuid REFERENCES admin_users (id) ON DELETE CASCADE,
    role_id uuid REFERENCES roles (id) ON DELETE CASCADE,
    assigned_at timestamptz DEFAULT now(),
    PRIMARY KEY (admin_user_id, role_id)
);

-- 28 create table ai_cache
CREATE TABLE ai_cache (
    cache_key varchar(64) PRIMARY KEY,
    model_name varchar(100) NOT NULL,
    response_json jsonb NOT NULL,
    hit_count bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_hit_at timestamptz,
    expires_at timestamptz NOT NULL
);

-- 29 create table ai_voice_calls
CREATE TABLE ai_voice_calls (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    provider_call_id varchar(255) NOT NULL UNIQUE,
    customer_id uuid REFERENCES customers (id) ON DELETE SET NULL,
    booking_id uuid REFERENCES bookings (id) ON DELETE SET NULL,
    direction varchar(20) NOT NULL,
    phone varchar(20) NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'in_progress',
    transcript_json jsonb NOT NULL DEFAULT '[]',
    summary text,
    sentiment numeric(4, 3),
    duration_seconds integer,
    started_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    CHECK (direction IN ('inbound', 'outbound')),
    CHECK (status IN ('in_progress', 'finished', 'handed_over', 'failed')),
    CHECK (sentiment BETWEEN -1 AND 1),
    CHECK (duration_seconds >= 0)
);

-- 30 create table ml_training_jobs
CREATE TABLE ml_training_jobs (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    job_type varchar(50) NOT NULL,
    base_model_id uuid,
    parameters_json jsonb NOT NULL DEFAULT '{}',
    metrics_json jsonb NOT NULL DEFAULT '{}',
    status varchar(50) NOT NULL DEFAULT 'queued',
    error_message text,
    started_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    queued_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    CHECK (job_type IN ('demand_forecast', 'churn', 'pricing', 'intent')),
    CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled'))
);

-- 31 create table ml_models
CREATE TABLE ml_models (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(100) NOT NULL,
    version varchar(50) NOT NULL,
    training_job_id uuid REFERENCES ml_training_jobs (id) ON DELETE SET NULL,
    artifact_uri varchar(1000) NOT NULL,
    metrics_json jsonb NOT NULL DEFAULT '{}',
    stage varchar(50) NOT NULL DEFAULT 'staging',
    deployed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (stage IN ('staging', 'production', 'archived')),
    CONSTRAINT uq_ml_models UNIQUE (name, version)
);

-- 32 create table ai_cost_tracking
CREATE TABLE ai_cost_tracking (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    service varchar(50) NOT NULL,
    voice_call_id uuid UNIQUE REFERENCES ai_voice_calls (id) ON DELETE SET NULL,
    ml_model_id uuid REFERENCES ml_models (id) ON DELETE SET NULL,
    model_name varchar(100),
    input_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    cost_usd numeric(12, 6) NOT NULL,
    incurred_at timestamptz NOT NULL DEFAULT now(),
    CHECK (service IN ('voice', 'chat', 'embedding', 'training')),
    CHECK (input_tokens >= 0),
    CHECK (output_tokens >= 0),
    CHECK (cost_usd >= 0)
);

-- 33 create table ai_embeddings
CREATE TABLE ai_embeddings (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    source_type varchar(50) NOT NULL,
    source_id uuid NOT NULL,
    chunk_number integer NOT NULL DEFAULT 0,
    content text NOT NULL,
    content_sha256 varchar(64) NOT NULL,
    model_name varchar(100) NOT NULL,
    dimensions integer NOT NULL,
    embedding real[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (source_type IN ('booking', 'customer', 'call', 'template', 'faq')),
    CHECK (dimensions > 0),
    CONSTRAINT uq_ai_embeddings UNIQUE (source_type, source_id, chunk_number, model_name)
);

-- 34 create table audit_logs
CREATE TABLE audit_logs (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid REFERENCES admin_users (id) ON DELETE RESTRICT,
    action varchar(100) NOT NULL,
    entity_type varchar(100) NOT NULL,
    entity_id uuid,
    old_values_json jsonb,
    new_values_json jsonb,
    ip_address varchar(45),
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE audit_logs IS 'Who changed what, and when; without an administrator: the system';

-- 35 create table booking_reminders
CREATE TABLE booking_reminders (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    reminder_type varchar(50) NOT NULL,
    scheduled_for timestamptz NOT NULL,
    sent_at timestamptz,
    status varchar(50) NOT NULL DEFAULT 'pending',
    message text,
    error_message text,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CHECK (reminder_type IN ('email', 'sms', 'both')),
    CHECK (status IN ('pending', 'sent', 'failed', 'cancelled'))
);

-- 36 create table communication_templates
CREATE TABLE communication_templates (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    template_key varchar(100) NOT NULL,
    channel varchar(50) NOT NULL,
    locale varchar(10) NOT NULL DEFAULT 'en-US',
    subject varchar(255),
    body text NOT NULL,
    variables_json jsonb NOT NULL DEFAULT '[]',
    is_active boolean NOT NULL DEFAULT TRUE,
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (channel IN ('email', 'sms', 'push')),
    CONSTRAINT uq_communication_templates UNIQUE (template_key, channel, locale),
    CONSTRAINT communication_templates_subject CHECK (channel <> 'email' OR subject IS NOT NULL)
);

-- 37 create table contact_lists
CREATE TABLE contact_lists (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(255) NOT NULL UNIQUE,
    description text,
    list_type varchar(50) NOT NULL DEFAULT 'static',
    filter_json jsonb,
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (list_type IN ('static', 'dynamic')),
    CONSTRAINT contact_lists_filter CHECK (list_type = 'static' OR filter_json IS NOT NULL)
);

-- 38 create table communication_ab_tests
CREATE TABLE communication_ab_tests (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(255) NOT NULL UNIQUE,
    template_a_id uuid NOT NULL REFERENCES communication_templates (id) ON DELETE RESTRICT,
    template_b_id uuid NOT NULL REFERENCES communication_templates (id) ON DELETE RESTRICT,
    contact_list_id uuid REFERENCES contact_lists (id) ON DELETE SET NULL,
    share_of_b numeric(5, 2) NOT NULL DEFAULT 50,
    metric varchar(50) NOT NULL DEFAULT 'click_rate',
    status varchar(50) NOT NULL DEFAULT 'draft',
    winner varchar(1),
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    started_at timestamptz,
    ended_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (share_of_b BETWEEN 0 AND 100),
    CHECK (metric IN ('open_rate', 'click_rate', 'booking_rate')),
    CHECK (status IN ('draft', 'running', 'decided', 'stopped')),
    CHECK (winner IN ('a', 'b')),
    CONSTRAINT communication_ab_tests_two CHECK (template_a_id <> template_b_id)
);

-- 39 create table communication_analytics
CREATE TABLE communication_analytics (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES communication_templates (id) ON DELETE CASCADE,
    ab_test_id uuid REFERENCES communication_ab_tests (id) ON DELETE SET NULL,
    day date NOT NULL,
    sent integer NOT NULL DEFAULT 0,
    delivered integer NOT NULL DEFAULT 0,
    opened integer NOT NULL DEFAULT 0,
    clicked integer NOT NULL DEFAULT 0,
    bounced integer NOT NULL DEFAULT 0,
    opted_out integer NOT NULL DEFAULT 0,
    booked integer NOT NULL DEFAULT 0,
    revenue numeric(12, 2) NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uq_communication_analytics UNIQUE (template_id, day)
);

-- 40 create table communication_personalization
CREATE TABLE communication_personalization (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES communication_templates (id) ON DELETE CASCADE,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    variables_json jsonb NOT NULL DEFAULT '{}',
    preferred_hour smallint,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (preferred_hour BETWEEN 0 AND 23),
    CONSTRAINT uq_comm_personalization UNIQUE (template_id, customer_id)
);

-- 41 create table communication_scheduling
CREATE TABLE communication_scheduling (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES communication_templates (id) ON DELETE RESTRICT,
    contact_list_id uuid REFERENCES contact_lists (id) ON DELETE CASCADE,
    customer_id uuid REFERENCES customers (id) ON DELETE CASCADE,
    scheduled_for timestamptz NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'pending',
    recipient_count integer NOT NULL DEFAULT 0,
    error_message text,
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    ab_test_id uuid REFERENCES communication_ab_tests (id) ON DELETE SET NULL,
    CHECK (status IN ('pending', 'sending', 'sent', 'failed', 'cancelled')),
    CONSTRAINT communication_scheduling_to CHECK (contact_list_id IS NOT NULL OR customer_id IS NOT NULL)
);

-- 42 create table contact_list_members
CREATE TABLE contact_list_members (
    contact_list_id uuid REFERENCES contact_lists (id) ON DELETE CASCADE,
    customer_id uuid REFERENCES customers (id) ON DELETE CASCADE,
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (contact_list_id, customer_id)
);

-- 43 create table customer_feedback_detailed
CREATE TABLE customer_feedback_detailed (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL UNIQUE REFERENCES bookings (id) ON DELETE CASCADE,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    overall_rating smallint NOT NULL,
    food_rating smallint,
    service_rating smallint,
    value_rating smallint,
    would_recommend boolean,
    comments text,
    photo_uris text[] NOT NULL DEFAULT '{}',
    response text,
    responded_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    responded_at timestamptz,
    is_public boolean NOT NULL DEFAULT FALSE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (overall_rating BETWEEN 1 AND 5),
    CHECK (food_rating BETWEEN 1 AND 5),
    CHECK (service_rating BETWEEN 1 AND 5),
    CHECK (value_rating BETWEEN 1 AND 5)
);

-- 44 create table deposits
CREATE TABLE deposits (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    amount numeric(10, 2) NOT NULL,
    currency varchar(3) DEFAULT 'USD',
    status varchar(50) NOT NULL DEFAULT 'pending',
    stripe_payment_intent_id varchar(255),
    paid_at timestamptz,
    refunded_at timestamptz,
    cancelled_at timestamptz,
    failure_reason text,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    stripe_payment_method_id varchar(255),
    metadata_json jsonb DEFAULT '{}',
    payment_history_id uuid,
    CHECK (status IN ('pending', 'confirmed', 'failed', 'refunded', 'cancelled'))
);

-- 45 create table payment_methods
CREATE TABLE payment_methods (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    method_type varchar(50) NOT NULL,
    stripe_payment_method_id varchar(255) UNIQUE,
    card_brand varchar(50),
    card_last4 varchar(4),
    is_default boolean NOT NULL DEFAULT FALSE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    plaid_account_id varchar(255) UNIQUE,
    plaid_item_id varchar(255),
    plaid_access_token_encrypted text,
    plaid_institution_name varchar(255),
    plaid_verified_at timestamptz,
    CONSTRAINT payment_methods_type CHECK (method_type IN ('card', 'cash', 'venmo', 'zelle', 'bank_account')),
    CONSTRAINT payment_methods_plaid CHECK (method_type <> 'bank_account' OR plaid_account_id IS NOT NULL)
);

-- 46 create table payment_subscriptions
CREATE TABLE payment_subscriptions (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    package_id uuid REFERENCES service_packages (id) ON DELETE SET NULL,
    payment_method_id uuid REFERENCES payment_methods (id) ON DELETE SET NULL,
    stripe_subscription_id varchar(255) UNIQUE,
    amount numeric(10, 2) NOT NULL,
    currency varchar(3) NOT NULL DEFAULT 'USD',
    billing_interval varchar(20) NOT NULL DEFAULT 'monthly',
    status varchar(50) NOT NULL DEFAULT 'active',
    current_period_start date NOT NULL,
    current_period_end date NOT NULL,
    cancelled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (amount > 0),
    CHECK (billing_interval IN ('weekly', 'monthly', 'quarterly', 'yearly')),
    CHECK (status IN ('trialing', 'active', 'past_due', 'paused', 'cancelled')),
    CONSTRAINT payment_subscriptions_period CHECK (current_period_end > current_period_start)
);

-- 47 create table payments
CREATE TABLE payments (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE RESTRICT,
    payment_method_id uuid REFERENCES payment_methods (id) ON DELETE SET NULL,
    amount numeric(10, 2) NOT NULL,
    currency varchar(3) NOT NULL DEFAULT 'USD',
    status varchar(50) NOT NULL DEFAULT 'pending',
    stripe_payment_intent_id varchar(255) UNIQUE,
    paid_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    subscription_id uuid REFERENCES payment_subscriptions (id) ON DELETE SET NULL,
    CHECK (amount > 0),
    CHECK (status IN ('pending', 'succeeded', 'failed', 'refunded'))
);

-- 48 create table payment_history
CREATE TABLE payment_history (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE RESTRICT,
    deposit_id uuid REFERENCES deposits (id) ON DELETE SET NULL,
    payment_id uuid REFERENCES payments (id) ON DELETE SET NULL,
    loyalty_points_id uuid,
    entry_type varchar(50) NOT NULL,
    amount numeric(10, 2) NOT NULL,
    currency varchar(3) NOT NULL DEFAULT 'USD',
    note text,
    recorded_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    fee_amount numeric(10, 2) NOT NULL DEFAULT 0,
    net_amount numeric(10, 2) GENERATED ALWAYS AS (amount - fee_amount) STORED,
    report_category varchar(50) NOT NULL DEFAULT 'revenue',
    exported_at timestamptz,
    CHECK (entry_type IN ('deposit', 'payment', 'refund', 'adjustment')),
    CHECK (fee_amount >= 0),
    CHECK (report_category IN ('revenue', 'liability', 'refund'))
);

-- 49 create table loyalty_points
CREATE TABLE loyalty_points (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    points integer NOT NULL DEFAULT 0,
    points_earned integer DEFAULT 0,
    points_redeemed integer DEFAULT 0,
    tier varchar(50) DEFAULT 'bronze',
    last_earned_at timestamptz,
    last_redeemed_at timestamptz,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    last_payment_history_id uuid REFERENCES payment_history (id) ON DELETE SET NULL,
    CHECK (tier IN ('bronze', 'silver', 'gold', 'platinum'))
);

-- 50 create table loyalty_transactions
CREATE TABLE loyalty_transactions (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    loyalty_points_id uuid NOT NULL REFERENCES loyalty_points (id) ON DELETE CASCADE,
    points_change integer NOT NULL,
    reason varchar(255) NOT NULL,
    booking_id uuid REFERENCES bookings (id) ON DELETE SET NULL,
    created_at timestamptz DEFAULT now()
);

-- 51 create table customer_referrals
CREATE TABLE customer_referrals (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    referrer_customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    referred_customer_id uuid UNIQUE REFERENCES customers (id) ON DELETE SET NULL,
    referred_email varchar(255) NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'invited',
    loyalty_transaction_id uuid REFERENCES loyalty_transactions (id) ON DELETE SET NULL,
    invited_at timestamptz NOT NULL DEFAULT now(),
    rewarded_at timestamptz,
    CHECK (status IN ('invited', 'joined', 'rewarded', 'expired')),
    CONSTRAINT customer_referrals_not_oneself CHECK (referrer_customer_id <> referred_customer_id)
);

-- 52 create table feature_flags
CREATE TABLE feature_flags (
    flag_key varchar(100) PRIMARY KEY,
    description text,
    is_enabled boolean NOT NULL DEFAULT FALSE,
    rollout_percent integer NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (rollout_percent BETWEEN 0 AND 100)
);

-- 53 create table opt_out_management
CREATE TABLE opt_out_management (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    channel varchar(50) NOT NULL,
    source varchar(50) NOT NULL,
    reason text,
    opted_out_at timestamptz NOT NULL DEFAULT now(),
    opted_in_at timestamptz,
    CHECK (channel IN ('email', 'sms', 'push', 'all')),
    CHECK (source IN ('customer', 'admin', 'carrier', 'migration'))
);

-- 54 create table payment_disputes
CREATE TABLE payment_disputes (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    payment_id uuid NOT NULL REFERENCES payments (id) ON DELETE RESTRICT,
    stripe_dispute_id varchar(255) NOT NULL UNIQUE,
    amount numeric(10, 2) NOT NULL,
    currency varchar(3) NOT NULL DEFAULT 'USD',
    reason varchar(100) NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'needs_response',
    evidence_json jsonb NOT NULL DEFAULT '{}',
    evidence_due_at timestamptz,
    assigned_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (amount > 0),
    CHECK (status IN ('needs_response', 'under_review', 'won', 'lost', 'withdrawn'))
);

-- 55 create table payment_installments
CREATE TABLE payment_installments (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    payment_id uuid UNIQUE REFERENCES payments (id) ON DELETE SET NULL,
    installment_number smallint NOT NULL,
    due_date date NOT NULL,
    amount numeric(10, 2) NOT NULL,
    late_fee_amount numeric(10, 2) NOT NULL DEFAULT 0,
    status varchar(50) NOT NULL DEFAULT 'scheduled',
    reminded_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (installment_number > 0),
    CHECK (amount > 0),
    CHECK (late_fee_amount >= 0),
    CHECK (status IN ('scheduled', 'paid', 'late', 'waived')),
    CONSTRAINT uq_payment_installments UNIQUE (booking_id, installment_number)
);

-- 56 insert initial rows of admin_config
INSERT INTO admin_config (config_key, config_value, value_type, description, is_system) VALUES ('loyalty.points_per_dollar', '1', 'number', 'Points earned by each dollar paid', TRUE) ON CONFLICT (config_key) DO NOTHING;
INSERT INTO admin_config (config_key, config_value, value_type, description, is_system) VALUES ('booking.max_occurrences', '52', 'number', 'How often a booking may repeat', TRUE) ON CONFLICT (config_key) DO NOTHING;

-- 57 insert initial rows of roles
INSERT INTO roles (name, description, permissions_json) VALUES ('superuser', 'Full system access', '["*"]') ON CONFLICT (name) DO NOTHING;

-- 58 insert initial rows of feature_flags
INSERT INTO feature_flags (flag_key, description) VALUES ('multi_location', 'More than one kitchen') ON CONFLICT (flag_key) DO NOTHING;
INSERT INTO feature_flags (flag_key, description) VALUES ('recurring_bookings', 'Bookings that repeat') ON CONFLICT (flag_key) DO NOTHING;
INSERT INTO feature_flags (flag_key, description) VALUES ('loyalty_points', 'Points for guests who come again') ON CONFLICT (flag_key) DO NOTHING;

-- 59 add constraint booking_waitlist.booking_waitlist_converted_booking_id_fkey
ALTER TABLE booking_waitlist ADD CONSTRAINT booking_waitlist_converted_booking_id_fkey FOREIGN KEY (converted_booking_id) REFERENCES bookings (id) ON DELETE SET NULL;

-- 60 add constraint customer_merge_log.customer_merge_log_surviving_customer_id_fkey
ALTER TABLE customer_merge_log ADD CONSTRAINT customer_merge_log_surviving_customer_id_fkey FOREIGN KEY (surviving_customer_id) REFERENCES customers (id) ON DELETE CASCADE;

-- 61 add constraint deposits.deposits_payment_history_id_fkey
ALTER TABLE deposits ADD CONSTRAINT deposits_payment_history_id_fkey FOREIGN KEY (payment_history_id) REFERENCES payment_history (id) ON DELETE SET NULL;

-- 62 add constraint ml_training_jobs.fk_ml_training_jobs_base
ALTER TABLE ml_training_jobs ADD CONSTRAINT fk_ml_training_jobs_base FOREIGN KEY (base_model_id) REFERENCES ml_models (id) ON DELETE SET NULL;

-- 63 add constraint payment_history.payment_history_loyalty_points_id_fkey
ALTER TABLE payment_history ADD CONSTRAINT payment_history_loyalty_points_id_fkey FOREIGN KEY (loyalty_points_id) REFERENCES loyalty_points (id) ON DELETE SET NULL;

-- 64 create index idx_admin_api_keys_prefix
CREATE INDEX idx_admin_api_keys_prefix ON admin_api_keys (key_prefix);

-- 65 create index idx_backup_log_started
CREATE INDEX idx_backup_log_started ON admin_backup_log (started_at);

-- 66 create index idx_overrides_admin
CREATE INDEX idx_overrides_admin ON admin_booking_overrides (admin_user_id);

-- 67 create index idx_overrides_booking
CREATE INDEX idx_overrides_booking ON admin_booking_overrides (booking_id);

-- 68 create index idx_compliance_approved_by
CREATE INDEX idx_compliance_approved_by ON admin_compliance_reports (approved_by_admin_id);

-- 69 create index idx_compliance_generated_by
CREATE INDEX idx_compliance_generated_by ON admin_compliance_reports (generated_by_admin_id);

-- 70 create index idx_admin_config_system
CREATE INDEX idx_admin_config_system ON admin_config (is_system);

-- 71 create index idx_data_exports_admin
CREATE INDEX idx_data_exports_admin ON admin_data_exports (admin_user_id);

-- 72 create index idx_data_exports_customer
CREATE INDEX idx_data_exports_customer ON admin_data_exports (customer_id);

-- 73 create index idx_data_exports_waiting
CREATE INDEX idx_data_exports_waiting ON admin_data_exports (created_at) WHERE status IN ('queued', 'running');

-- 74 create index idx_db_maintenance_admin
CREATE INDEX idx_db_maintenance_admin ON admin_db_maintenance_log (started_by_admin_id);

-- 75 create index idx_db_maintenance_started
CREATE INDEX idx_db_maintenance_started ON admin_db_maintenance_log (started_at);

-- 76 create index idx_admin_email_templates_base
CREATE INDEX idx_admin_email_templates_base ON admin_email_templates (email_template_id);

-- 77 create index idx_admin_notifications_admin
CREATE INDEX idx_admin_notifications_admin ON admin_notifications (admin_user_id, created_at);

-- 78 create index idx_admin_notifications_unread
CREATE INDEX idx_admin_notifications_unread ON admin_notifications (admin_user_id) WHERE read_at IS NULL;

-- 79 create index uq_admin_rate_limits_admin
CREATE UNIQUE INDEX uq_admin_rate_limits_admin ON admin_rate_limits (admin_user_id, route_pattern) WHERE admin_user_id IS NOT NULL;

-- 80 create index uq_admin_rate_limits_key
CREATE UNIQUE INDEX uq_admin_rate_limits_key ON admin_rate_limits (api_key_id, route_pattern) WHERE api_key_id IS NOT NULL;

-- 81 create index idx_security_events_address
CREATE INDEX idx_security_events_address ON admin_security_events (ip_address, occurred_at);

-- 82 create index idx_security_events_admin
CREATE INDEX idx_security_events_admin ON admin_security_events (admin_user_id, occurred_at);

-- 83 create index idx_security_events_critical
CREATE INDEX idx_security_events_critical ON admin_security_events (occurred_at) WHERE severity = 'critical';

-- 84 create index idx_admin_sms_templates_base
CREATE INDEX idx_admin_sms_templates_base ON admin_sms_templates (sms_template_id);

-- 85 create index idx_admin_users_active
CREATE INDEX idx_admin_users_active ON admin_users (is_active);

-- 86 create index idx_ai_cache_expires
CREATE INDEX idx_ai_cache_expires ON ai_cache (expires_at);

-- 87 create index idx_ai_cost_model
CREATE INDEX idx_ai_cost_model ON ai_cost_tracking (ml_model_id);

-- 88 create index idx_ai_cost_service
CREATE INDEX idx_ai_cost_service ON ai_cost_tracking (service, incurred_at);

-- 89 create index idx_ai_embeddings_content
CREATE INDEX idx_ai_embeddings_content ON ai_embeddings (content_sha256);

-- 90 create index idx_voice_calls_booking
CREATE INDEX idx_voice_calls_booking ON ai_voice_calls (booking_id);

-- 91 create index idx_voice_calls_customer
CREATE INDEX idx_voice_calls_customer ON ai_voice_calls (customer_id);

-- 92 create index idx_voice_calls_started
CREATE INDEX idx_voice_calls_started ON ai_voice_calls (started_at);

-- 93 create index idx_voice_calls_transcript
CREATE INDEX idx_voice_calls_transcript ON ai_voice_calls USING gin (transcript_json jsonb_path_ops);

-- 94 create index idx_audit_logs_admin
CREATE INDEX idx_audit_logs_admin ON audit_logs (admin_user_id, created_at);

-- 95 create index idx_audit_logs_created
CREATE INDEX idx_audit_logs_created ON audit_logs (created_at);

-- 96 create index idx_audit_logs_entity
CREATE INDEX idx_audit_logs_entity ON audit_logs (entity_type, entity_id);

-- 97 create index idx_reminders_booking
CREATE INDEX idx_reminders_booking ON booking_reminders (booking_id);

-- 98 create index idx_reminders_scheduled
CREATE INDEX idx_reminders_scheduled ON booking_reminders (scheduled_for) WHERE status = 'pending';

-- 99 create index idx_reminders_status
CREATE INDEX idx_reminders_status ON booking_reminders (status);

-- 100 create index idx_waitlist_booking
CREATE INDEX idx_waitlist_booking ON booking_waitlist (converted_booking_id);

-- 101 create index idx_waitlist_customer
CREATE INDEX idx_waitlist_customer ON booking_waitlist (customer_id);

-- 102 create index idx_waitlist_location
CREATE INDEX idx_waitlist_location ON booking_waitlist (location_id);

-- 103 create index idx_waitlist_next
CREATE INDEX idx_waitlist_next ON booking_waitlist (desired_date, priority DESC, created_at) WHERE status = 'waiting';

-- 104 create index idx_bookings_chef
CREATE INDEX idx_bookings_chef ON bookings (chef_id, event_date);

-- 105 create index idx_bookings_customer
CREATE INDEX idx_bookings_customer ON bookings (customer_id);

-- 106 create index idx_bookings_event
CREATE INDEX idx_bookings_event ON bookings (event_date, event_time);

-- 107 create index idx_bookings_group
CREATE INDEX idx_bookings_group ON bookings (group_id);

-- 108 create index idx_bookings_location
CREATE INDEX idx_bookings_location ON bookings (location_id);

-- 109 create index idx_bookings_package
CREATE INDEX idx_bookings_package ON bookings (package_id);

-- 110 create index idx_bookings_recurrence
CREATE INDEX idx_bookings_recurrence ON bookings (recurrence_id);

-- 111 create index idx_bookings_status
CREATE INDEX idx_bookings_status ON bookings (status);

-- 112 create index idx_bookings_waitlist
CREATE INDEX idx_bookings_waitlist ON bookings (waitlist_id);

-- 113 create index idx_ab_tests_a
CREATE INDEX idx_ab_tests_a ON communication_ab_tests (template_a_id);

-- 114 create index idx_ab_tests_admin
CREATE INDEX idx_ab_tests_admin ON communication_ab_tests (created_by_admin_id);

-- 115 create index idx_ab_tests_b
CREATE INDEX idx_ab_tests_b ON communication_ab_tests (template_b_id);

-- 116 create index idx_ab_tests_list
CREATE INDEX idx_ab_tests_list ON communication_ab_tests (contact_list_id);

-- 117 create index idx_comm_analytics_ab_test
CREATE INDEX idx_comm_analytics_ab_test ON communication_analytics (ab_test_id);

-- 118 create index idx_comm_analytics_day
CREATE INDEX idx_comm_analytics_day ON communication_analytics (day);

-- 119 create index idx_comm_personalization_customer
CREATE INDEX idx_comm_personalization_customer ON communication_personalization (customer_id);

-- 120 create index idx_comm_scheduling_ab_test
CREATE INDEX idx_comm_scheduling_ab_test ON communication_scheduling (ab_test_id);

-- 121 create index idx_comm_scheduling_admin
CREATE INDEX idx_comm_scheduling_admin ON communication_scheduling (created_by_admin_id);

-- 122 create index idx_comm_scheduling_customer
CREATE INDEX idx_comm_scheduling_customer ON communication_scheduling (customer_id);

-- 123 create index idx_comm_scheduling_due
CREATE INDEX idx_comm_scheduling_due ON communication_scheduling (scheduled_for) WHERE status = 'pending';

-- 124 create index idx_comm_scheduling_list
CREATE INDEX idx_comm_scheduling_list ON communication_scheduling (contact_list_id);

-- 125 create index idx_comm_scheduling_template
CREATE INDEX idx_comm_scheduling_template ON communication_scheduling (template_id);

-- 126 create index idx_communication_templates_admin
CREATE INDEX idx_communication_templates_admin ON communication_templates (created_by_admin_id);

-- 127 create index idx_contact_list_members_customer
CREATE INDEX idx_contact_list_members_customer ON contact_list_members (customer_id);

-- 128 create index idx_contact_lists_admin
CREATE INDEX idx_contact_lists_admin ON contact_lists (created_by_admin_id);

-- 129 create index idx_feedback_admin
CREATE INDEX idx_feedback_admin ON customer_feedback_detailed (responded_by_admin_id);

-- 130 create index idx_feedback_customer
CREATE INDEX idx_feedback_customer ON customer_feedback_detailed (customer_id);

-- 131 create index idx_feedback_poor
CREATE INDEX idx_feedback_poor ON customer_feedback_detailed (created_at) WHERE overall_rating <= 2;

-- 132 create index idx_customer_merge_admin
CREATE INDEX idx_customer_merge_admin ON customer_merge_log (merged_by_admin_id);

-- 133 create index idx_customer_merge_merged
CREATE INDEX idx_customer_merge_merged ON customer_merge_log (merged_customer_id);

-- 134 create index idx_customer_merge_survivor
CREATE INDEX idx_customer_merge_survivor ON customer_merge_log (surviving_customer_id);

-- 135 create index idx_referrals_email
CREATE INDEX idx_referrals_email ON customer_referrals (referred_email);

-- 136 create index idx_referrals_referrer
CREATE INDEX idx_referrals_referrer ON customer_referrals (referrer_customer_id);

-- 137 create index idx_referrals_transaction
CREATE INDEX idx_referrals_transaction ON customer_referrals (loyalty_transaction_id);

-- 138 create index idx_customers_merge_log
CREATE INDEX idx_customers_merge_log ON customers (merge_log_id);

-- 139 create index idx_customers_name
CREATE INDEX idx_customers_name ON customers (last_name, first_name);

-- 140 create index idx_customers_phone
CREATE INDEX idx_customers_phone ON customers (phone);

-- 141 create index idx_customers_preferences
CREATE INDEX idx_customers_preferences ON customers USING gin (preferences_json);

-- 142 create index idx_deposits_booking
CREATE INDEX idx_deposits_booking ON deposits (booking_id);

-- 143 create index idx_deposits_payment_history
CREATE INDEX idx_deposits_payment_history ON deposits (payment_history_id);

-- 144 create index idx_deposits_status
CREATE INDEX idx_deposits_status ON deposits (status);

-- 145 create index idx_deposits_stripe_intent
CREATE INDEX idx_deposits_stripe_intent ON deposits (stripe_payment_intent_id);

-- 146 create index idx_email_templates_admin
CREATE INDEX idx_email_templates_admin ON email_templates (created_by_admin_id);

-- 147 create index idx_group_reservations_location
CREATE INDEX idx_group_reservations_location ON group_reservations (location_id);

-- 148 create index idx_group_reservations_organizer
CREATE INDEX idx_group_reservations_organizer ON group_reservations (organizer_customer_id);

-- 149 create index idx_locations_active
CREATE INDEX idx_locations_active ON locations (is_active);

-- 150 create index idx_locations_city_state
CREATE INDEX idx_locations_city_state ON locations (address_city, address_state);

-- 151 create index idx_loyalty_customer
CREATE INDEX idx_loyalty_customer ON loyalty_points (customer_id);

-- 152 create index idx_loyalty_last_payment
CREATE INDEX idx_loyalty_last_payment ON loyalty_points (last_payment_history_id);

-- 153 create index idx_loyalty_tier
CREATE INDEX idx_loyalty_tier ON loyalty_points (tier);

-- 154 create index idx_loyalty_trans_booking
CREATE INDEX idx_loyalty_trans_booking ON loyalty_transactions (booking_id);

-- 155 create index idx_loyalty_trans_customer
CREATE INDEX idx_loyalty_trans_customer ON loyalty_transactions (customer_id);

-- 156 create index idx_loyalty_trans_points
CREATE INDEX idx_loyalty_trans_points ON loyalty_transactions (loyalty_points_id);

-- 157 create index idx_ml_models_job
CREATE INDEX idx_ml_models_job ON ml_models (training_job_id);

-- 158 create index uq_ml_models_production
CREATE UNIQUE INDEX uq_ml_models_production ON ml_models (name) WHERE stage = 'production';

-- 159 create index idx_training_jobs_admin
CREATE INDEX idx_training_jobs_admin ON ml_training_jobs (started_by_admin_id);

-- 160 create index idx_training_jobs_base
CREATE INDEX idx_training_jobs_base ON ml_training_jobs (base_model_id);

-- 161 create index idx_training_jobs_waiting
CREATE INDEX idx_training_jobs_waiting ON ml_training_jobs (queued_at) WHERE status = 'queued';

-- 162 create index idx_opt_out_customer
CREATE INDEX idx_opt_out_customer ON opt_out_management (customer_id);

-- 163 create index uq_opt_out_in_force
CREATE UNIQUE INDEX uq_opt_out_in_force ON opt_out_management (customer_id, channel) WHERE opted_in_at IS NULL;

-- 164 create index idx_disputes_admin
CREATE INDEX idx_disputes_admin ON payment_disputes (assigned_admin_id);

-- 165 create index idx_disputes_due
CREATE INDEX idx_disputes_due ON payment_disputes (evidence_due_at) WHERE status = 'needs_response';

-- 166 create index idx_disputes_payment
CREATE INDEX idx_disputes_payment ON payment_disputes (payment_id);

-- 167 create index idx_payment_history_admin
CREATE INDEX idx_payment_history_admin ON payment_history (recorded_by_admin_id);

-- 168 create index idx_payment_history_booking
CREATE INDEX idx_payment_history_booking ON payment_history (booking_id);

-- 169 create index idx_payment_history_deposit
CREATE INDEX idx_payment_history_deposit ON payment_history (deposit_id);

-- 170 create index idx_payment_history_loyalty
CREATE INDEX idx_payment_history_loyalty ON payment_history (loyalty_points_id);

-- 171 create index idx_payment_history_occurred
CREATE INDEX idx_payment_history_occurred ON payment_history (occurred_at);

-- 172 create index idx_payment_history_payment
CREATE INDEX idx_payment_history_payment ON payment_history (payment_id);

-- 173 create index idx_payment_history_report
CREATE INDEX idx_payment_history_report ON payment_history (report_category, occurred_at);

-- 174 create index idx_payment_history_unexported
CREATE INDEX idx_payment_history_unexported ON payment_history (occurred_at) WHERE exported_at IS NULL;

-- 175 create index idx_installments_due
CREATE INDEX idx_installments_due ON payment_installments (due_date) WHERE status IN ('scheduled', 'late');

-- 176 create index idx_payment_methods_customer
CREATE INDEX idx_payment_methods_customer ON payment_methods (customer_id);

-- 177 create index idx_payment_methods_plaid_item
CREATE INDEX idx_payment_methods_plaid_item ON payment_methods (plaid_item_id);

-- 178 create index uq_payment_methods_default
CREATE UNIQUE INDEX uq_payment_methods_default ON payment_methods (customer_id) WHERE is_default;

-- 179 create index idx_subscriptions_customer
CREATE INDEX idx_subscriptions_customer ON payment_subscriptions (customer_id);

-- 180 create index idx_subscriptions_due
CREATE INDEX idx_subscriptions_due ON payment_subscriptions (current_period_end) WHERE status = 'active';

-- 181 create index idx_subscriptions_method
CREATE INDEX idx_subscriptions_method ON payment_subscriptions (payment_method_id);

-- 182 create index idx_subscriptions_package
CREATE INDEX idx_subscriptions_package ON payment_subscriptions (package_id);

-- 183 create index idx_payments_booking
CREATE INDEX idx_payments_booking ON payments (booking_id);

-- 184 create index idx_payments_method
CREATE INDEX idx_payments_method ON payments (payment_method_id);

-- 185 create index idx_payments_paid_at
CREATE INDEX idx_payments_paid_at ON payments (paid_at);

-- 186 create index idx_payments_subscription
CREATE INDEX idx_payments_subscription ON payments (subscription_id);

-- 187 create index idx_recurring_active
CREATE INDEX idx_recurring_active ON recurring_bookings (is_active);

-- 188 create index idx_recurring_customer
CREATE INDEX idx_recurring_customer ON recurring_bookings (customer_id);

-- 189 create index idx_sms_templates_admin
CREATE INDEX idx_sms_templates_admin ON sms_templates (created_by_admin_id);

-- 190 create view chef_ratings
CREATE VIEW chef_ratings AS
SELECT b.chef_id, count(*) AS ratings, avg(f.overall_rating) AS average_rating, sum(CASE WHEN f.would_recommend THEN 1 ELSE 0 END) AS would_recommend
FROM customer_feedback_detailed AS f
    JOIN bookings AS b ON b.id = f.booking_id
WHERE b.chef_id IS NOT NULL
GROUP BY b.chef_id;

-- 191 create view payment_report_monthly
CREATE VIEW payment_report_monthly AS
SELECT date_trunc('month', occurred_at) AS month, report_category, currency, count(*) AS entries, sum(amount) AS gross_amount, sum(fee_amount) AS fee_amount, sum(net_amount) AS net_amount
FROM payment_history
GROUP BY date_trunc('month', occurred_at), report_category, currency;

-- 192 create view template_performance
CREATE VIEW template_performance AS
SELECT t.id AS template_id, t.template_key, t.channel, sum(a.sent) AS sent, sum(a.delivered) AS delivered, sum(a.clicked) AS clicked, sum(a.booked) AS booked, sum(a.revenue) AS revenue
FROM communication_templates AS t
    JOIN communication_analytics AS a ON a.template_id = t.id
GROUP BY t.id, t.template_key, t.channel;

-- 193 create function users_touch
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

-- 194 create function customers_touch
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

-- 195 create function service_packages_touch
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

-- 196 create function bookings_touch
CREATE FUNCTION bookings_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 197 create function payment_methods_touch
CREATE FUNCTION payment_methods_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 198 create function payments_touch
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

-- 199 create function feature_flags_touch
CREATE FUNCTION feature_flags_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 200 create function sms_templates_touch
CREATE FUNCTION sms_templates_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 201 create function email_templates_touch
CREATE FUNCTION email_templates_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 202 create function audit_logs_append_only
CREATE FUNCTION audit_logs_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

-- 203 create function communication_templates_touch
CREATE FUNCTION communication_templates_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 204 create function contact_lists_touch
CREATE FUNCTION contact_lists_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 205 create function booking_waitlist_touch
CREATE FUNCTION booking_waitlist_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 206 create function admin_email_templates_touch
CREATE FUNCTION admin_email_templates_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 207 create function admin_sms_templates_touch
CREATE FUNCTION admin_sms_templates_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 208 create function payment_disputes_touch
CREATE FUNCTION payment_disputes_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 209 create function admin_rate_limits_touch
CREATE FUNCTION admin_rate_limits_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 210 create function communication_scheduling_touch
CREATE FUNCTION communication_scheduling_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 211 create function communication_personalization_touch
CREATE FUNCTION communication_personalization_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 212 create function group_reservations_touch
CREATE FUNCTION group_reservations_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 213 create function admin_security_events_append_only
CREATE FUNCTION admin_security_events_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

-- 214 create function admin_dashboard_widgets_touch
CREATE FUNCTION admin_dashboard_widgets_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 215 create function payment_subscriptions_touch
CREATE FUNCTION payment_subscriptions_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 216 create function payment_installments_touch
CREATE FUNCTION payment_installments_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 217 create function customer_feedback_detailed_touch
CREATE FUNCTION customer_feedback_detailed_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 218 create function communication_analytics_touch
CREATE FUNCTION communication_analytics_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 219 create trigger users_touch
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION users_touch();

-- 220 create trigger customers_touch
CREATE TRIGGER customers_touch BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION customers_touch();

-- 221 create trigger service_packages_touch
CREATE TRIGGER service_packages_touch BEFORE UPDATE ON service_packages FOR EACH ROW EXECUTE FUNCTION service_packages_touch();

-- 222 create trigger bookings_touch
CREATE TRIGGER bookings_touch BEFORE UPDATE ON bookings FOR EACH ROW EXECUTE FUNCTION bookings_touch();

-- 223 create trigger payment_methods_touch
CREATE TRIGGER payment_methods_touch BEFORE UPDATE ON payment_methods FOR EACH ROW EXECUTE FUNCTION payment_methods_touch();

-- 224 create trigger payments_touch
CREATE TRIGGER payments_touch BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION payments_touch();

-- 225 create trigger feature_flags_touch
CREATE TRIGGER feature_flags_touch BEFORE UPDATE ON feature_flags FOR EACH ROW EXECUTE FUNCTION feature_flags_touch();

-- 226 create trigger sms_templates_touch
CREATE TRIGGER sms_templates_touch BEFORE UPDATE ON sms_templates FOR EACH ROW EXECUTE FUNCTION sms_templates_touch();

-- 227 create trigger email_templates_touch
CREATE TRIGGER email_templates_touch BEFORE UPDATE ON email_templates FOR EACH ROW EXECUTE FUNCTION email_templates_touch();

-- 228 create trigger audit_logs_append_only
CREATE TRIGGER audit_logs_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_logs FOR EACH STATEMENT EXECUTE FUNCTION audit_logs_append_only();

-- 229 create trigger communication_templates_touch
CREATE TRIGGER communication_templates_touch BEFORE UPDATE ON communication_templates FOR EACH ROW EXECUTE FUNCTION communication_templates_touch();

-- 230 create trigger contact_lists_touch
CREATE TRIGGER contact_lists_touch BEFORE UPDATE ON contact_lists FOR EACH ROW EXECUTE FUNCTION contact_lists_touch();

-- 231 create trigger booking_waitlist_touch
CREATE TRIGGER booking_waitlist_touch BEFORE UPDATE ON booking_waitlist FOR EACH ROW EXECUTE FUNCTION booking_waitlist_touch();

-- 232 create trigger admin_email_templates_touch
CREATE TRIGGER admin_email_templates_touch BEFORE UPDATE ON admin_email_templates FOR EACH ROW EXECUTE FUNCTION admin_email_templates_touch();

-- 233 create trigger admin_sms_templates_touch
CREATE TRIGGER admin_sms_templates_touch BEFORE UPDATE ON admin_sms_templates FOR EACH ROW EXECUTE FUNCTION admin_sms_templates_touch();

-- 234 create trigger payment_disputes_touch
CREATE TRIGGER payment_disputes_touch BEFORE UPDATE ON payment_disputes FOR EACH ROW EXECUTE FUNCTION payment_disputes_touch();

-- 235 create trigger admin_rate_limits_touch
CREATE TRIGGER admin_rate_limits_touch BEFORE UPDATE ON admin_rate_limits FOR EACH ROW EXECUTE FUNCTION admin_rate_limits_touch();

-- 236 create trigger communication_scheduling_touch
CREATE TRIGGER communication_scheduling_touch BEFORE UPDATE ON communication_scheduling FOR EACH ROW EXECUTE FUNCTION communication_scheduling_touch();

-- 237 create trigger communication_personalization_touch
CREATE TRIGGER communication_personalization_touch BEFORE UPDATE ON communication_personalization FOR EACH ROW EXECUTE FUNCTION communication_personalization_touch();

-- 238 create trigger group_reservations_touch
CREATE TRIGGER group_reservations_touch BEFORE UPDATE ON group_reservations FOR EACH ROW EXECUTE FUNCTION group_reservations_touch();

-- 239 create trigger admin_security_events_append_only
CREATE TRIGGER admin_security_events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON admin_security_events FOR EACH STATEMENT EXECUTE FUNCTION admin_security_events_append_only();

-- 240 create trigger admin_dashboard_widgets_touch
CREATE TRIGGER admin_dashboard_widgets_touch BEFORE UPDATE ON admin_dashboard_widgets FOR EACH ROW EXECUTE FUNCTION admin_dashboard_widgets_touch();

-- 241 create trigger payment_subscriptions_touch
CREATE TRIGGER payment_subscriptions_touch BEFORE UPDATE ON payment_subscriptions FOR EACH ROW EXECUTE FUNCTION payment_subscriptions_touch();

-- 242 create trigger payment_installments_touch
CREATE TRIGGER payment_installments_touch BEFORE UPDATE ON payment_installments FOR EACH ROW EXECUTE FUNCTION payment_installments_touch();

-- 243 create trigger customer_feedback_detailed_touch
CREATE TRIGGER customer_feedback_detailed_touch BEFORE UPDATE ON customer_feedback_detailed FOR EACH ROW EXECUTE FUNCTION customer_feedback_detailed_touch();

-- 244 create trigger communication_analytics_touch
CREATE TRIGGER communication_analytics_touch BEFORE UPDATE ON communication_analytics FOR EACH ROW EXECUTE FUNCTION communication_analytics_touch();

COMMIT;
