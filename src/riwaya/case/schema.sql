-- The case: one SQLite file that holds an investigation.
-- Version 6, with seals.sql, briefs.sql and answers.sql. A change of this file needs a step in migrations.py.

-- What is known of the case as a whole: when it was made, by which version, the language of its tables.
CREATE TABLE about (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Everything that was given to read, a row per file; `stamp` tells whether it has changed since.
CREATE TABLE sources (
    place TEXT PRIMARY KEY,          -- where it lay on the machine that read it; of a zip's member, zip#member
    label TEXT NOT NULL,             -- the path that its documents carry, relative to what was given
    stamp TEXT NOT NULL,             -- size, time of change and reading options; read again when it differs
    done  INTEGER NOT NULL           -- 0 while it is being read: a killed build reads it once more
) WITHOUT ROWID;

-- The bytes as they were taken in, never altered; compressed, or left in place (`link`) when asked.
CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY,
    bytes  INTEGER NOT NULL,
    data   BLOB,                     -- zstd; NULL when linked
    link   TEXT                      -- path of the file that holds them, when left in place
);

-- One text by one outlet.
CREATE TABLE documents (
    number      INTEGER PRIMARY KEY, -- of intake; means nothing outside this file
    id          TEXT NOT NULL UNIQUE,
    key         TEXT NOT NULL UNIQUE,-- short name in the ids of findings
    source      TEXT NOT NULL,       -- its place
    member      TEXT,                -- where inside the source
    sha256      TEXT NOT NULL,       -- of the original bytes
    text_sha256 TEXT NOT NULL,       -- of the text in UTF-8
    digest      TEXT NOT NULL,       -- of head and text: what findings depend on
    head        BLOB NOT NULL,       -- the Document as it was read, without its text; msgpack
    text        BLOB NOT NULL,       -- zstd of UTF-8
    characters  INTEGER NOT NULL,
    warnings    INTEGER NOT NULL,    -- how many
    language    TEXT,
    -- what metadata says, or else the text itself; see stage `words` and `dates`
    outlet      TEXT,
    title       TEXT,
    author      TEXT,
    published   TEXT,
    published_basis TEXT NOT NULL
);
CREATE INDEX documents_by_source ON documents (source);

-- What a stage found in one document, a row per layer, even when nothing was found.
CREATE TABLE findings (
    layer    TEXT NOT NULL,
    stage    TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (number),
    recipe   TEXT NOT NULL,          -- digest of the stage's version, tables, settings and of what it needs
    count    INTEGER NOT NULL,
    data     BLOB NOT NULL,          -- zstd of msgpack: the findings in order of place
    PRIMARY KEY (layer, stage, document)
) WITHOUT ROWID;
CREATE INDEX findings_by_document ON findings (document);

-- What a stage found in the case as a whole.
CREATE TABLE across (
    layer TEXT NOT NULL,
    key   TEXT NOT NULL,             -- the finding's id; of namings, the document
    data  BLOB NOT NULL,             -- msgpack: a list, in order
    PRIMARY KEY (layer, key)
) WITHOUT ROWID;

-- What `across` stages asked of single documents, and noted of all of them (document 0); see answers.py. It can be made
-- again from the rest.
CREATE TABLE answers (
    asked    TEXT NOT NULL,          -- the function
    document INTEGER NOT NULL REFERENCES documents (number),
    given    BLOB NOT NULL,          -- digest of what the answer depends on, apart from the document and its findings
    data     BLOB NOT NULL,          -- zstd of msgpack
    PRIMARY KEY (asked, document)
) WITHOUT ROWID;
CREATE INDEX answers_by_document ON answers (document);

-- Which `across` stages are done, and from what.
CREATE TABLE done (
    stage  TEXT PRIMARY KEY,
    recipe TEXT NOT NULL
) WITHOUT ROWID;

-- What could not be read or analysed.
CREATE TABLE failures (
    place   TEXT NOT NULL,           -- of the source where it was reading that failed, else empty
    path    TEXT NOT NULL,
    stage   TEXT NOT NULL,
    error   TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (path, stage, place)
) WITHOUT ROWID;

-- Intakes, runs and decisions, in order, each holding the hash of the one before: nothing can be taken out unseen.
CREATE TABLE log (
    number   INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,          -- UTC
    by       TEXT NOT NULL,
    kind     TEXT NOT NULL,          -- intake, run, decision
    entry    TEXT NOT NULL,          -- JSON
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
);

-- Folded words of every document; positions in the original are found again by folding it.
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', tokenize = 'ascii');
-- Fewer and larger segments are written while a case is filled; they are merged when sixteen have gathered.
INSERT INTO search (search, rank) VALUES ('hashsize', 67108864), ('pgsz', 16000), ('automerge', 0);
