-- The fact base: one SQLite file. Statements, not values: what each source says stays as it was said.
-- Keys (`key`) are internal row numbers; identifiers (`id`) are hashes of content and are the same in every build.
-- Days (`first_day`, `last_day`) are the first and last day that an EDTF value covers, ISO 8601, for filters and order.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,            -- what is kept
    value TEXT NOT NULL                -- see outputs/factbase and pipeline: assembled, assembly, settled, key_phrases
) WITHOUT ROWID;

-- One row for each build: what was asked of which program, and what came of it.
CREATE TABLE run (
    key       INTEGER PRIMARY KEY,
    began     TEXT NOT NULL,           -- UTC, ISO 8601
    ended     TEXT,                    -- NULL: it is going on, or was stopped before its end
    inputs    TEXT NOT NULL,           -- JSON: folders and files as they were given
    options   TEXT NOT NULL,           -- JSON
    program   TEXT NOT NULL,           -- version of all readers and extractors together
    versions  TEXT NOT NULL,           -- JSON: of the program, Python, libraries and other programs
    found     INTEGER,                 -- inputs met: the sum of all outcomes, checked
    unchanged INTEGER,                 -- of these: kept from an earlier build
    retired   INTEGER,                 -- inputs of earlier builds that are gone
    outcomes  TEXT,                    -- JSON: how many of each outcome
    seconds   REAL,                    -- that it took
    memory    INTEGER                  -- bytes: most memory that the run itself had in use, without its workers
);

-- Folders that inputs came from. Names of inputs count from here.
CREATE TABLE root (
    key   INTEGER PRIMARY KEY,
    place TEXT NOT NULL UNIQUE         -- a path or an address
);

-- One row for every file that a build met, with what tells whether it is still the same.
CREATE TABLE file (
    key       INTEGER PRIMARY KEY,
    root      INTEGER NOT NULL REFERENCES root (key),
    name      TEXT NOT NULL,           -- path below the root
    input     TEXT NOT NULL UNIQUE,    -- as outcomes call it: the name, unless two roots have the same
    signature TEXT,                    -- size and times of the file when it was read; NULL: not read to its end
    sha256    TEXT,                    -- of its bytes
    reading   TEXT,                    -- version of the readers that read it
    mapping   TEXT NOT NULL DEFAULT '',  -- mark of the mapping of columns that lay beside it
    UNIQUE (root, name)
);

-- What each extractor was when it worked on documents.
CREATE TABLE extraction (
    key      INTEGER PRIMARY KEY,
    program  TEXT NOT NULL,            -- version of all readers and extractors when this was last looked at
    versions TEXT NOT NULL UNIQUE      -- JSON: version of the readers, and of the extractor of each kind of fact
);

-- One row for every input that a build met: nothing is dropped without a reason.
CREATE TABLE outcome (
    input       TEXT PRIMARY KEY,      -- path below the input folder, and `#record` inside a container
    file        INTEGER REFERENCES file (key) ON DELETE CASCADE,
    path        TEXT NOT NULL,         -- of the file, below the input folder
    member      TEXT,                  -- the record inside a container
    status      TEXT NOT NULL CHECK (status IN ('done', 'duplicate', 'skipped', 'failed')),
                                       -- what became of it (docs/run.md)
    stage       TEXT CHECK (stage IN ('scan', 'read', 'extract', 'commit')),  -- at which it ended, NULL when done
    reason      TEXT,                  -- typed, see corpus/errors.py; NULL when done
    detail      TEXT,                  -- more about the reason
    sha256      TEXT,                  -- of the bytes of the input
    document_id TEXT,                  -- of the document it gave, or of which it is a duplicate
    file_type   TEXT,                  -- of the innermost file, see corpus/filetypes.py; NULL where it was not opened
    seconds     REAL,                  -- to read it and to extract from it
    memory      INTEGER,               -- bytes: most memory of the worker meanwhile; NULL where the system cannot tell
    run         INTEGER REFERENCES run (key)
) WITHOUT ROWID;

CREATE INDEX outcome_file ON outcome (file);
CREATE INDEX outcome_document ON outcome (document_id);

