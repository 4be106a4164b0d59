-- What people say about incidents, and who looks after them. Incidents get new ids when they are linked anew, so that a remark
-- names an event: it belongs to whatever incident has it. Rows are added, never changed.

CREATE TABLE comments (
    number BIGINT NOT NULL PRIMARY KEY,
    event TEXT NOT NULL,
    person TEXT NOT NULL,
    text TEXT NOT NULL,
    made TEXT NOT NULL
);
CREATE INDEX comments_by_event ON comments (event);

CREATE TABLE assignments (
    number BIGINT NOT NULL PRIMARY KEY,
    event TEXT NOT NULL,
    -- Nobody where it is taken away.
    assignee TEXT,
    person TEXT NOT NULL,
    made TEXT NOT NULL
);
CREATE INDEX assignments_by_event ON assignments (event);
