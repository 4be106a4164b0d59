-- Accounts that log in elsewhere (OpenID Connect): whom the provider calls so is the person of this name here.
CREATE TABLE identities (
    issuer TEXT NOT NULL,
    -- The provider's own name of the person, which never changes.
    subject TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES users (name),
    made TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