CREATE TABLE document (
    key       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    title     TEXT,                    -- as stated
    date      TEXT,                    -- EDTF: published (news) or issued (notice)
    date_rule TEXT,                    -- what the date was read from
    first_day TEXT,                    -- of the date, ISO 8601
    last_day  TEXT,                    -- of the date, ISO 8601
    author    TEXT,                    -- as stated
    source    TEXT,                    -- newspaper or body, as stated
    url       TEXT,                    -- as stated
    kind      TEXT NOT NULL CHECK (kind IN ('news', 'notice')),  -- news, or a notice of a body
    path      TEXT NOT NULL,           -- of the file, below the input folder
    member    TEXT,                    -- the record inside a container
    sha256    TEXT NOT NULL,           -- of the source bytes; read with a mapping of columns, `+` and its mark
    text_sha256 TEXT NOT NULL,         -- of the text: equal texts are copies, and count as one source
    copy_of   TEXT,                    -- id of the earliest document with nearly the same text; NULL for that one
    encoding  TEXT,                    -- that the text was decoded from
    extraction INTEGER REFERENCES extraction (key),
    pages     TEXT,                    -- JSON: of a PDF or scan, where each page begins and how it was read
    doubtful  TEXT,                    -- JSON: start, end, confidence of words whose figures recognition is not sure of
    notice    TEXT,                    -- JSON: header and signature block with spans
    metadata  TEXT,                    -- JSON: what else the source states
    text      TEXT NOT NULL            -- decoded, NFC; all offsets count its code points
);

CREATE INDEX document_text ON document (text_sha256);
-- What tells of a document whether it may be a copy of another: see corpus/duplicates.py.
CREATE TABLE document_sketch (
    document INTEGER PRIMARY KEY REFERENCES document (key) ON DELETE CASCADE,
    sketch   BLOB NOT NULL             -- MinHash of the text
);
CREATE INDEX document_extraction ON document (extraction);
-- Documents that are new or have other facts since what one document decides alone was made: directive_repeat, fact_link, event_said.
CREATE TABLE document_changed (
    document INTEGER PRIMARY KEY REFERENCES document (key) ON DELETE CASCADE
);

-- A mention is the words of a fact in their place: text[start:end] = quote, offsets in code points.
CREATE TABLE mention (
    key      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    kind     TEXT NOT NULL CHECK (kind IN ('date', 'decree', 'official', 'figure', 'directive', 'event')),  -- of fact
    start    INTEGER NOT NULL,         -- offset of the first character
    "end"    INTEGER NOT NULL,         -- offset behind the last one
    quote    TEXT NOT NULL,            -- the words
    prefix   TEXT NOT NULL,            -- up to 32 characters before and after, as in W3C Web Annotation
    suffix   TEXT NOT NULL,            -- and after them
    rule     TEXT NOT NULL             -- that found it
);
CREATE INDEX mention_place ON mention (document, kind, start);

