/*
 * parking_app DATABASE: a few minutes at the gate of a parking lot.
 *
 * Opens the database, parks a vehicle, takes a payment of exactly 12.30, is refused the
 * same number plate a second time, and lists today's payments.  All access to the
 * database is generated from schemas/parking; there is no SQL in here.
 */
#include <stdio.h>
#include <stdlib.h>

#include "parking.h"

#define DAY INT64_C(86400000000) /* in microseconds */

/* For failures that the program did not expect: tell the story, stop. */
static void
must(struct schemac_db *db, enum schemac_status status, const char *what)
{
    const struct schemac_error_info *error = schemac_error(db);

    if (status == SCHEMAC_OK)
        return;
    fprintf(stderr, "parking_app: %s: %s: %s\n", what, schemac_status_name(status),
            error->message);
    schemac_close(db);
    exit(1);
}

static struct parking_vehicles
park(struct schemac_db *db, const char *plate)
{
    struct parking_vehicles vehicle = {
        .number_plate = schemac_text(plate),
        .contact_name = schemac_text("A. Driver"),
        .phone_number = schemac_text("555-0100"),
        .vehicle_type = schemac_text("car"),
    };

    /* The rest by its DEFAULT; id and times come back. */
    must(db, parking_vehicles_insert(db, &vehicle, PARKING_VEHICLES_NEW), "park");
    printf("parked %s as vehicle %d\n", plate, (int)vehicle.id);
    return vehicle;
}

static void
refuse_duplicate(struct schemac_db *db, const char *plate)
{
    struct parking_vehicles twin = {
        .number_plate = schemac_text(plate),
        .contact_name = schemac_text("B. Driver"),
        .phone_number = schemac_text("555-0199"),
    };
    enum schemac_status status = parking_vehicles_insert(db, &twin, PARKING_VEHICLES_NEW);
    const struct schemac_error_info *error = schemac_error(db);

    if (status != SCHEMAC_UNIQUE) {
        fprintf(stderr, "parking_app: a second %s was not refused\n", plate);
        exit(1);
    }
    printf("a second %s is refused: %s of %s.%s, constraint %s\n", plate,
           schemac_status_name(status), error->table, error->column, error->constraint);
}

static void
pay(struct schemac_db *db, int32_t vehicle_id, const char *amount)
{
    struct parking_payments payment = {
        .vehicle_id = vehicle_id,
        .payment_status = schemac_text("paid"),
        .payment_method = schemac_text("cash"),
    };

    if (!schemac_decimal_from_text(schemac_text(amount), PARKING_PAYMENTS_AMOUNT_SCALE,
                                   &payment.amount)) {
        fprintf(stderr, "parking_app: %s is no amount of money\n", amount);
        exit(1);
    }
    must(db, schemac_begin(db), "begin");
    must(db, parking_payments_insert(db, &payment, PARKING_PAYMENTS_NEW), "pay");
    must(db,
         parking_vehicles_update(db,
                                 &(struct parking_vehicles){
                                     .id = vehicle_id,
                                     .payment_status = schemac_text("paid"),
                                 },
                                 PARKING_VEHICLES_COL_PAYMENT_STATUS),
         "mark as paid");
    must(db, schemac_commit(db), "commit");
}

static void
print_payment(struct schemac_db *db, const struct parking_payments *payment)
{
    char amount[SCHEMAC_DECIMAL_TEXT_BYTES];
    char when[SCHEMAC_TIMESTAMP_TEXT_BYTES];
    struct parking_vehicles vehicle;

    must(db, parking_vehicles_get(db, payment->vehicle_id, &vehicle), "find the vehicle");
    schemac_decimal_to_text(payment->amount, PARKING_PAYMENTS_AMOUNT_SCALE, amount);
    schemac_timestamp_to_text(payment->created_at, when);
    printf("%s  %.*s  %s  %.*s\n", when, (int)vehicle.number_plate.len,
           vehicle.number_plate.ptr, amount, (int)payment->payment_status.len,
           payment->payment_status.ptr);
}

static void
list_todays_payments(struct schemac_db *db)
{
    int64_t now = schemac_timestamp_now();
    int64_t midnight = now - now % DAY;
    struct parking_payments_cursor c;
    int64_t total = 0;
    char text[SCHEMAC_DECIMAL_TEXT_BYTES];

    printf("payments of today:\n");
    must(db,
         parking_payments_by_created_at_range(db, &midnight, NULL, SCHEMAC_ASCENDING, &c),
         "list payments");
    while (parking_payments_next(&c) == SCHEMAC_ROW) {
        print_payment(db, &c.row);
        total += c.row.amount;
    }
    must(db, parking_payments_close(&c), "list payments");
    schemac_decimal_to_text(total, PARKING_PAYMENTS_AMOUNT_SCALE, text);
    printf("total %s\n", text);
}

int
main(int argc, char **argv)
{
    struct parking_vehicles vehicle;
    enum schemac_status status;
    struct schemac_db *db;

    if (argc != 2) {
        fprintf(stderr, "usage: parking_app DATABASE\n");
        return 2;
    }
    status = parking_open(argv[1], SCHEMAC_POLICY_REFUSE, &db);
    must(db, status, "open");
    printf("schema parking %s\n", parking_version());
    vehicle = park(db, "KA-01-HH-1234");
    refuse_duplicate(db, "KA-01-HH-1234");
    pay(db, vehicle.id, "12.30");
    list_todays_payments(db);
    schemac_close(db);
    return 0;
}
