-- Short rows of what the case holds, by which a page lists it without reading it whole; see briefs.py. Version 5.
-- Made from the other tables when a build ends, and in part again with each decision: nothing stands only here.

CREATE TABLE briefs (
    list TEXT NOT NULL,
    key  TEXT NOT NULL,              -- of what is listed
    rank REAL NOT NULL,              -- the highest comes first
    data BLOB NOT NULL,              -- msgpack
    PRIMARY KEY (list, key)
) WITHOUT ROWID;
CREATE INDEX briefs_by_rank ON briefs (list, rank DESC, key);
CREATE INDEX documents_by_date ON documents (published IS NULL, published, id);
CREATE INDEX documents_warned ON documents (published IS NULL, published, id) WHERE warnings > 0;
CREATE INDEX log_by_kind ON log (kind, number);
