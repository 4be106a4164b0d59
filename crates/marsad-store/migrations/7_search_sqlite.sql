-- What texts are searched by: an index that can be made anew at any time from the texts. Backups leave it out.

-- Documents whose words are not in the index yet.
CREATE TABLE search_queue (document TEXT NOT NULL PRIMARY KEY REFERENCES documents (id));
INSERT INTO search_queue SELECT id FROM documents;
CREATE TRIGGER search_new AFTER INSERT ON documents BEGIN INSERT INTO search_queue (document) VALUES (NEW.id); END;

-- A document, or a part of a long one, and its row in the index.
CREATE TABLE search_parts (number INTEGER NOT NULL PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id));
CREATE INDEX search_parts_by_document ON search_parts (document);

-- Words come folded, with a space between: whatever is not ASCII belongs to a word, and nothing is folded again.
CREATE VIRTUAL TABLE search_words USING fts5 (words, content = '', tokenize = "ascii tokenchars '.'");

-- Incidents are listed from the last day backwards.
CREATE INDEX incidents_by_day ON incidents (COALESCE(start_day, ''), id);
CREATE INDEX documents_by_day ON documents (COALESCE(published, ''), id);
