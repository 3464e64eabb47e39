/*
 * bookings DATABASE: from the first call to the deposit.  A customer books a dinner, pays
 * a deposit, and gets points; what belongs together is one transaction.
 */
#include "daily.h"

#include "bookings.h"

static struct schemac_uuid
take_customer(struct schemac_db *db, const char *email)
{
    struct bookings_customers customer = {
        .email = schemac_text(email),
        .first_name = schemac_text("Ana"),
        .last_name = schemac_text("O'Neill"),
        .preferences_json = schemac_text("{\"fish\": false}"),
    };

    MUST(db, bookings_customers_insert(db, &customer,
                                       BOOKINGS_CUSTOMERS_NEW
                                           | BOOKINGS_CUSTOMERS_COL_PREFERENCES_JSON));
    REFUSED(db, bookings_customers_insert(db, &customer, BOOKINGS_CUSTOMERS_NEW),
            SCHEMAC_UNIQUE);
    return customer.id;
}

static struct schemac_uuid
book(struct schemac_db *db, struct schemac_uuid customer)
{
    struct bookings_bookings booking = {
        .customer_id = customer,
        .event_time = INT64_C(19) * 3600 * 1000000,
        .guest_count = 12,
        .venue_street = schemac_text("1 Main St"),
        .venue_city = schemac_text("Fresno"),
        .venue_state = schemac_text("CA"),
        .venue_zip = schemac_text("93650"),
    };

    HOLDS(schemac_date_from_text(schemac_text("2026-12-31"), &booking.event_date));
    HOLDS(schemac_decimal_from_text(schemac_text("1234.50"), 2, &booking.total_amount));
    MUST(db, bookings_bookings_insert(db, &booking,
                                      BOOKINGS_BOOKINGS_NEW
                                          | BOOKINGS_BOOKINGS_COL_TOTAL_AMOUNT));
    HOLDS(booking.status == BOOKINGS_BOOKINGS_STATUS_PENDING);
    return booking.id;
}

static void
pay_deposit(struct schemac_db *db, struct schemac_uuid booking)
{
    struct bookings_deposits deposit = {
        .booking_id = booking,
        .status = BOOKINGS_DEPOSITS_STATUS_CONFIRMED,
        .amount = 30000,
        .paid_at = { schemac_timestamp_now(), true },
        .metadata_json = schemac_text("{\"terminal\": 7}"),
    };

    MUST(db, schemac_begin(db));
    MUST(db, bookings_deposits_insert(db, &deposit,
                                      BOOKINGS_DEPOSITS_NEW
                                          | BOOKINGS_DEPOSITS_COL_STATUS
                                          | BOOKINGS_DEPOSITS_COL_METADATA_JSON));
    MUST(db, bookings_bookings_update(
                 db,
                 &(struct bookings_bookings){
                     .id = booking, .status = BOOKINGS_BOOKINGS_STATUS_CONFIRMED },
                 BOOKINGS_BOOKINGS_COL_STATUS));
    MUST(db, schemac_commit(db));
    HOLDS(is_text(deposit.currency, "USD"));
}

static void
give_points(struct schemac_db *db, struct schemac_uuid customer)
{
    struct bookings_loyalty_points points = {
        .customer_id = customer,
        .points = 123,
        .points_earned = { 123, true },
        .tier = BOOKINGS_LOYALTY_POINTS_TIER_SILVER,
    };

    MUST(db, bookings_loyalty_points_insert(
                 db, &points,
                 BOOKINGS_LOYALTY_POINTS_NEW | BOOKINGS_LOYALTY_POINTS_COL_POINTS
                     | BOOKINGS_LOYALTY_POINTS_COL_POINTS_EARNED
                     | BOOKINGS_LOYALTY_POINTS_COL_TIER));
}

static void
check_deposits(struct schemac_db *db, struct schemac_uuid booking)
{
    struct bookings_deposits_cursor deposits;
    int64_t cents = 0;

    MUST(db, bookings_deposits_by_booking_id(db, booking, &deposits));
    while (bookings_deposits_next(&deposits) == SCHEMAC_ROW)
        cents += deposits.row.amount;
    MUST(db, bookings_deposits_close(&deposits));
    HOLDS(cents == 30000);
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    struct schemac_uuid customer, booking;
    struct bookings_bookings found;
    struct bookings_customers who;

    DAILY_OPEN(bookings, argc, argv, &db);
    customer = take_customer(db, "ana@example.org");
    booking = book(db, customer);
    pay_deposit(db, booking);
    give_points(db, customer);
    check_deposits(db, booking);
    MUST(db, bookings_bookings_get(db, booking, &found));
    HOLDS(found.status == BOOKINGS_BOOKINGS_STATUS_CONFIRMED);
    HOLDS(found.total_amount == 123450 && found.guest_count == 12);
    MUST(db, bookings_customers_find_by_email(db, schemac_text("ana@example.org"), &who));
    HOLDS(is_text(who.last_name, "O'Neill"));
    found.guest_count = -1;
    REFUSED(db, bookings_bookings_update(db, &found, BOOKINGS_BOOKINGS_COL_GUEST_COUNT),
            SCHEMAC_CHECK);
    schemac_close(db);
    puts("ok");
    return 0;
}
