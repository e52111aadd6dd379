-- What a person reads in any SQLite browser: one view for each question, without row numbers, every line with the words
-- it rests on and the place where they stand (docs/factbase.md). In every view `document` is the id of a document,
-- `path` its file (and `#record` in it), and substr(text, start + 1, "end" - start) of its text is `quote`.
-- Every column has a comment: tools/draw_factbase.py makes the documentation of it.

-- What readers look for by name.
CREATE INDEX person_name ON person (name);
CREATE INDEX decree_number ON decree (number);
CREATE INDEX event_participant_name ON event_participant (name);

-- Where a quote stands, by the row number of its mention. For the other views; nothing to read.
CREATE VIEW place_of (
    mention,          -- row number
    quote,            -- the words of the source
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT m.key, m.quote, d.id, d.title, d.date, coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, ''),
           m.start, m."end"
    FROM mention m JOIN document d ON d.key = m.document;

-- Directives with the place of the directive that they repeat; for exports.
CREATE VIEW directive_with_repeat (
    mention,          -- row number
    force,            -- order, request, task, promise
    issuer,           -- who says so
    addressee,        -- who must act
    action,           -- what is to be done
    deadline,         -- by when (EDTF)
    first_day,        -- first day of the deadline
    last_day,         -- its last day
    repeats           -- where in the text the directive starts that is said again here
) AS
    SELECT f.mention, f.force, f.issuer, f.addressee, f.action, f.deadline, f.first_day, f.last_day, t.start
    FROM directive_fact f
    LEFT JOIN directive_repeat r ON r.mention = f.mention LEFT JOIN mention t ON t.key = r.directive;

-- The archive: what was read, one line a document.
CREATE VIEW read_documents (
    document,         -- id, the same in every build
    title,            -- as the document has it
    date,             -- published (news) or issued (notice), EDTF
    first_day,        -- first day that the date covers
    last_day,         -- last day that the date covers
    kind,             -- news or notice
    author,           -- as stated
    source,           -- newspaper or body, as stated
    url,              -- address, as stated
    path,             -- file, and the record in it
    copy_of,          -- id of the earliest document with nearly the same text; empty for an original
    topics,           -- what it is about, the weightiest first
    dates,            -- how many dates it states,
    decrees,          -- how often it cites an act,
    officials,        -- names an office-holder,
    figures,          -- gives a figure,
    directives,       -- tells somebody to do something,
    events,           -- tells an event
    characters,       -- length of the text
    text              -- the text as read
) AS
    SELECT d.id, d.title, d.date, d.first_day, d.last_day, d.kind, d.author, d.source, d.url,
           coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, ''), d.copy_of,
           (SELECT group_concat(name, '; ') FROM (
               SELECT t.name FROM topic_document x JOIN topic t ON t.key = x.topic WHERE x.document = d.key
               ORDER BY x.weight DESC, t.name)),
           (SELECT count(*) FROM mention m WHERE m.document = d.key AND m.kind = 'date'),
           (SELECT count(*) FROM mention m WHERE m.document = d.key AND m.kind = 'decree'),
           (SELECT count(*) FROM mention m WHERE m.document = d.key AND m.kind = 'official'),
           (SELECT count(*) FROM mention m WHERE m.document = d.key AND m.kind = 'figure'),
           (SELECT count(*) FROM mention m WHERE m.document = d.key AND m.kind = 'directive'),
           (SELECT count(*) FROM mention m WHERE m.document = d.key AND m.kind = 'event'),
           length(d.text), d.text
    FROM document d;

-- What became of every input of every build: nothing is dropped without a reason.
CREATE VIEW read_outcomes (
    input,            -- path below the folder given, and the record in it
    status,           -- done, duplicate, skipped, failed
    stage,            -- at which it ended: scan, read, extract, commit; empty when done
    reason,           -- why (docs/run.md); empty when done
    detail,           -- more about it
    file_type,        -- of the innermost file
    document,         -- id of the document it gave, or of which it is a duplicate
    document_title,   -- its title
    seconds,          -- to read it and to extract from it
    run_began         -- when the build began that did it (UTC)
) AS
    SELECT o.input, o.status, o.stage, o.reason, o.detail, o.file_type, o.document_id, d.title, o.seconds, r.began
    FROM outcome o LEFT JOIN document d ON d.id = o.document_id LEFT JOIN run r ON r.key = o.run;

