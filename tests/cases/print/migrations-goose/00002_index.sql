-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY users_name ON users (name);
-- +goose Down
-- +goose StatementBegin
DROP INDEX users_name;
-- +goose StatementEnd