-- One table for each kind of fact; fields as in the guidelines (docs/facts.md).
CREATE TABLE date_fact (
    mention   INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    type      TEXT NOT NULL,           -- date, interval, set, duration
    edtf      TEXT,                    -- NULL for durations and unresolved dates
    duration  TEXT,                    -- ISO 8601
    mod       TEXT,                    -- before, after, start, mid, end, approx
    anchor    TEXT,                    -- the date from which a relative one was counted
    basis     TEXT,                    -- how it was resolved (docs/dates.md)
    first_day TEXT,                    -- that it covers
    last_day  TEXT                     -- that it covers
);
CREATE TABLE decree_fact (
    mention  INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    doc_type TEXT NOT NULL,            -- nghị định, luật, …
    number   TEXT,                     -- symbol: 62/2015/NĐ-CP
    year     INTEGER,                  -- of issue
    date     TEXT,                     -- of issue, EDTF
    issuer   TEXT,                     -- as named, or implied by the symbol
    title    TEXT,                     -- name, or what it is about
    pinpoint TEXT                      -- điều 3 khoản 2
);
CREATE INDEX decree_fact_number ON decree_fact (number);
CREATE TABLE official_fact (
    mention INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    name    TEXT NOT NULL,             -- in full
    title   TEXT,                      -- office
    org     TEXT                       -- body
);
CREATE TABLE figure_fact (
    mention   INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    value     TEXT NOT NULL,           -- decimal, exact; the lower end of a range
    high      TEXT,                    -- the upper end of a range
    of        TEXT,                    -- the second number of a ratio or rank
    unit      TEXT,                    -- VND, %, việc, …; NULL for ranks
    approx    TEXT NOT NULL,           -- exact, about, under, over, at_least, at_most
    role      TEXT NOT NULL,           -- actual, target, change, rank, ratio, gap, norm
    metric    TEXT,                    -- what is measured
    subject   TEXT,                    -- whose
    period    TEXT,                    -- EDTF
    first_day TEXT,                    -- of the period
    last_day  TEXT,                    -- of the period
    part_of   INTEGER,                 -- where in the text the total starts that this figure is a part of
    sum_check TEXT CHECK (sum_check IN ('agrees', 'differs', 'unknown')),  -- of a total: whether its parts add up to it
    also      TEXT                     -- the other reading of an ambiguous number (1,963 and 1.963)
);
CREATE TABLE directive_fact (
    mention    INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    force      TEXT NOT NULL,          -- order, request, task, promise
    issuer     TEXT,                   -- who says so
    addressee  TEXT,                   -- who must act
    action     TEXT,                   -- what is to be done
    deadline   TEXT,                   -- EDTF
    first_day  TEXT,                   -- of the deadline
    last_day   TEXT                    -- of the deadline
);
CREATE TABLE event_fact (
    mention    INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    date       TEXT NOT NULL,          -- EDTF
    event_type TEXT NOT NULL,          -- issuance, effect, founding, appointment, …
    planned    INTEGER NOT NULL CHECK (planned IN (0, 1)),  -- 1: announced only, not reported as done
    first_day  TEXT,                   -- that the date covers
    last_day   TEXT                    -- that the date covers
);

-- What the clause of an event says, as clauses are compared: lower case, one spelling, a line each (docs/events.md).
CREATE TABLE event_said (
    mention    INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    words      TEXT NOT NULL,          -- syllables, a space between
    names      TEXT NOT NULL,          -- syllables in capitals, and two of them in a row
    people     TEXT NOT NULL,          -- full names
    places     TEXT NOT NULL,          -- level and name, a tab between: xã, quảng an; also nhận số, 7332 (of a paper)
                                       -- and hoạt động, nối lại (which side of opposites)
    counts     TEXT NOT NULL,          -- number and what it counts, a tab between
    clock      INTEGER,                -- minutes of the day; NULL: no hour told, or not whose
    happenings TEXT NOT NULL,          -- kinds of pipeline/data/happenings.tsv
    wording    TEXT                    -- hash of words and counts; NULL of a few words
);

-- Assembled from the facts, and made anew from them whenever they change.
CREATE TABLE person (
    key   INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL                -- as most sources write it
);
CREATE TABLE person_mention (
    person  INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    mention INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE
);
CREATE INDEX person_mention_person ON person_mention (person);
-- Why mentions of several documents are one person: one row for each further document, with the mention of another that
-- it was joined by. Within a document one full name is one person. Rules: outputs/data/person_rules.tsv (docs/people.md).
CREATE TABLE person_join (
    mention INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,   -- the first of the person in its document
    by      INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,   -- of another document
    person  INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    rule    TEXT NOT NULL,             -- of person_rules.tsv
    shared  TEXT NOT NULL,             -- what both have: an office, a body, a province, …
    PRIMARY KEY (mention, by)
) WITHOUT ROWID;
CREATE INDEX person_join_person ON person_join (person);
CREATE INDEX person_join_by ON person_join (by);
-- What a reader should look at: nothing is decided by it.
CREATE TABLE person_flag (
    key     INTEGER PRIMARY KEY,
    person  INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    flag    TEXT NOT NULL CHECK (flag IN (  -- what there is to look at
        'same name', 'perhaps the same', 'two holders', 'two posts'
    )),
    other   INTEGER REFERENCES person (key) ON DELETE CASCADE,      -- the other person; NULL: two posts of one
    reason  TEXT NOT NULL,             -- why they are kept apart, or what does not go together
    mention INTEGER REFERENCES mention (key) ON DELETE CASCADE,     -- the words on this side
    other_mention INTEGER REFERENCES mention (key) ON DELETE CASCADE  -- the words on the other side
);
CREATE INDEX person_flag_person ON person_flag (person);
CREATE INDEX person_flag_other ON person_flag (other);

