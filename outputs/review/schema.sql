-- What researchers say of the facts of a fact base: decisions, which are only ever added (docs/review.md).

CREATE TABLE decision (
    key    INTEGER PRIMARY KEY AUTOINCREMENT,  -- in the order in which they came to this file
    id     TEXT NOT NULL UNIQUE,               -- hash of all that it says
    at     TEXT NOT NULL,                      -- UTC, ISO 8601
    by     TEXT NOT NULL,                      -- who says so
    verb   TEXT NOT NULL CHECK (verb IN ('accept', 'reject', 'edit', 'merge', 'split', 'undo')),  -- what is said
    fields TEXT,                               -- JSON: of an edit, the fields that it corrects
    were   TEXT,                               -- JSON: all fields as they were
    note   TEXT,                               -- why
    target TEXT,                               -- of an undo: the id of the decision that it takes back
    after  TEXT                                -- id of the decision before it in its file
);
CREATE INDEX decision_target ON decision (target) WHERE target IS NOT NULL;

-- The words of the sources that a decision is about: one fact, or mentions of people.
CREATE TABLE words (
    decision    INTEGER NOT NULL REFERENCES decision (key),
    place       INTEGER NOT NULL,              -- 1, 2, …
    side        INTEGER NOT NULL,              -- who is one person: docs/review.md
    document    TEXT NOT NULL,                 -- its id
    text_sha256 TEXT NOT NULL,                 -- of its text
    kind        TEXT NOT NULL,                 -- of fact
    start       INTEGER NOT NULL,              -- in code points of the text
    "end"       INTEGER NOT NULL,
    quote       TEXT NOT NULL,
    prefix      TEXT NOT NULL,                 -- up to 32 characters before
    suffix      TEXT NOT NULL,                 -- and after
    mention     TEXT NOT NULL,                 -- the id that the fact had
    PRIMARY KEY (decision, place)
) WITHOUT ROWID;
CREATE INDEX words_document ON words (document);
CREATE INDEX words_text ON words (text_sha256);

CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
CREATE TRIGGER words_stay BEFORE UPDATE ON words BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
CREATE TRIGGER words_are_kept BEFORE DELETE ON words BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
