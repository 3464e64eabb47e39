/*
 * dealer DATABASE: a morning in the workshop.  A car comes in, gets a free bay, is worked
 * on, and leaves; each state of the bay stands in a log that nobody can change.
 */
#include "daily.h"

#include "dealer.h"

#define HOUR INT64_C(3600000000) /* in microseconds */

struct people {
    int64_t branch;
    int64_t advisor;
    int64_t customer;
    int64_t car;
};

static struct people
come_in(struct schemac_db *db)
{
    struct people p;
    struct dealer_branches branch = { .code = schemac_text("HQ"),
                                      .name = schemac_text("Main street") };
    struct dealer_roles role;
    struct dealer_users advisor = { .username = schemac_text("sam"),
                                    .full_name = schemac_text("Sam O'Hara"),
                                    .password_hash = schemac_text("x") };
    struct dealer_customers customer = { .customer_number = schemac_text("C-1"),
                                         .full_name = schemac_text("Zoë"),
                                         .phone = schemac_text("555") };
    struct dealer_vehicle_models model = {
        .code = schemac_text("M1"),
        .name = schemac_text("Model 1"),
        .transmission = DEALER_VEHICLE_MODELS_TRANSMISSION_MANUAL,
    };
    struct dealer_customer_vehicles car = { .vin = schemac_text("WDB12345678901234"),
                                            .plate_number = schemac_text("AB 12") };

    MUST(db, dealer_branches_insert(db, &branch, DEALER_BRANCHES_NEW));
    MUST(db, dealer_roles_find_by_code(db, schemac_text("SERVICE"), &role));
    advisor.branch_id = customer.branch_id = p.branch = branch.id;
    advisor.role_id = role.id;
    MUST(db, dealer_users_insert(db, &advisor, DEALER_USERS_NEW));
    MUST(db, dealer_customers_insert(db, &customer, DEALER_CUSTOMERS_NEW));
    MUST(db, dealer_vehicle_models_insert(db, &model, DEALER_VEHICLE_MODELS_NEW));
    car.customer_id = p.customer = customer.id;
    car.model_id = model.id;
    MUST(db, dealer_customer_vehicles_insert(db, &car, DEALER_CUSTOMER_VEHICLES_NEW));
    p.advisor = advisor.id;
    p.car = car.id;
    return p;
}

static int64_t
open_order(struct schemac_db *db, const struct people *p)
{
    struct dealer_repair_orders order = {
        .order_number = schemac_text("RO-1"),
        .branch_id = p->branch,
        .customer_id = p->customer,
        .customer_vehicle_id = p->car,
        .advisor_id = p->advisor,
        .mileage_km = 120000,
        .complaint = schemac_text("it says \"click\""),
    };

    MUST(db, dealer_repair_orders_insert(db, &order, DEALER_REPAIR_ORDERS_NEW));
    HOLDS(order.status == DEALER_REPAIR_ORDERS_STATUS_PENDING && order.labor_amount == 0);
    return order.id;
}

static int64_t
find_free_bay(struct schemac_db *db)
{
    struct dealer_service_bays_cursor bays;
    int64_t id = 0;
    int count = 0;

    MUST(db, dealer_service_bays_by_is_available(db, true, &bays));
    while (dealer_service_bays_next(&bays) == SCHEMAC_ROW) {
        if (is_text(bays.row.name, "Bay 3")) {
            HOLDS(bays.row.capacity.value == 2 && is_text(bays.row.location, "Area B"));
            id = bays.row.id;
        }
        count++;
    }
    MUST(db, dealer_service_bays_close(&bays));
    HOLDS(count == 3 && id != 0);
    return id;
}

static void
log_state(struct schemac_db *db, int64_t bay, int64_t assignment, int64_t who,
          enum dealer_bay_status_logs_status status)
{
    struct dealer_bay_status_logs line = {
        .bay_id = bay,
        .assignment_id = { assignment, true },
        .status = status,
        .changed_by = who,
        .details = schemac_text("{\"by\": \"hand\"}"),
    };

