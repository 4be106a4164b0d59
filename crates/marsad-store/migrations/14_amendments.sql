-- Events that people added to what was coded in a document, or took out of it. Records are never changed: rows are added, and
-- laid over the record when it is read.
CREATE TABLE amendments (
    -- Counted from 1.
    number BIGINT NOT NULL PRIMARY KEY,
    -- add, drop or undo
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    -- The id of the event that is added or taken out.
    event TEXT NOT NULL,
    -- JSON: the event that is added.
    record TEXT,
    -- The amendment that this one takes back.
    undoes BIGINT,
    person TEXT NOT NULL,
    reason TEXT,
    -- UTC, RFC 3339.
    made TEXT NOT NULL
);
CREATE INDEX amendments_by_document ON amendments (document);
