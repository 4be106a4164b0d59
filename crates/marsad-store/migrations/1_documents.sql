-- Documents, every version of them, and what was coded in them. One schema for SQLite and PostgreSQL: only types and
-- statements that both know. Yes and no are 1 and 0.

CREATE TABLE documents (
    -- Hash of the address, or of the id that its source gave it, and the text: see Identity.
    id TEXT NOT NULL PRIMARY KEY,
    -- Canonical URL, or the file and the id in it. Texts of one address are versions of one document.
    address TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    -- Counted from 1, in the order in which they came.
    version BIGINT NOT NULL,
    -- The last version; only this one counts.
    latest BIGINT NOT NULL,
    -- Its id where it came from.
    given_id TEXT NOT NULL,
    -- File and line it was read from.
    source TEXT NOT NULL,
    url TEXT,
    outlet TEXT,
    title TEXT,
    -- Day, ISO 8601.
    published TEXT,
    language TEXT,
    -- What its near copies are found by; none for short texts.
    sketch TEXT,
    -- Time of arrival, UTC, RFC 3339.
    added TEXT NOT NULL,
    UNIQUE (address, version)
);
CREATE INDEX documents_by_text ON documents (sha256);

CREATE TABLE texts (
    document TEXT NOT NULL PRIMARY KEY REFERENCES documents (id),
    text TEXT NOT NULL
);

CREATE TABLE records (
    document TEXT NOT NULL PRIMARY KEY REFERENCES documents (id),
    -- A line of `marsad code`.
    record TEXT NOT NULL
);
