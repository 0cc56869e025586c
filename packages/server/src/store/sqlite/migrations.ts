// Decides the tables of the SQLite store, as a list of steps that is only ever added to.
// Sizes: one row an order and scenario, one narrow row an order and run; documents and plans as gzip in tables of their own.

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE scenarios (
    scenario_no INTEGER PRIMARY KEY AUTOINCREMENT,
    scenario_id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    currency TEXT NOT NULL,
    orders INTEGER NOT NULL,
    summary TEXT NOT NULL,
    policy TEXT NOT NULL,
    node_list TEXT NOT NULL
  ) STRICT;

  CREATE TABLE scenario_documents (
    scenario_no INTEGER PRIMARY KEY REFERENCES scenarios ON DELETE CASCADE,
    document BLOB NOT NULL
  ) STRICT;

  CREATE TABLE scenario_orders (
    scenario_no INTEGER NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    order_id TEXT NOT NULL,
    placed_at TEXT NOT NULL,
    region TEXT,
    postcode TEXT,
    lines INTEGER NOT NULL CHECK (lines > 0),
    units INTEGER NOT NULL CHECK (units > 0),
    search TEXT NOT NULL,
    PRIMARY KEY (scenario_no, order_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE runs (
    run_no INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id TEXT NOT NULL UNIQUE,
    scenario_no INTEGER NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    name TEXT NOT NULL,
    strategy TEXT NOT NULL,
    policy TEXT NOT NULL,
    limits TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'cancelled', 'failed')),
    progress_done INTEGER NOT NULL DEFAULT 0,
    progress_cost_micros INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    error TEXT,
    figures TEXT,
    CHECK ((status = 'done') = (figures IS NOT NULL)),
    CHECK ((status IN ('queued', 'running')) = (finished_at IS NULL)),
    CHECK ((status = 'failed') = (error IS NOT NULL))
  ) STRICT;
  CREATE INDEX runs_by_scenario ON runs (scenario_no, run_no);
  CREATE INDEX runs_by_status ON runs (status, run_no);

  CREATE TABLE run_plans (
    run_no INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
    plan BLOB NOT NULL
  ) STRICT;

  CREATE TABLE run_orders (
    run_no INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    order_id TEXT NOT NULL,
    shipments INTEGER NOT NULL,
    node_ids TEXT NOT NULL,
    cost_micros INTEGER NOT NULL,
    unsourced_units INTEGER NOT NULL,
    late_days INTEGER NOT NULL,
    delivery_days INTEGER,
    gap REAL NOT NULL,
    proven INTEGER NOT NULL CHECK (proven IN (0, 1)),
    choice_hash TEXT NOT NULL,
    PRIMARY KEY (run_no, order_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run_areas (
    run_no INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    area_id TEXT NOT NULL,
    lat REAL,
    lon REAL,
    orders INTEGER NOT NULL,
    units INTEGER NOT NULL,
    cost_micros INTEGER NOT NULL,
    late_shipments INTEGER NOT NULL,
    PRIMARY KEY (run_no, area_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run_flows (
    run_no INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    node_id TEXT NOT NULL,
    area_id TEXT NOT NULL,
    orders INTEGER NOT NULL,
    shipments INTEGER NOT NULL,
    units INTEGER NOT NULL,
    cost_micros INTEGER NOT NULL,
    late_shipments INTEGER NOT NULL,
    PRIMARY KEY (run_no, node_id, area_id)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE run_prices (
    run_no INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stock', 'shipments', 'units')),
    node_id TEXT NOT NULL,
    sku TEXT,
    name TEXT,
    ship_on TEXT,
    supply INTEGER NOT NULL,
    unit_micros INTEGER NOT NULL,
    PRIMARY KEY (run_no, position)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE runs ADD COLUMN deadline_ms INTEGER;

  CREATE TABLE run_traces (
    run_no INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
    points TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE policy_versions (
    policy_no INTEGER PRIMARY KEY AUTOINCREMENT,
    policy_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'tested', 'approved', 'published', 'retired')),
    policy TEXT NOT NULL,
    author TEXT NOT NULL,
    comment TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (policy_id, version)
  ) STRICT;
  CREATE UNIQUE INDEX policy_published ON policy_versions (policy_id) WHERE status = 'published';
  CREATE TRIGGER policy_immutable BEFORE UPDATE OF policy, name ON policy_versions
    WHEN OLD.status IN ('published', 'retired')
    BEGIN SELECT RAISE(ABORT, 'a published policy never changes'); END;

  CREATE TABLE policy_events (
    event_no INTEGER PRIMARY KEY AUTOINCREMENT,
    policy_no INTEGER NOT NULL REFERENCES policy_versions ON DELETE CASCADE,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    action TEXT NOT NULL,
    comment TEXT NOT NULL
  ) STRICT;
  CREATE INDEX policy_events_by_policy ON policy_events (policy_no, event_no);
  `,
  `
  ALTER TABLE scenario_orders ADD COLUMN fulfilment TEXT NOT NULL DEFAULT 'ship'
    CHECK (fulfilment IN ('ship', 'pickup', 'ship-to-store'));
  ALTER TABLE scenario_orders ADD COLUMN collect_at TEXT;
  ALTER TABLE run_areas ADD COLUMN collect_at TEXT;
  `,
];