-- Who held what where: a title in a body under one of its names. `first_attested` and `last_attested` are days on which
-- sources attest it. `start` and `end` are EDTF: a day that a source states (`2018-04-03`), or what is known of it
-- (`[..2014-05-09]` begun by then; `[2014-05-09..2018-07-02]` ended between), NULL where nothing is (docs/people.md).
CREATE TABLE occupancy (
    key            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    person         INTEGER NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    title          TEXT,               -- as most sources write it
    org            TEXT,               -- as most sources name it
    first_attested TEXT,               -- EDTF
    last_attested  TEXT,               -- EDTF
    office         TEXT,               -- the title in one spelling, without what modifies it
    modifier       TEXT CHECK (modifier IN ('acting', 'in charge')),  -- NULL: the full office
    body           INTEGER REFERENCES body (key) ON DELETE SET NULL,
    start          TEXT,               -- EDTF, see above
    "end"          TEXT,               -- EDTF, see above
    place          INTEGER,            -- in the order of the person's offices, from 1
    follows        INTEGER REFERENCES occupancy (key) ON DELETE SET NULL  -- the lower post in the same body before it
);
CREATE INDEX occupancy_person ON occupancy (person);
CREATE INDEX occupancy_body ON occupancy (body);
CREATE INDEX occupancy_follows ON occupancy (follows);
CREATE TABLE occupancy_mention (
    occupancy INTEGER NOT NULL REFERENCES occupancy (key) ON DELETE CASCADE,
    mention   INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    attested  TEXT                     -- EDTF of the day at which this mention attests it; NULL if undated
);
CREATE INDEX occupancy_mention_occupancy ON occupancy_mention (occupancy);
-- What bounds an office in time, each with its words. `known`: a source tells the appointment or its end; `attested`: the
-- first or last day on which one calls the person so; `limit`: it began after, or ended by, that day.
CREATE TABLE occupancy_bound (
    occupancy INTEGER NOT NULL REFERENCES occupancy (key) ON DELETE CASCADE,
    side      TEXT NOT NULL CHECK (side IN ('start', 'end')),  -- of the term
    kind      TEXT NOT NULL CHECK (kind IN ('known', 'attested', 'limit')),  -- see above
    date      TEXT NOT NULL,           -- EDTF
    rule      TEXT NOT NULL,           -- outputs/data/term_rules.tsv
    mention   INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,
    PRIMARY KEY (occupancy, side, kind, rule)
) WITHOUT ROWID;
CREATE INDEX occupancy_bound_mention ON occupancy_bound (mention);
-- Offices named beside the main one (`Bí thư Đảng ủy, Trưởng THADS thành phố`), or only by the event that gave or took them.
CREATE TABLE occupancy_evidence (
    occupancy INTEGER NOT NULL REFERENCES occupancy (key) ON DELETE CASCADE,
    mention   INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,    -- an official, or an event
    role      TEXT NOT NULL CHECK (role IN ('beside', 'appointed', 'dismissed')),  -- how it is told
    attested  TEXT,                    -- EDTF of the day at which it attests the office
    PRIMARY KEY (occupancy, mention)
) WITHOUT ROWID;
CREATE INDEX occupancy_evidence_mention ON occupancy_evidence (mention);

