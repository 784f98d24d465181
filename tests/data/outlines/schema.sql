CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE INDEX users_name ON users (name);

CREATE VIEW adults AS SELECT * FROM users WHERE age >= 18;

CREATE FUNCTION twice(x integer) RETURNS integer AS $$
    SELECT x * 2;
$$ LANGUAGE sql;

INSERT INTO users VALUES (1, 'a');
