-- Feeds that are watched, and what is remembered of each from one poll to the next. Times are UTC, RFC 3339.

CREATE TABLE feeds (
    url TEXT NOT NULL PRIMARY KEY,
    -- Last poll; none before the first.
    checked TEXT,
    -- Not polled again before.
    due TEXT,
    -- Polls that failed since the last one that did not.
    failures BIGINT NOT NULL,
    -- What the last poll came to, in words.
    told TEXT NOT NULL,
    -- Documents and versions that were stored from it, and when the last of them was.
    documents BIGINT NOT NULL,
    arrived TEXT,
    -- JSON: what the poller needs to ask only for what is new.
    memory TEXT NOT NULL
);
