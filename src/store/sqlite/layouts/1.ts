/**
 * The first layout of a record.
 *
 * Behaviour is kept once (`usage`) and summed up by the hour (`hourly`); single flows are one short row each, clustered by
 * the microsecond at which they began, and refer to everything that repeats by number. What rows of `kind` refer to, and
 * they themselves, are told apart from what nobody needs any more by `touched`: the hour since the Unix epoch in which a
 * flow last had to do with them.
 */
export const LAYOUT_1 = `
-- The one row of what holds for the record as a whole. Moments are microseconds since the Unix epoch.
create table state (
  one integer primary key check (one = 1),
  began integer,                -- the first life's start
  flows_from integer not null,  -- from when on single flows are kept
  swept integer not null,       -- up to which start short flows were looked at for removal
  removed integer not null      -- flows that were removed
) strict;
insert into state values (1, null, 0, 0, 0);

-- Each start of a recorder.
create table life (
  id integer primary key,
  started_at integer not null,
  until integer not null,       -- the last moment that is durable
  ended integer not null,       -- 1 where it said goodbye
  host text not null,
  collector text not null,
  version text not null,
  boot_id text,
  flows integer not null        -- flows that it wrote
) strict;

create table application (id integer primary key, name text not null unique) strict;

-- 4 or 16 bytes in network order; 16 bytes, "%" and the zone; or text that is no address. 0 stands for an unknown one.
create table address (id integer primary key, bytes any not null unique) strict;

create table usage (
  id integer primary key,
  application integer not null,
  use integer not null,
  protocol integer not null,
  port integer not null,
  peer integer not null,
  -- The sum of its rows of "hourly" before the hour "summed", so that a question about all of it need not read them.
  summed integer not null default 0,
  flows integer not null default 0,
  failed integer not null default 0,
  bytes_in integer,
  bytes_out integer,
  first integer,
  last integer,
  unique (application, use, protocol, port, peer)
) strict;
create index usage_port on usage (port);
create index usage_peer on usage (peer);

-- first and last count from the beginning of the hour.
create table hourly (
  hour integer not null,
  usage integer not null,
  flows integer not null,
  failed integer not null,
  bytes_in integer,
  bytes_out integer,
  first integer not null,
  last integer not null,
  primary key (hour, usage)
) strict, without rowid;
create index hourly_usage on hourly (usage, hour);

-- Names that were asked for to reach a usage's peer.
create table usage_name (
  usage integer not null,
  name text not null collate nocase,
  touched integer not null,
  primary key (usage, name)
) strict, without rowid;
create index usage_name_name on usage_name (name);

create table modules (id integer primary key, hash blob not null unique, paths text not null, touched integer not null) strict;

-- What processes of one application have in common, as JSON.
create table identity (
  id integer primary key,
  hash blob not null unique,
  application integer not null,
  executable text,
  facts text not null,
  modules integer,
  touched integer not null
) strict;
create index identity_application on identity (application);

-- Parents of processes, each with the next one outwards; 0 ends the chain.
create table ancestor (
  id integer primary key,
  pid integer not null,
  name text not null,
  next integer not null,
  touched integer not null,
  unique (pid, name, next)
) strict;

create table process (
  id integer primary key,
  pid integer not null,
  started_at integer not null,
  ended_at integer,
  identity integer not null,
  parents integer,              -- null: not known
  touched integer not null,
  unique (started_at, pid)
) strict;

create table program (
  id integer primary key,
  executable text not null,
  sha256 text,
  size integer,
  changed_at integer,
  modules integer,
  first_seen integer not null,
  touched integer not null
) strict;
create index program_executable on program (executable);

-- How flows were learned of and how they went. Empty text: none.
create table circumstance (
  id integer primary key,
  found integer not null,
  evidence integer not null,
  error text not null,
  local_address integer not null,
  name text not null,
  touched integer not null,
  unique (local_address, evidence, found, error, name)
) strict;

-- A usage by a process (0: unknown) under the same circumstances.
create table kind (
  id integer primary key,
  usage integer not null,
  process integer not null,
  circumstance integer not null,
  touched integer not null,
  unique (usage, process, circumstance)
) strict;

-- id: the microsecond at which it began, or the next free one. other_port: less 32768, which takes a byte less.
create table flow (
  id integer primary key,
  kind integer not null,
  other_port integer,
  lasted integer,               -- microseconds; null: still open
  bytes_in integer,
  bytes_out integer
) strict;
-- Few flows are long. What was open at a moment is found here, or among those that began within five minutes before.
create index flow_long on flow (kind, lasted) where lasted is null or lasted >= 300000000;

create table host_address (address integer primary key, first integer not null, last integer not null) strict;

create table gap (id integer primary key, began integer not null, until integer not null, reason text not null, lost integer) strict;
create table mark (id integer primary key, at integer not null, text text not null) strict;
create table clock_step (id integer primary key, at integer not null, before integer not null, after integer not null) strict;
create table cost (
  id integer primary key,
  began integer not null,
  until integer not null,
  processor integer not null,
  memory integer not null,
  flows integer not null,
  lost integer not null
) strict;
`;