-- Bodies: a body under one of its names, from its founding or renaming to the next (docs/bodies.md). Two bodies never
-- share a name on one day and at one place; who came after whom is a dated succession, never a second name.
CREATE TABLE body (
    key    INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,       -- hash of name, place, and the day from which the lexicon has it
    name   TEXT NOT NULL,              -- in full, with its place
    kind   TEXT,                       -- ministry, department, local, …: of the lexicon; NULL where it does not know the body
    place  TEXT,                       -- `thành phố Hải Phòng`, for a body of one place; NULL for one of the whole country
    began  TEXT,                       -- EDTF, the first day, month or year of this name; NULL: not told by the lexicon
    ended  TEXT,                       -- EDTF, the last one; NULL: still so, or not told
    parent INTEGER REFERENCES body (key) ON DELETE SET NULL,  -- the body above, the last one it had
    basis  TEXT NOT NULL CHECK (basis IN ('lexicon', 'sources')),  -- who knows it: the lexicon, or only documents
    source TEXT                        -- the act that says so; NULL where only documents name it
);
CREATE INDEX body_parent ON body (parent);
CREATE INDEX body_name ON body (name);
CREATE TABLE body_succession (
    earlier INTEGER NOT NULL REFERENCES body (key) ON DELETE CASCADE,
    later   INTEGER NOT NULL REFERENCES body (key) ON DELETE CASCADE,
    how     TEXT NOT NULL CHECK (how IN ('renamed', 'merged into', 'split into', 'handed over to')),
                                       -- the later one came of the earlier
    date    TEXT,                      -- EDTF: when the later one took over; NULL: not told
    source  TEXT NOT NULL,             -- the act that says so
    PRIMARY KEY (earlier, later)
) WITHOUT ROWID;
CREATE INDEX body_succession_later ON body_succession (later);
-- Every body that a fact names, in each of its roles. One that could not be resolved stays here without a body.
CREATE TABLE body_mention (
    mention INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,
    role    TEXT NOT NULL CHECK (role IN ('org', 'issuer', 'addressee', 'subject', 'participant')),
                                       -- in which the fact names it
    name    TEXT NOT NULL,             -- as the fact has it
    number  INTEGER NOT NULL,          -- 1, 2, …: a name may list several bodies
    body    INTEGER REFERENCES body (key) ON DELETE CASCADE,
    how     TEXT NOT NULL,             -- the rule that resolved it, or why it could not be (docs/bodies.md)
    PRIMARY KEY (mention, role, name, number)
) WITHOUT ROWID;
CREATE INDEX body_mention_body ON body_mention (body);

-- One row for each act, however it is spelt (docs/decrees.md). Values are for display: `decree_value` has all of them.
CREATE TABLE decree (
    key      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,     -- canonical key: vn:NĐ:CP:2015:62
    doc_type TEXT NOT NULL,            -- nghị định, luật, …
    number   TEXT,                     -- symbol: 62/2015/NĐ-CP
    year     INTEGER,                  -- of issue
    date     TEXT,                     -- EDTF, of issue
    issuer   TEXT,                     -- who issued it
    title    TEXT,                     -- name, or what it is about
    urn      TEXT,                     -- provisional URN:LEX
    lexicon  TEXT,                     -- which of these no source states, but the lexicon of acts: `date issuer title`
    effect   TEXT,                     -- EDTF day, first day in force
    expiry   TEXT,                     -- EDTF day from which, or up to which, it is no longer in force, as a source says
    missing  TEXT                      -- what no source tells of its identity, so that it was joined with nothing outside
                                       -- its document: `year`, `issuer` or both; NULL: identified
);
CREATE TABLE decree_mention (
    decree  INTEGER NOT NULL REFERENCES decree (key) ON DELETE CASCADE,
    mention INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    rule    TEXT NOT NULL              -- that joined it (docs/decrees.md): number, name, lexicon, published, only act,
);                                     -- document, number and name, year, title, apart
CREATE INDEX decree_mention_decree ON decree_mention (decree);
-- What is said of an act, each value once with the first words that state it.
CREATE TABLE decree_value (
    decree   INTEGER NOT NULL REFERENCES decree (key) ON DELETE CASCADE,
    field    TEXT NOT NULL CHECK (field IN ('number', 'date', 'issuer', 'title', 'effect', 'expiry')),  -- of the act
    value    TEXT NOT NULL,            -- as said
    standing TEXT NOT NULL CHECK (standing IN ('shown', 'agrees', 'differs')),  -- beside the one that is shown
    basis    TEXT NOT NULL CHECK (basis IN ('own head', 'stated', 'lexicon')),
                                       -- where from: the act itself, a citation, the lexicon of acts
    mention  INTEGER REFERENCES mention (key) ON DELETE CASCADE,  -- NULL: the lexicon; of effect and expiry a date
    sources  INTEGER NOT NULL,         -- independent documents that state it
    PRIMARY KEY (decree, field, value, basis)
) WITHOUT ROWID;
CREATE INDEX decree_value_mention ON decree_value (mention);
-- Identified acts that one of unknown year or issuer may be: of its type and number; nothing decides between them.
CREATE TABLE decree_candidate (
    decree    INTEGER NOT NULL REFERENCES decree (key) ON DELETE CASCADE,
    candidate INTEGER NOT NULL REFERENCES decree (key) ON DELETE CASCADE,
    PRIMARY KEY (decree, candidate)
) WITHOUT ROWID;
CREATE INDEX decree_candidate_candidate ON decree_candidate (candidate);
-- What each mention of an act is for; its pinpoint is in decree_fact. `quote` is the cue, NULL where another thing tells.
CREATE TABLE decree_citation (
    mention INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    purpose TEXT NOT NULL,             -- docs/decrees.md; `named` where no cue says more
    start   INTEGER,                   -- of the cue in the text
    "end"   INTEGER,                   -- behind it
    quote   TEXT                       -- the cue
);

