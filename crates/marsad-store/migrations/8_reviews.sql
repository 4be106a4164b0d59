-- What people say of incidents and events. Rows are added, never changed: what is taken back is named by a later row.
CREATE TABLE reviews (
    -- Counted from 1.
    number BIGINT NOT NULL PRIMARY KEY,
    -- incident or event
    kind TEXT NOT NULL,
    -- The id of the incident or event.
    subject TEXT NOT NULL,
    -- JSON: the events of the incident as it was then, since its id changes when reports join it.
    events TEXT NOT NULL,
    -- state, or the field of the record that is put right.
    field TEXT NOT NULL,
    -- JSON values.
    old_value TEXT,
    new_value TEXT,
    author TEXT NOT NULL,
    -- UTC, RFC 3339.
    made TEXT NOT NULL,
    reason TEXT,
    -- The review that this one takes back.
    undoes BIGINT
);
CREATE INDEX reviews_by_subject ON reviews (subject);
