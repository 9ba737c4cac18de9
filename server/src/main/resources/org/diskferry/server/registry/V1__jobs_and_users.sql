-- One row: which key file the sealed texts of this database need.
CREATE TABLE registry.site (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  key_mark text NOT NULL
);

-- The state of a job, as its events have left it: for locking, lists and constraints. The events are
-- what counts.
CREATE TABLE registry.job (
  id text PRIMARY KEY CHECK (id ~ '^[A-HJKMNP-Z0-9]{5}$'),
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  account text NOT NULL CHECK (account ~ '^[0-9]{12}$'),
  created timestamptz NOT NULL,
  type text NOT NULL,
  state text NOT NULL,
  canceled boolean NOT NULL,
  events integer NOT NULL,
  chain bytea NOT NULL CHECK (octet_length(chain) = 32),
  fingerprint text NOT NULL,
  over boolean NOT NULL,
  at_dock boolean NOT NULL,
  held_since timestamptz
);

CREATE INDEX job_of_account ON registry.job (account, number DESC);
CREATE INDEX job_pending ON registry.job (created) WHERE state = 'PENDING';
CREATE INDEX job_held ON registry.job (held_since) WHERE held_since IS NOT NULL;
CREATE INDEX job_at_dock ON registry.job (number) WHERE at_dock;

-- A device is one job's at a time.
CREATE UNIQUE INDEX job_device ON registry.job (fingerprint) WHERE fingerprint <> '' AND NOT over;

CREATE TABLE registry.event (
  job text NOT NULL REFERENCES registry.job (id),
  number integer NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL,
  type text NOT NULL,
  version smallint NOT NULL,
  payload bytea NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (job, number)
);

CREATE FUNCTION registry.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are never changed';
END $$;

CREATE TRIGGER event_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON registry.event
  FOR EACH STATEMENT EXECUTE FUNCTION registry.refuse_change();

-- Keys of a job, sealed under the site's key. Without data_key nothing confidential of the job can be
-- read any more.
CREATE TABLE registry.job_key (
  job text PRIMARY KEY REFERENCES registry.job (id),
  data_key bytea,
  signature_key bytea NOT NULL
);

-- What customers wrote and what names their files, sealed under the job's own key.
CREATE TABLE registry.confidential (
  job text NOT NULL REFERENCES registry.job (id),
  commitment text NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (job, commitment)
);

CREATE TABLE registry.account (
  number text PRIMARY KEY CHECK (number ~ '^[0-9]{12}$'),
  name text NOT NULL,
  created timestamptz NOT NULL
);

CREATE TABLE registry.member (
  account text NOT NULL REFERENCES registry.account (number),
  name text NOT NULL,
  created timestamptz NOT NULL,
  PRIMARY KEY (account, name)
);

CREATE TABLE registry.access_key (
  id text PRIMARY KEY,
  account text NOT NULL,
  member text NOT NULL,
  secret bytea NOT NULL,
  created timestamptz NOT NULL,
  revoked timestamptz,
  FOREIGN KEY (account, member) REFERENCES registry.member (account, name)
);

CREATE INDEX access_key_of_member ON registry.access_key (account, member);

CREATE TABLE registry.policy (
  account text NOT NULL,
  member text NOT NULL,
  name text NOT NULL,
  document text NOT NULL,
  PRIMARY KEY (account, member, name),
  FOREIGN KEY (account, member) REFERENCES registry.member (account, name)
);

-- The table of db-scheduler.
CREATE TABLE registry.scheduled_tasks (
  task_name text NOT NULL,
  task_instance text NOT NULL,
  task_data bytea,
  execution_time timestamptz NOT NULL,
  picked boolean NOT NULL,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures integer,
  last_heartbeat timestamptz,
  version bigint NOT NULL,
  priority smallint,
  PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX scheduled_tasks_execution_time ON registry.scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON registry.scheduled_tasks (last_heartbeat);
