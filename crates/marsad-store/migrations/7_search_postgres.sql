-- What texts are searched by: an index that can be made anew at any time from the texts. Backups leave it out.

-- Documents whose words are not in the index yet.
CREATE TABLE search_queue (document TEXT NOT NULL PRIMARY KEY REFERENCES documents (id));
INSERT INTO search_queue SELECT id FROM documents;
CREATE FUNCTION search_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_queue (document) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER search_new AFTER INSERT ON documents FOR EACH ROW EXECUTE FUNCTION search_new();

-- A document, or a part of a long one. Words come folded and with their positions: no dictionary, no locale.
CREATE TABLE search_parts (number BIGINT NOT NULL PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id), words TSVECTOR NOT NULL);
CREATE INDEX search_parts_by_document ON search_parts (document);
CREATE INDEX search_parts_by_word ON search_parts USING GIN (words);

-- Incidents are listed from the last day backwards.
CREATE INDEX incidents_by_day ON incidents (COALESCE(start_day, ''), id);
CREATE INDEX documents_by_day ON documents (COALESCE(published, ''), id);