-- What an act does to another, as a document states it. `quote` is the cue, `start`:`end` its place.
CREATE TABLE relation (
    key      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    relation TEXT NOT NULL CHECK (relation IN (  -- what is done
        'based_on', 'amends', 'replaces', 'repeals', 'guides', 'promulgated_with', 'consolidates', 'corrects'
    )),
    subject  INTEGER REFERENCES mention (key) ON DELETE CASCADE,           -- NULL: the document itself
    object   INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,  -- its pinpoint: the part that is meant
    planned  INTEGER NOT NULL,         -- 1: a draft, a proposal or the future
    start    INTEGER NOT NULL,         -- of the cue in the text
    "end"    INTEGER NOT NULL,         -- behind it
    quote    TEXT NOT NULL,            -- the cue: thay thế
    prefix   TEXT NOT NULL,            -- up to 32 characters before
    suffix   TEXT NOT NULL,            -- and after it
    rule     TEXT NOT NULL             -- form of the cue: active, passive, ended, base
);
CREATE INDEX relation_document ON relation (document, start);
CREATE INDEX relation_subject ON relation (subject);
CREATE INDEX relation_object ON relation (object);
-- Relations of one act to another over all documents; each of their statements is in `decree_relation_source`.
CREATE TABLE decree_relation (
    key      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    subject  INTEGER REFERENCES decree (key) ON DELETE CASCADE,    -- NULL: a document without a number, `document`
    document INTEGER REFERENCES document (key) ON DELETE CASCADE,
    relation TEXT NOT NULL,            -- as in `relation`
    object   INTEGER NOT NULL REFERENCES decree (key) ON DELETE CASCADE,
    part     INTEGER NOT NULL,         -- 1: replaces or repeals only a part (`một số điều`, a pinpoint)
    planned  INTEGER NOT NULL,         -- 1: announced only
    sources  INTEGER NOT NULL          -- independent documents that state it
);
CREATE INDEX decree_relation_subject ON decree_relation (subject);
CREATE INDEX decree_relation_object ON decree_relation (object);
CREATE INDEX decree_relation_document ON decree_relation (document);
CREATE TABLE decree_relation_source (
    relation INTEGER PRIMARY KEY REFERENCES relation (key) ON DELETE CASCADE,
    held     INTEGER NOT NULL REFERENCES decree_relation (key) ON DELETE CASCADE
);
CREATE INDEX decree_relation_source_held ON decree_relation_source (held);

