-- A digest of every row, taken when a build ends; see seal.py. Version 2.
-- A change breaks the seal of what it changes, so that the next build seals just that anew.

CREATE TABLE seals (
    part   TEXT NOT NULL,            -- the table, or of `across` the layer
    key    TEXT NOT NULL,
    digest BLOB NOT NULL,            -- of the values; of findings one after the other, a row each
    raw    BLOB NOT NULL,            -- of compressed bytes, which another machine may pack otherwise
    PRIMARY KEY (part, key)
) WITHOUT ROWID;

CREATE TRIGGER documents_new AFTER INSERT ON documents BEGIN
    DELETE FROM seals WHERE part = 'search';
END;
CREATE TRIGGER documents_changed AFTER UPDATE ON documents BEGIN
    DELETE FROM seals WHERE part IN ('documents', 'findings') AND key = old.id;
END;
CREATE TRIGGER documents_gone AFTER DELETE ON documents BEGIN
    DELETE FROM seals WHERE part IN ('documents', 'findings') AND key = old.id;
    DELETE FROM seals WHERE part = 'search';
END;

CREATE TRIGGER findings_new AFTER INSERT ON findings BEGIN
    DELETE FROM seals WHERE part = 'findings' AND key = (SELECT id FROM documents WHERE number = new.document);
END;
CREATE TRIGGER findings_changed AFTER UPDATE ON findings BEGIN
    DELETE FROM seals WHERE part = 'findings' AND key = (SELECT id FROM documents WHERE number = old.document);
END;
CREATE TRIGGER findings_gone AFTER DELETE ON findings BEGIN
    DELETE FROM seals WHERE part = 'findings' AND key = (SELECT id FROM documents WHERE number = old.document);
END;

CREATE TRIGGER originals_changed AFTER UPDATE ON originals BEGIN
    DELETE FROM seals WHERE part = 'originals' AND key = old.sha256;
END;
CREATE TRIGGER originals_gone AFTER DELETE ON originals BEGIN
    DELETE FROM seals WHERE part = 'originals' AND key = old.sha256;
END;

CREATE TRIGGER across_new AFTER INSERT ON across BEGIN
    DELETE FROM seals WHERE part = new.layer AND key = new.key;
END;
CREATE TRIGGER across_changed AFTER UPDATE ON across BEGIN
    DELETE FROM seals WHERE part = old.layer AND key = old.key;
END;
CREATE TRIGGER across_gone AFTER DELETE ON across BEGIN
    DELETE FROM seals WHERE part = old.layer AND key = old.key;
END;
