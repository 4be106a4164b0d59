-- Who may use the observatory over the network.

CREATE TABLE users (
    name TEXT NOT NULL PRIMARY KEY,
    -- Argon2id, in the PHC form.
    password TEXT NOT NULL,
    -- viewer, reviewer, editor or administrator
    role TEXT NOT NULL,
    made TEXT NOT NULL,
    -- 1 where the account may not be used any more; names stay, since decisions bear them.
    closed BIGINT NOT NULL
);

-- What a browser has is never stored, only its hash.
CREATE TABLE sessions (
    hash TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES users (name),
    made TEXT NOT NULL,
    -- UTC, RFC 3339: these compare as text.
    ends TEXT NOT NULL
);

-- Tokens of programs, for reading alone.
CREATE TABLE tokens (
    number BIGINT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES users (name),
    -- What it is for.
    label TEXT NOT NULL,
    made TEXT NOT NULL,
    revoked BIGINT NOT NULL
);
