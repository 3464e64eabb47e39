/*
 * parking DATABASE: a car parks, pays to the cent, and leaves a line in the log.
 */
#include "daily.h"

#include "parking.h"

static int32_t
park(struct schemac_db *db, const char *plate)
{
    struct parking_parking_spots spot = {
        .spot_number = schemac_text("A-17"),
        .vehicle_type = schemac_text("car"),
        .is_occupied = { true, true },
    };
    struct parking_vehicles car = {
        .number_plate = schemac_text(plate),
        .contact_name = schemac_text("A. Driver"),
        .phone_number = schemac_text("555-0100"),
        .parking_spot = schemac_text("A-17"),
    };

    MUST(db, schemac_begin(db));
    MUST(db, parking_parking_spots_insert(db, &spot,
                                          PARKING_PARKING_SPOTS_NEW
                                              | PARKING_PARKING_SPOTS_COL_IS_OCCUPIED));
    MUST(db, parking_vehicles_insert(db, &car, PARKING_VEHICLES_NEW));
    MUST(db, schemac_commit(db));
    REFUSED(db, parking_vehicles_insert(db, &car, PARKING_VEHICLES_NEW), SCHEMAC_UNIQUE);
    return car.id;
}

static void
pay(struct schemac_db *db, int32_t car, const char *amount)
{
    struct parking_payments payment = { .vehicle_id = car,
                                        .payment_status = schemac_text("paid"),
                                        .payment_method = schemac_text("cash") };

    HOLDS(schemac_decimal_from_text(schemac_text(amount), PARKING_PAYMENTS_AMOUNT_SCALE,
                                    &payment.amount));
    MUST(db, parking_payments_insert(db, &payment, PARKING_PAYMENTS_NEW));
}

static int64_t
paid_by(struct schemac_db *db, int32_t car)
{
    struct parking_payments_cursor payments;
    int64_t cents = 0;

    MUST(db, parking_payments_by_vehicle_id(db, car, &payments));
    while (parking_payments_next(&payments) == SCHEMAC_ROW)
        cents += payments.row.amount;
    MUST(db, parking_payments_close(&payments));
    return cents;
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    struct parking_vehicles car;
    struct parking_audit_logs line = { .action = schemac_text("exit"),
                                       .entity = schemac_text("vehicle"),
                                       .entity_id = schemac_text("AB 12 CD") };
    int64_t settings;
    int32_t id;

    DAILY_OPEN(parking, argc, argv, &db);
    MUST(db, parking_system_config_count(db, &settings));
    HOLDS(settings == 1);
    id = park(db, "AB 12 CD");
    for (int i = 0; i < 10; i++)
        pay(db, id, "0.10");
    pay(db, id, "12.30");
    HOLDS(paid_by(db, id) == 1330);
    REFUSED(db, parking_vehicles_delete(db, id), SCHEMAC_FOREIGN_KEY);
    MUST(db, parking_audit_logs_insert(db, &line, PARKING_AUDIT_LOGS_NEW));
    MUST(db, parking_vehicles_find_by_number_plate(db, schemac_text("AB 12 CD"), &car));
    HOLDS(car.id == id && is_text(car.parking_spot, "A-17"));
    schemac_close(db);
    puts("ok");
    return 0;
}
