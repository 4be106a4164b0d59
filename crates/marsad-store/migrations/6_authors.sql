-- Who wrote a document, as its page or feed names them.

ALTER TABLE documents ADD COLUMN author TEXT;