-- Every date that a text states.
CREATE VIEW read_dates (
    date,             -- EDTF
    first_day,        -- first day that it covers
    last_day,         -- last day that it covers
    type,             -- date, interval, set, duration
    duration,         -- ISO 8601, of a duration
    modifier,         -- before, after, start, mid, end, approx
    anchor,           -- day from which a relative date was counted
    basis,            -- how it was resolved, see docs/dates.md
    quote,            -- the words of the source
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT f.edtf, f.first_day, f.last_day, f.type, f.duration, f.mod, f.anchor, f.basis, p.quote, p.document,
           p.document_title, p.document_date, p.path, p.start, p."end"
    FROM date_fact f JOIN place_of p ON p.mention = f.mention;

-- Acts of law and other numbered papers, each once, however sources spell it. Of several values one is shown;
-- read_decree_values has all of them.
CREATE VIEW read_decrees (
    decree,           -- canonical key: vn:NĐ:CP:2015:62
    doc_type,         -- nghị định, luật, …
    number,           -- as on the paper: 62/2015/NĐ-CP
    year,             -- of issue
    date,             -- of issue (EDTF)
    issuer,           -- who issued it
    title,            -- its name, or what it is about
    in_force_from,    -- first day in force (EDTF), as a source says
    in_force_until,   -- day from which, or up to which, it is no longer in force (EDTF), as a source says
    from_lexicon,     -- which of these no source states, but the lexicon of acts: date issuer title
    missing,          -- what no source tells of its identity, year or issuer; such an act may be one of `candidates`
    candidates,       -- keys of identified acts of its type and number, between which nothing decides
    urn,              -- provisional URN:LEX
    cited_by,         -- independent documents that cite it
    citations,        -- how often it is cited
    quote,            -- the words of its earliest citation
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT c.id, c.doc_type, c.number, c.year, c.date, c.issuer, c.title, c.effect, c.expiry, c.lexicon, c.missing,
           (SELECT group_concat(id, '; ') FROM (
               SELECT k.id FROM decree_candidate x JOIN decree k ON k.key = x.candidate WHERE x.decree = c.key
               ORDER BY k.id)),
           c.urn,
           (SELECT count(DISTINCT coalesce(d.copy_of, d.id)) FROM decree_mention x JOIN mention m ON m.key = x.mention
            JOIN document d ON d.key = m.document WHERE x.decree = c.key),
           (SELECT count(*) FROM decree_mention x WHERE x.decree = c.key),
           p.quote, p.document, p.document_title, p.document_date, p.path, p.start, p."end"
    FROM decree c JOIN place_of p ON p.mention = (
        SELECT x.mention FROM decree_mention x JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document
        WHERE x.decree = c.key ORDER BY coalesce(d.first_day, '~'), d.id, m.start LIMIT 1);

-- Everything that is said of an act: each value once, with the first words that state it.
CREATE VIEW read_decree_values (
    decree,           -- canonical key of the act
    field,            -- number, date, issuer, title, effect (first day in force), expiry
    value,            -- as said
    standing,         -- shown, agrees (with what is shown), differs
    basis,            -- own head (of the act itself), stated, lexicon
    sources,          -- independent documents that state it
    quote,            -- the words of the source; empty: the lexicon of acts says so
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT c.id, x.field, x.value, x.standing, x.basis, x.sources,
           m.quote, d.id, d.title, d.date,
           coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, ''), m.start, m."end"
    FROM decree_value x JOIN decree c ON c.key = x.decree LEFT JOIN mention m ON m.key = x.mention
    LEFT JOIN document d ON d.key = m.document;

-- Every place that cites an act, and what for.
CREATE VIEW read_citations (
    decree,           -- canonical key of the act
    doc_type,         -- as cited here
    number,           -- as cited here
    year,             -- as cited here
    date,             -- of issue, as cited here (EDTF)
    issuer,           -- as cited here
    title,            -- as cited here
    pinpoint,         -- the part that is meant: điều 3 khoản 2
    purpose,          -- what it is cited for (docs/decrees.md); named where no words say more
    cue,              -- the words that tell the purpose
    joined_by,        -- the rule that took it for this act (docs/decrees.md)
    quote,            -- the words of the source
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT c.id, f.doc_type, f.number, f.year, f.date, f.issuer, f.title, f.pinpoint, q.purpose, q.quote, x.rule,
           p.quote, p.document, p.document_title, p.document_date, p.path, p.start, p."end"
    FROM decree_fact f JOIN place_of p ON p.mention = f.mention
    JOIN decree_mention x ON x.mention = f.mention JOIN decree c ON c.key = x.decree
    LEFT JOIN decree_citation q ON q.mention = f.mention;

-- What one act does to another, a line for each place that states it.
CREATE VIEW read_decree_relations (
    relation,         -- based_on, amends, replaces, repeals, guides, promulgated_with, consolidates, corrects
    planned,          -- 1: a draft, a proposal or the future
    subject,          -- canonical key of the act that does it; empty: the document itself
    subject_words,    -- as the document calls it
    object,           -- canonical key of the act it is done to
    object_words,     -- as the document calls it
    part,             -- 1: only a part of that act is meant
    pinpoint,         -- which part: điều 3 khoản 2
    sources,          -- independent documents that state the same
    quote,            -- the words that say so: thay thế
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT r.relation, r.planned, sd.id, coalesce(s.quote, '(this document)'), od.id, o.quote, h.part, f.pinpoint,
           h.sources, r.quote,
           d.id, d.title, d.date, coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, ''), r.start, r."end"
    FROM relation r
    JOIN document d ON d.key = r.document
    JOIN mention o ON o.key = r.object
    JOIN decree_fact f ON f.mention = o.key
    LEFT JOIN mention s ON s.key = r.subject
    LEFT JOIN decree_mention sm ON sm.mention = r.subject
    LEFT JOIN decree sd ON sd.key = sm.decree
    LEFT JOIN decree_mention om ON om.mention = r.object
    LEFT JOIN decree od ON od.key = om.decree
    LEFT JOIN decree_relation_source x ON x.relation = r.key
    LEFT JOIN decree_relation h ON h.key = x.held;

-- Every place that names somebody in a public office.
CREATE VIEW read_officials (
    person,           -- id of the person
    name,             -- in full, as the document has it anywhere
    title,            -- office, as the document has it
    org,              -- body, as the document has it
    attested,         -- day at which this place attests the office (EDTF); empty if undated
    quote,            -- the words of the source
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT n.id, f.name, f.title, f.org, o.attested, p.quote, p.document, p.document_title, p.document_date, p.path,
           p.start, p."end"
    FROM official_fact f JOIN place_of p ON p.mention = f.mention
    JOIN person_mention x ON x.mention = f.mention JOIN person n ON n.key = x.person
    LEFT JOIN occupancy_mention o ON o.mention = f.mention;

-- People who hold or held a public office, each once.
CREATE VIEW read_people (
    person,           -- id
    name,             -- as most sources write it
    offices,          -- offices that sources attest, the earliest first
    first_attested,   -- first day on which a source attests an office (EDTF)
    last_attested,    -- last day on which a source attests one
    documents,        -- independent documents that name the person in an office
    mentions,         -- how often they do
    quote,            -- the words of the earliest
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT n.id, n.name,
           (SELECT group_concat(office, '; ') FROM (
               SELECT trim(coalesce(o.title, '') || ' · ' || coalesce(o.org, ''), ' ·') AS office
               FROM occupancy o WHERE o.person = n.key ORDER BY o.place, coalesce(o.first_attested, '~'), 1)),
           (SELECT min(o.first_attested) FROM occupancy o WHERE o.person = n.key),
           (SELECT max(o.last_attested) FROM occupancy o WHERE o.person = n.key),
           (SELECT count(DISTINCT coalesce(d.copy_of, d.id)) FROM person_mention x JOIN mention m ON m.key = x.mention
            JOIN document d ON d.key = m.document WHERE x.person = n.key),
           (SELECT count(*) FROM person_mention x WHERE x.person = n.key),
           p.quote, p.document, p.document_title, p.document_date, p.path, p.start, p."end"
    FROM person n JOIN place_of p ON p.mention = (
        SELECT x.mention FROM person_mention x JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document
        WHERE x.person = n.key ORDER BY coalesce(d.first_day, '~'), d.id, m.start LIMIT 1);

-- Who held what office when, as far as sources tell it. `started` and `ended` are EDTF: a day that a source states
-- (2018-04-03), or what is known of it ([..2014-05-09]: begun by then), empty where nothing is.
CREATE VIEW read_offices (
    person,           -- id of the person
    name,             -- as most sources write it
    title,            -- office, as most sources write it
    org,              -- body, as most sources write it
    modifier,         -- acting or in charge; empty: the full office
    body,             -- id of the body
    body_name,        -- the body under its name in full
    started,          -- when the office began (EDTF)
    ended,            -- when it ended (EDTF)
    first_attested,   -- first day on which a source calls the person so (EDTF)
    last_attested,    -- last day on which a source does (EDTF)
    number,           -- which of the person's offices in order, from 1
    rose_from,        -- the lower post in the same body before it
    mentions,         -- how often sources say so
    quote,            -- the words of the earliest
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT n.id, n.name, o.title, o.org, o.modifier, b.id, b.name, o.start, o."end", o.first_attested, o.last_attested,
           o.place, w.title,
           (SELECT count(*) FROM occupancy_mention x WHERE x.occupancy = o.key)
           + (SELECT count(*) FROM occupancy_evidence x WHERE x.occupancy = o.key),
           p.quote, p.document, p.document_title, p.document_date, p.path, p.start, p."end"
    FROM occupancy o JOIN person n ON n.key = o.person LEFT JOIN body b ON b.key = o.body
    LEFT JOIN occupancy w ON w.key = o.follows
    JOIN place_of p ON p.mention = coalesce(
        (SELECT x.mention FROM occupancy_mention x JOIN mention m ON m.key = x.mention
         JOIN document d ON d.key = m.document
         WHERE x.occupancy = o.key ORDER BY coalesce(x.attested, '~'), d.id, m.start LIMIT 1),
        (SELECT x.mention FROM occupancy_evidence x JOIN mention m ON m.key = x.mention
         JOIN document d ON d.key = m.document
         WHERE x.occupancy = o.key ORDER BY coalesce(x.attested, '~'), d.id, m.start LIMIT 1));

-- What bounds each office in time, with the words that say so.
CREATE VIEW read_office_bounds (
    person,           -- id of the person
    name,             -- as most sources write it
    title,            -- office
    org,              -- body
    side,             -- start or end
    kind,             -- known (told by a source), attested (called so on that day), limit (after or by that day)
    date,             -- EDTF
    rule,             -- that says so (docs/people.md)
    quote,            -- the words of the source
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT n.id, n.name, o.title, o.org, x.side, x.kind, x.date, x.rule,
           p.quote, p.document, p.document_title, p.document_date, p.path, p.start, p."end"
    FROM occupancy_bound x JOIN occupancy o ON o.key = x.occupancy JOIN person n ON n.key = o.person
    JOIN place_of p ON p.mention = x.mention;

-- Why mentions in several documents are one person: a line for each document that was joined.
CREATE VIEW read_person_joins (
    person,           -- id of the person
    name,             -- as most sources write it
    rule,             -- that joined it (docs/people.md)
    shared,           -- what both have: an office, a body, a province
    other_quote,      -- the words it was joined to
    other_document,   -- id of their document
    quote,            -- the words that were joined
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT n.id, n.name, x.rule, x.shared, b.quote, b.document,
           p.quote, p.document, p.document_title, p.document_date, p.path, p.start, p."end"
    FROM person_join x JOIN person n ON n.key = x.person JOIN place_of p ON p.mention = x.mention
    JOIN place_of b ON b.mention = x.by;

-- People that a reader should look at: namesakes kept apart, offices that do not go together.
CREATE VIEW read_person_flags (
    flag,             -- same name, perhaps the same, two holders, two posts
    person,           -- id of the person
    name,             -- as most sources write it
    other_person,     -- id of the other person; empty: two posts of one
    other_name,       -- as most sources write it
    reason,           -- why they are kept apart, or what does not go together
    other_quote,      -- the words on the other side
    other_document,   -- id of their document
    quote,            -- the words on this side
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT x.flag, n.id, n.name, o.id, o.name, x.reason, w.quote, c.id,
           m.quote, d.id, d.title, d.date,
           coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, ''), m.start, m."end"
    FROM person_flag x JOIN person n ON n.key = x.person LEFT JOIN person o ON o.key = x.other
    LEFT JOIN mention m ON m.key = x.mention LEFT JOIN document d ON d.key = m.document
    LEFT JOIN mention w ON w.key = x.other_mention LEFT JOIN document c ON c.key = w.document;

-- Public bodies, each under one of its names: from its founding or renaming to the next.
CREATE VIEW read_bodies (
    body,             -- id
    name,             -- in full, with its place
    kind,             -- ministry, department, local, …
    place,            -- of a body of one place; empty for one of the whole country
    began,            -- first day, month or year of this name (EDTF); empty: not told
    ended,            -- the last one; empty: still so, or not told
    parent,           -- name of the body above it
    basis,            -- lexicon, or sources: only documents name it
    source,           -- act that says so; empty where only documents name it
    earlier,          -- names of the bodies it came from
    later,            -- names of the bodies that came after it
    documents,        -- independent documents that name it
    mentions,         -- how often they do
    quote,            -- the words of the fact that names it earliest
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT b.id, b.name, b.kind, b.place, b.began, b.ended, u.name, b.basis, b.source,
           (SELECT group_concat(name, '; ') FROM (
               SELECT e.name FROM body_succession s JOIN body e ON e.key = s.earlier WHERE s.later = b.key
               ORDER BY e.name)),
           (SELECT group_concat(name, '; ') FROM (
               SELECT l.name FROM body_succession s JOIN body l ON l.key = s.later WHERE s.earlier = b.key
               ORDER BY l.name)),
           (SELECT count(DISTINCT coalesce(d.copy_of, d.id)) FROM body_mention x JOIN mention m ON m.key = x.mention
            JOIN document d ON d.key = m.document WHERE x.body = b.key),
           (SELECT count(*) FROM body_mention x WHERE x.body = b.key),
           m.quote, d.id, d.title, d.date,
           coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, ''), m.start, m."end"
    FROM body b LEFT JOIN body u ON u.key = b.parent LEFT JOIN mention m ON m.key = (
        SELECT x.mention FROM body_mention x JOIN mention n ON n.key = x.mention JOIN document c ON c.key = n.document
        WHERE x.body = b.key ORDER BY coalesce(c.first_day, '~'), c.id, n.start, n.key LIMIT 1)
    LEFT JOIN document d ON d.key = m.document;

-- Which body came after which, by which act.
CREATE VIEW read_body_succession (
    earlier,          -- name of the body before
    how,              -- renamed, merged into, split into, handed over to
    later,            -- name of the body after
    date,             -- when it took over (EDTF); empty: not told
    place,            -- of bodies of one place
    source,           -- act that says so
    earlier_body,     -- id of the body before
    later_body        -- id of the body after
) AS
    SELECT e.name, s.how, l.name, s.date, coalesce(l.place, e.place), s.source, e.id, l.id
    FROM body_succession s JOIN body e ON e.key = s.earlier JOIN body l ON l.key = s.later;

-- Every place where a fact names a body, and which body that is.
CREATE VIEW read_body_names (
    body,             -- id of the body; empty where it could not be told
    body_name,        -- its name in full
    name,             -- as the fact has it
    role,             -- org (of an office-holder), issuer, addressee, subject (of a figure), participant
    resolved_by,      -- the rule that told the body, or why it could not be told (docs/bodies.md)
    kind,             -- of the fact: official, directive, figure, decree, event
    quote,            -- the words of the fact
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT b.id, b.name, x.name, x.role, x.how, m.kind, p.quote, p.document, p.document_title, p.document_date, p.path,
           p.start, p."end"
    FROM body_mention x JOIN mention m ON m.key = x.mention JOIN place_of p ON p.mention = x.mention
    LEFT JOIN body b ON b.key = x.body;

-- Happenings, each once, however many sources tell it; the quote is the clause that tells it best.
CREATE VIEW read_events (
    event,            -- id, of the clauses that tell it
    date,             -- the most precise that a source gives (EDTF)
    first_day,        -- first day that it covers
    last_day,         -- last day that it covers
    event_type,       -- issuance, effect, founding, appointment, meeting, award, ruling, result, other
    planned,          -- 1: every source only announces it
    sources,          -- independent documents that tell it
    tellings,         -- clauses that tell it, copies and all
    participants,     -- who and what takes part, as the clause shown has it
    topics,           -- what the clause shown is about
    quote,            -- the clause shown
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT e.id, e.date, e.first_day, e.last_day, e.event_type, e.planned, e.sources,
           (SELECT count(*) FROM event_mention x WHERE x.event = e.key),
           (SELECT group_concat(name, '; ') FROM (
               SELECT name FROM event_participant x WHERE x.mention = e.told_by GROUP BY name ORDER BY min(x.start))),
           (SELECT group_concat(name, '; ') FROM (
               SELECT t.name FROM topic_mention x JOIN topic t ON t.key = x.topic WHERE x.mention = e.told_by
               ORDER BY t.name)),
           p.quote, p.document, p.document_title, p.document_date, p.path, p.start, p."end"
    FROM event e JOIN place_of p ON p.mention = e.told_by;

-- Every clause that tells an event, with the date and type that it gives by itself.
CREATE VIEW read_event_tellings (
    event,            -- id of the event
    shown,            -- 1: the clause that read_events shows
    date,             -- as told here (EDTF)
    first_day,        -- first day that it covers
    last_day,         -- last day that it covers
    event_type,       -- as told here
    planned,          -- 1: announced only
    joined_by,        -- why it is of this event: alone, centre, word for word, act, likeness (docs/events.md)
    likeness,         -- points of each sign that speaks for it, and names in common
    copy_of,          -- id of the document that this one is a copy of; empty for an original
    quote,            -- the clause
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT e.id, e.told_by IS f.mention, f.date, f.first_day, f.last_day, f.event_type, f.planned, x.rule, x.basis,
           d.copy_of, m.quote,
           d.id, d.title, d.date, coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, ''), m.start, m."end"
    FROM event_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
    JOIN event_mention x ON x.mention = f.mention JOIN event e ON e.key = x.event;

-- Who and what takes part in each event that a text tells.
CREATE VIEW read_participants (
    event,            -- id of the event
    date,             -- as told here (EDTF)
    event_type,       -- as told here
    kind,             -- official, body, decree, place
    name,             -- in full
    pointed_at,       -- 1: the clause only points at it: ông, sở này
    quote,            -- the words of the clause that name it
    clause,           -- the clause that tells the event
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT e.id, f.date, f.event_type, a.kind, a.name, a.pointed_at, a.quote, p.quote, p.document, p.document_title,
           p.document_date, p.path, a.start, a."end"
    FROM event_participant a JOIN place_of p ON p.mention = a.mention JOIN event_fact f ON f.mention = a.mention
    JOIN event_mention x ON x.mention = a.mention JOIN event e ON e.key = x.event;

-- Who tells whom to do what by when.
CREATE VIEW read_directives (
    force,            -- order, request, task, promise
    issuer,           -- who says so
    addressee,        -- who must act
    action,           -- what is to be done
    deadline,         -- by when (EDTF)
    first_day,        -- first day of the deadline
    last_day,         -- last day of the deadline
    said_again,       -- how often the document says it again
    repeats,          -- where in the text the fuller statement starts that is said again here; empty for that one
    topics,           -- what it is about
    quote,            -- the words of the source
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT f.force, f.issuer, f.addressee, f.action, f.deadline, f.first_day, f.last_day,
           (SELECT count(*) FROM directive_repeat r WHERE r.directive = f.mention), f.repeats,
           (SELECT group_concat(name, '; ') FROM (
               SELECT t.name FROM topic_mention x JOIN topic t ON t.key = x.topic WHERE x.mention = f.mention
               ORDER BY t.name)),
           p.quote, p.document, p.document_title, p.document_date, p.path, p.start, p."end"
    FROM directive_with_repeat f JOIN place_of p ON p.mention = f.mention;

-- Which facts of its document a directive or an event speaks of.
CREATE VIEW read_links (
    kind,             -- of what speaks: directive or event
    clause,           -- its words
    role,             -- names, deadline, day, issuer, addressee, participant
    target_kind,      -- of what it speaks of: decree, official, date, figure
    quote,            -- the words of that
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT s.kind, s.quote, l.role, t.kind, t.quote, d.id, d.title, d.date,
           coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, ''), t.start, t."end"
    FROM fact_link l JOIN mention s ON s.key = l.source JOIN mention t ON t.key = l.target
    JOIN document d ON d.key = t.document;

-- Every number that measures or counts something.
CREATE VIEW read_figures (
    value,            -- in base units (đồng, người); the lower end of a range
    high,             -- the upper end of a range
    of,               -- the second number of a ratio or rank
    unit,             -- VND, %, việc, người, …
    approx,           -- exact, about, under, over, at_least, at_most
    role,             -- actual, target, change, rank, ratio, gap, norm
    metric,           -- what is measured, in the text's words
    subject,          -- whose
    period,           -- for when (EDTF)
    first_day,        -- first day of the period
    last_day,         -- last day of the period
    value_exact,      -- the value as a decimal, to its last digit
    sum_check,        -- of a total: whether its parts add up to it: agrees, differs, unknown
    other_reading,    -- of a number that can be read in two ways: 1.963
    quote,            -- the words of the source
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT f.value + 0, f.high + 0, f.of + 0, f.unit, f.approx, f.role, f.metric, f.subject, f.period, f.first_day,
           f.last_day, f.value, f.sum_check, f.also + 0, p.quote, p.document, p.document_title, p.document_date,
           p.path, p.start, p."end"
    FROM figure_fact f JOIN place_of p ON p.mention = f.mention;

-- Figures of one metric, subject and unit over time.
CREATE VIEW read_series (
    series,           -- id of the series
    metric,           -- what is measured, as most sources write it
    subject,          -- whose, as most sources write it
    unit,             -- VND, %, việc, …; empty for ranks
    measure,          -- level, change, gap, rank
    span,             -- how long each period is: day, month, 3 months, year, 5 years; any: a state
    sources,          -- independent documents of the whole series
    period,           -- EDTF
    first_day,        -- first day of the period
    last_day,         -- last day of the period
    value,            -- in base units; the lower end of a range
    high,             -- the upper end of a range
    of,               -- the second number of a ratio or rank
    approx,           -- exact, about, under, over, at_least, at_most
    role,             -- actual, target, ratio, …
    break,            -- why it does not go on from the point before: the body that it regards by then
    quote,            -- the words of the source
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT s.id, s.metric, s.subject, s.unit, s.measure, s.span, s.sources, q.period, q.first_day, q.last_day, f.value + 0,
           f.high + 0, f.of + 0, f.approx, f.role, q.break, p.quote, p.document, p.document_title, p.document_date,
           p.path, p.start, p."end"
    FROM series s JOIN series_point q ON q.series = s.key JOIN figure_fact f ON f.mention = q.mention
    JOIN place_of p ON p.mention = q.mention
    ORDER BY s.id, q.first_day, q.last_day, p.document, p.start;

-- A target beside the result that answers it.
CREATE VIEW read_targets (
    metric,           -- what is measured
    subject,          -- whose
    unit,             -- VND, %, việc, …
    period,           -- of the result (EDTF)
    target,           -- what was to be reached
    result,           -- what was reached
    difference,       -- result less target
    reached,          -- yes, no, unknown (values not exact enough to tell)
    rule,             -- that set them beside each other (docs/figures.md)
    target_quote,     -- the words that state the target; empty: no source does, see gap_quote
    target_document,  -- id of their document
    gap_quote,        -- the words that say how far the result is from the target
    quote,            -- the words that state the result
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin, in characters from 0
    "end"             -- where they end
) AS
    SELECT x.metric, x.subject, x.unit, x.period, x.target_value + 0, x.result_value + 0, x.difference + 0, x.reached,
           x.rule, t.quote, c.id, g.quote,
           p.quote, p.document, p.document_title, p.document_date, p.path, p.start, p."end"
    FROM target_result x JOIN place_of p ON p.mention = x.result
    LEFT JOIN mention t ON t.key = x.target LEFT JOIN document c ON c.key = t.document
    LEFT JOIN mention g ON g.key = x.gap;

-- What does not go together, a line a side: shown side by side, never resolved.
CREATE VIEW read_conflicts (
    conflict,         -- id; its sides have the same
    rule,             -- that found it (docs/conflicts.md)
    grade,            -- contradiction, rounding, different scope, likely misprint
    about,            -- what it is about, in the words of the sources
    side,             -- 1, 2, …
    value,            -- what this side comes to: a day, a number, a name
    quote,            -- the words of the source, or what the document's own data say
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path,             -- its file, and the record in it
    start,            -- where the words begin; empty: not in the text, but in the document's own data
    "end"             -- where they end
) AS
    SELECT c.id, c.rule, c.grade, c.about, s.place, s.value, s.quote, d.id, d.title, d.date,
           coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, ''), s.start, s."end"
    FROM conflict c JOIN conflict_side s ON s.conflict = c.key JOIN document d ON d.key = s.document
    ORDER BY c.rule, c.id, s.place;

-- What the archive is about.
CREATE VIEW read_topics (
    topic,            -- lower case
    basis,            -- lexicon (a field of work) or phrase (a key phrase of this archive)
    documents,        -- that hold the words at all
    on_topic,         -- documents that are about it
    directives,       -- that speak of it
    events            -- that speak of it
) AS
    SELECT t.name, t.basis, t.documents, (SELECT count(*) FROM topic_document x WHERE x.topic = t.key),
           (SELECT count(*) FROM topic_mention x JOIN directive_fact f ON f.mention = x.mention WHERE x.topic = t.key),
           (SELECT count(*) FROM topic_mention x JOIN event_fact f ON f.mention = x.mention WHERE x.topic = t.key)
    FROM topic t;

-- Which documents are about what.
CREATE VIEW read_topic_documents (
    topic,            -- lower case
    uses,             -- how often the words stand in title and text
    weight,           -- tf-idf
    document,         -- id of the document
    document_title,   -- its title
    document_date,    -- its date (EDTF)
    path              -- its file, and the record in it
) AS
    SELECT t.name, x.uses, x.weight, d.id, d.title, d.date,
           coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, '')
    FROM topic t JOIN topic_document x ON x.topic = t.key JOIN document d ON d.key = x.document;