CREATE TABLE event (
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    date       TEXT NOT NULL,          -- EDTF, the most precise that a source gives which reports it
    first_day  TEXT,                   -- that the date covers
    last_day   TEXT,                   -- that the date covers
    event_type TEXT NOT NULL,          -- as in `event_fact`
    planned    INTEGER NOT NULL,       -- 1: every source only announces it, none reports it as done
    told_by    INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,  -- the mention shown; its quote is the line
    sources    INTEGER NOT NULL        -- independent documents that tell it: copies and clauses word for word count once
);
CREATE INDEX event_day ON event (first_day);
CREATE INDEX event_told_by ON event (told_by);
-- Every clause that tells an event, and why it belongs (docs/events.md#one-event-across-documents).
CREATE TABLE event_mention (
    event   INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    mention INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    rule    TEXT NOT NULL DEFAULT 'alone' CHECK (rule IN ('alone', 'centre', 'word for word', 'act', 'likeness')),
                                       -- why it belongs to the event
    basis   TEXT                       -- of `likeness`: points of each sign that speaks for it, and names in common
);
CREATE INDEX event_mention_event ON event_mention (event);

-- A directive said again in its own document: `mention` repeats `directive`, the fullest statement. One that is said
-- once, and the fullest statement itself, have no row (docs/directives.md).
CREATE TABLE directive_repeat (
    mention   INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    directive INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE  -- the fullest statement
);
CREATE INDEX directive_repeat_directive ON directive_repeat (directive);

-- Which facts of its document a directive or an event speaks of.
CREATE TABLE fact_link (
    source INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,   -- a directive or an event
    target INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,   -- a decree, official, date or figure
    role   TEXT NOT NULL CHECK (role IN ('names', 'deadline', 'day', 'issuer', 'addressee', 'participant')),
                                       -- what the target is to the source
    PRIMARY KEY (source, target)
) WITHOUT ROWID;
CREATE INDEX fact_link_target ON fact_link (target);

-- Who and what takes part in an event, as its clause names it or points at it (docs/events.md).
CREATE TABLE event_participant (
    mention    INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,  -- the event
    kind       TEXT NOT NULL CHECK (kind IN ('official', 'body', 'decree', 'place')),  -- of participant
    start      INTEGER NOT NULL,       -- of the words in the text
    "end"      INTEGER NOT NULL,       -- behind them
    quote      TEXT NOT NULL,          -- the words that name it
    name       TEXT NOT NULL,          -- in full
    fact       INTEGER REFERENCES mention (key) ON DELETE CASCADE,  -- the official or decree that is meant
    pointed_at INTEGER NOT NULL        -- 1: `ông`, `sở này`
);
CREATE INDEX event_participant_mention ON event_participant (mention);
CREATE INDEX event_participant_fact ON event_participant (fact);

-- What documents, directives and events are about (docs/topics.md).
CREATE TABLE topic (
    key       INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE,    -- lower case, one space between syllables
    folded    TEXT NOT NULL,           -- without marks
    basis     TEXT NOT NULL CHECK (basis IN ('lexicon', 'phrase')),  -- a field of work, or a key phrase of the archive
    documents INTEGER NOT NULL         -- that hold the phrase at all; those on the topic are in topic_document
);
CREATE INDEX topic_folded ON topic (folded);
CREATE TABLE topic_document (
    topic    INTEGER NOT NULL REFERENCES topic (key) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    uses     INTEGER NOT NULL,         -- how often the phrase stands in title and text
    weight   REAL NOT NULL,            -- tf-idf
    PRIMARY KEY (topic, document)
) WITHOUT ROWID;
CREATE INDEX topic_document_document ON topic_document (document);
CREATE TABLE topic_mention (
    topic   INTEGER NOT NULL REFERENCES topic (key) ON DELETE CASCADE,
    mention INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,  -- a directive or an event
    PRIMARY KEY (topic, mention)
) WITHOUT ROWID;
CREATE INDEX topic_mention_mention ON topic_mention (mention);

-- Full text: syllables, once exact (NFC, lower case) and once folded (no diacritics, đ as d). Folding is ours and
-- comes before the tokenizer, which keeps what it gets. Contents are not stored again (rowid = key of the row).
CREATE VIRTUAL TABLE document_search USING fts5 (
    title, title_folded, body, body_folded, content = '', tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE mention_search USING fts5 (
    quote, quote_folded, content = '', tokenize = 'unicode61 remove_diacritics 0'
);
-- The names a fact speaks of, with abbreviations written out and marks folded (rowid = key of the mention).
CREATE VIRTUAL TABLE name_search USING fts5 (
    issuer, addressee, person, place, content = '', tokenize = 'unicode61 remove_diacritics 0'
);
-- The days for which a fact counts when one asks for a span of time: its own, else its document's, else those of
-- the document's latest dated event. Facts that belong to no day have no row.
CREATE TABLE fact_day (
    mention   INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,
    first_day TEXT,                    -- ISO 8601
    last_day  TEXT,                    -- ISO 8601
    basis     TEXT NOT NULL CHECK (basis IN ('fact', 'document', 'event'))  -- whose days they are
);
CREATE INDEX fact_day_first ON fact_day (first_day);

-- Figures of one metric, subject and unit over time (docs/conflicts.md). Names as most sources write them; `measure`
-- keeps levels apart from changes, gaps and ranks.
CREATE TABLE series (
    key     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    metric  TEXT NOT NULL,             -- what is measured
    subject TEXT NOT NULL,             -- whose
    unit    TEXT,                      -- NULL for ranks
    measure TEXT NOT NULL CHECK (measure IN ('level', 'change', 'gap', 'rank')),  -- what kind of number it is
    span    TEXT NOT NULL,             -- how long each period is: day, month, 3 months, year, 5 years; any: a state
    sources INTEGER NOT NULL           -- independent documents: copies of one text count once
);
CREATE TABLE series_point (
    series    INTEGER NOT NULL REFERENCES series (key) ON DELETE CASCADE,
    mention   INTEGER PRIMARY KEY REFERENCES mention (key) ON DELETE CASCADE,  -- a figure: value, role, exactness
    period    TEXT NOT NULL,           -- EDTF
    first_day TEXT NOT NULL,           -- of the period
    last_day  TEXT NOT NULL,           -- of the period
    break     TEXT                     -- why it does not go on from the point before: the body that it regards by then
);
CREATE INDEX series_point_series ON series_point (series, first_day);
-- A target beside the result that answers it: one measure, subject, unit and period (docs/figures.md).
CREATE TABLE target_result (
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    target     INTEGER REFERENCES mention (key) ON DELETE CASCADE,  -- NULL: no source states it, see `gap`
    result     INTEGER NOT NULL REFERENCES mention (key) ON DELETE CASCADE,  -- the figure that says what was reached
    gap        INTEGER REFERENCES mention (key) ON DELETE CASCADE,
                                       -- a figure that says how far the result is from the target
    metric     TEXT NOT NULL,          -- what is measured
    subject    TEXT NOT NULL,          -- whose
    unit       TEXT,                   -- VND, %, …
    period     TEXT NOT NULL,          -- EDTF, of the result
    target_value TEXT NOT NULL,        -- decimal, exact; without `target` the result and its gap added up
    result_value TEXT NOT NULL,        -- decimal, exact
    difference TEXT NOT NULL,          -- result less target, exact
    reached    TEXT NOT NULL CHECK (reached IN ('yes', 'no', 'unknown')),  -- unknown: values not exact enough to tell
    rule       TEXT NOT NULL           -- that set them beside each other
);
CREATE INDEX target_result_target ON target_result (target);
CREATE INDEX target_result_result ON target_result (result);
CREATE INDEX target_result_gap ON target_result (gap);

-- What does not go together: shown side by side, never resolved (docs/conflicts.md).
CREATE TABLE conflict (
    key   INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    rule  TEXT NOT NULL,               -- that found it: outputs/data/conflict_rules.tsv
    grade TEXT NOT NULL CHECK (grade IN ('contradiction', 'rounding', 'different scope', 'likely misprint')),
                                       -- how grave it is
    about TEXT NOT NULL                -- what it is about, in the words of the sources
);
CREATE TABLE conflict_side (
    conflict INTEGER NOT NULL REFERENCES conflict (key) ON DELETE CASCADE,
    place    INTEGER NOT NULL,         -- 1, 2, …
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    mention  INTEGER REFERENCES mention (key) ON DELETE CASCADE,  -- the fact, where the words are one
    start    INTEGER,                  -- NULL: what the document's own data say, not its text
    "end"    INTEGER,                  -- behind the words
    quote    TEXT NOT NULL,            -- the words, or what the document's own data say
    value    TEXT NOT NULL,            -- what it comes to: a day, a number, a name
    PRIMARY KEY (conflict, place)
) WITHOUT ROWID;
CREATE INDEX conflict_side_document ON conflict_side (document);
CREATE INDEX conflict_side_mention ON conflict_side (mention);
