import SQLite

extension Migration {
  static let initialSchema = Migration(
    "001-initial-schema",
    """
    CREATE TABLE input (
      hash TEXT PRIMARY KEY,      -- SHA-256 of the content, hexadecimal
      size INTEGER NOT NULL,      -- bytes of the content
      content BLOB NOT NULL       -- zlib
    ) WITHOUT ROWID;
    CREATE TABLE suite (
      id INTEGER PRIMARY KEY,
      started_at TEXT NOT NULL,   -- ISO 8601, UTC
      finished_at TEXT,           -- NULL: it is running, or was interrupted
      version TEXT NOT NULL,
      command_line TEXT NOT NULL  -- JSON array
    );
    CREATE TABLE scenario (
      id INTEGER PRIMARY KEY,
      suite INTEGER NOT NULL REFERENCES suite ON DELETE CASCADE,
      name TEXT NOT NULL,
      description TEXT NOT NULL,
      reference TEXT NOT NULL,
      UNIQUE (suite, name)
    );
    CREATE TABLE scenario_input (
      scenario INTEGER NOT NULL REFERENCES scenario ON DELETE CASCADE,
      position INTEGER NOT NULL,  -- 0: the scenario's own file
      name TEXT NOT NULL,
      hash TEXT NOT NULL REFERENCES input,
      PRIMARY KEY (scenario, position)
    ) WITHOUT ROWID;
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      scenario INTEGER NOT NULL REFERENCES scenario ON DELETE CASCADE,
      seed INTEGER NOT NULL,      -- bits of an unsigned number
      verdict TEXT NOT NULL,
      score INTEGER NOT NULL,
      digest TEXT NOT NULL,
      outcome TEXT,
      settled_ns INTEGER,
      detection_ns INTEGER,
      restoration_ns INTEGER,
      change_at_ns INTEGER NOT NULL,
      quiet_from_ns INTEGER NOT NULL,
      end_ns INTEGER NOT NULL,
      events INTEGER NOT NULL,
      requests INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      slow INTEGER NOT NULL,
      below_minimum_ns INTEGER NOT NULL,
      pod_seconds INTEGER NOT NULL,
      story BLOB NOT NULL,        -- zlib of JSON: timeline, names, what is pending
      UNIQUE (scenario, seed)
    );
    CREATE TABLE finding (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      result TEXT NOT NULL,
      at_ns INTEGER,
      detail TEXT NOT NULL,
      PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
    CREATE TABLE component (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      points INTEGER NOT NULL,    -- taken off the score
      detail TEXT NOT NULL,
      PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
    CREATE TABLE defect (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      position INTEGER NOT NULL,
      object TEXT NOT NULL,       -- JSON
      path TEXT NOT NULL,
      expected TEXT,
      found TEXT,
      PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
    CREATE TABLE decision (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      position INTEGER NOT NULL,
      at_ns INTEGER NOT NULL,
      taken TEXT NOT NULL,
      decision TEXT NOT NULL,     -- JSON, with the reason and its figures
      harm INTEGER NOT NULL,      -- requests
      other_harm INTEGER,
      rating TEXT NOT NULL,
      PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
    CREATE TABLE series (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      measure TEXT NOT NULL,
      unit TEXT NOT NULL,
      start_ns INTEGER NOT NULL,
      interval_ns INTEGER NOT NULL,
      samples BLOB NOT NULL,      -- zlib of differences as variable-length integers
      PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
    CREATE INDEX run_by_digest ON run (digest);
    """)
}
