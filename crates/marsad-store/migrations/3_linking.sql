-- What is kept of linking, so that a new document is compared with its neighbours alone. All of it can be made anew from
-- documents and decisions.

CREATE TABLE told (
    -- The event's id.
    event TEXT NOT NULL PRIMARY KEY,
    document TEXT NOT NULL,
    -- How it came to its incident: 1 as one of those that make it, 2 joined them or retells them, 3 not at all.
    stage BIGINT NOT NULL,
    -- The first event of those that hang together with it.
    chain TEXT,
    -- What names its incident: an event of it.
    home TEXT,
    -- Log-odds of the firm event that it is likest, in thousandths.
    best BIGINT,
    -- What is compared, in hexadecimal digits.
    facts TEXT NOT NULL
);
CREATE INDEX told_by_document ON told (document);
CREATE INDEX told_by_chain ON told (chain);
CREATE INDEX told_by_home ON told (home);

-- The keys by which events find each other: day, place and kind of action.
CREATE TABLE filed (
    shelf BIGINT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (shelf, event)
);

-- Documents that came, or were replaced by a newer version, since incidents were made.
CREATE TABLE unlinked (
    document TEXT NOT NULL PRIMARY KEY
);
INSERT INTO unlinked (document) SELECT id FROM documents;

ALTER TABLE incidents ADD COLUMN home TEXT;
CREATE INDEX incidents_by_home ON incidents (home);

-- By which weights it was linked; only what was linked by the same ones can be added to.
ALTER TABLE linkings ADD COLUMN method TEXT;