    MUST(db, dealer_bay_status_logs_insert(db, &line, DEALER_BAY_STATUS_LOGS_NEW));
}

static int64_t
assign(struct schemac_db *db, const struct people *p, int64_t order, int64_t bay)
{
    int64_t now = schemac_timestamp_now();
    struct dealer_bay_assignments a = { .bay_id = bay,
                                        .repair_order_id = order,
                                        .start_time = now,
                                        .technician_id = { p->advisor, true } };

    MUST(db, schemac_begin(db));
    MUST(db, dealer_bay_assignments_insert(db, &a, DEALER_BAY_ASSIGNMENTS_NEW));
    HOLDS(a.status == DEALER_BAY_ASSIGNMENTS_STATUS_ASSIGNED && !a.end_time.is_set);
    MUST(db, dealer_repair_orders_update(
                 db,
                 &(struct dealer_repair_orders){
                     .id = order,
                     .status = DEALER_REPAIR_ORDERS_STATUS_IN_PROGRESS,
                     .bay_id = { bay, true },
                     .bay_number = schemac_text("Bay 3"),
                 },
                 DEALER_REPAIR_ORDERS_COL_STATUS | DEALER_REPAIR_ORDERS_COL_BAY_ID
                     | DEALER_REPAIR_ORDERS_COL_BAY_NUMBER));
    MUST(db, dealer_service_bays_update(
                 db,
                 &(struct dealer_service_bays){ .id = bay,
                                                .is_available = { false, true } },
                 DEALER_SERVICE_BAYS_COL_IS_AVAILABLE));
    log_state(db, bay, a.id, p->advisor, DEALER_BAY_STATUS_LOGS_STATUS_ASSIGNED);
    MUST(db, schemac_commit(db));
    return a.id;
}

static void
finish(struct schemac_db *db, const struct people *p, int64_t order, int64_t bay,
       int64_t assignment)
{
    struct dealer_repair_orders done = {
        .id = order,
        .status = DEALER_REPAIR_ORDERS_STATUS_COMPLETED,
        .completed_at = { schemac_timestamp_now() + HOUR, true },
    };

    HOLDS(schemac_decimal_from_text(schemac_text("149.90"),
                                    DEALER_REPAIR_ORDERS_LABOR_AMOUNT_SCALE,
                                    &done.labor_amount));
    MUST(db, dealer_repair_orders_update(db, &done,
                                         DEALER_REPAIR_ORDERS_COL_STATUS
                                             | DEALER_REPAIR_ORDERS_COL_COMPLETED_AT
                                             | DEALER_REPAIR_ORDERS_COL_LABOR_AMOUNT));
    log_state(db, bay, assignment, p->advisor, DEALER_BAY_STATUS_LOGS_STATUS_COMPLETED);
}

static void
check_log(struct schemac_db *db, int64_t bay)
{
    struct dealer_bay_status_logs_cursor log;
    int lines = 0;

    MUST(db, dealer_bay_status_logs_by_bay_id(db, bay, &log));
    while (dealer_bay_status_logs_next(&log) == SCHEMAC_ROW)
        lines++;
    MUST(db, dealer_bay_status_logs_close(&log));
    HOLDS(lines == 2);
    REFUSED(db, schemac_exec(db, "UPDATE bay_status_logs SET status = 'ACTIVE'"),
            SCHEMAC_CHECK);
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    struct dealer_repair_orders order;
    struct people p;
    int64_t id, bay, assignment;

    DAILY_OPEN(dealer, argc, argv, &db);
    p = come_in(db);
    id = open_order(db, &p);
    bay = find_free_bay(db);
    assignment = assign(db, &p, id, bay);
    REFUSED(db, dealer_service_bays_delete(db, bay), SCHEMAC_FOREIGN_KEY);
    finish(db, &p, id, bay, assignment);
    check_log(db, bay);
    MUST(db, dealer_repair_orders_get(db, id, &order));
    HOLDS(order.labor_amount == 14990 && order.bay_id.value == bay);
    HOLDS(is_text(order.complaint, "it says \"click\""));
    schemac_close(db);
    puts("ok");
    return 0;
}
