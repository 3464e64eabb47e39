CREATE TABLE users (id bigint PRIMARY KEY);
-- @append_only
CREATE TABLE events (
    id      bigint PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX events_user ON events (user_id);
