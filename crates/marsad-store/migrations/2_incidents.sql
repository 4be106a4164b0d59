-- What linking found, and what people decided about it.

CREATE TABLE incidents (
    id TEXT NOT NULL PRIMARY KEY,
    -- First day, ISO 8601; none where no report tells one.
    start_day TEXT,
    -- A line of `marsad link`.
    record TEXT NOT NULL
);

-- One row for every time that incidents were made anew.
CREATE TABLE linkings (
    number BIGINT NOT NULL PRIMARY KEY,
    made TEXT NOT NULL,
    -- How much there was to know: documents and decisions.
    documents BIGINT NOT NULL,
    decisions BIGINT NOT NULL
);

-- Rows are added, never changed: what is taken back is named by a later row.
CREATE TABLE decisions (
    number BIGINT NOT NULL PRIMARY KEY,
    -- merge, split or undo
    kind TEXT NOT NULL,
    -- JSON: lists of event ids that are one incident, or different ones.
    sides TEXT NOT NULL,
    -- The decision that an undo takes back.
    undoes BIGINT,
    person TEXT NOT NULL,
    reason TEXT,
    made TEXT NOT NULL
);
