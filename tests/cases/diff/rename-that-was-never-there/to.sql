-- @schema test
CREATE TABLE vehicles (
    id integer PRIMARY KEY AUTOINCREMENT,
    plate text NOT NULL UNIQUE,
    phone_number text,
    mail text -- @was e_mail
);
