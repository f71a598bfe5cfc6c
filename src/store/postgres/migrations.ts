/**
 * The schema, step by step; a step that was released is never changed. Nothing private stands in a plain column: names
 * are keyed hashes (seal.ts: lookup), and `entry` is what the embedded store would write to its disk, sealed like there.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table store (
    one boolean primary key default true check (one),
    key_id text not null,
    beat bigint not null default 0
  );
  create table keys (owner text primary key, entry json not null);

  create table complaints (
    id text primary key,
    seq bigint generated always as identity unique,
    code text not null unique,
    conversation text not null,
    dossier text,
    revision int not null,
    open boolean not null,
    holders text[] not null,
    answer_due text collate "C" not null,
    wake_at timestamptz,
    wake_rules text
  );
  create index complaints_conversation on complaints (conversation, seq);
  create index complaints_dossier on complaints (dossier, seq) where open and dossier is not null;
  create index complaints_open on complaints (seq) where open;
  create index complaints_holders on complaints using gin (holders) where open;

  create table chains (shard int primary key, number bigint not null, digest text not null);
  insert into chains select shard, 0, '' from generate_series(0, 63) shard;
  create table events (
    shard int not null,
    number bigint not null,
    complaint text not null,
    revision int not null,
    entry json not null,
    digest text not null,
    primary key (shard, number),
    unique (complaint, revision)
  );

  create table sessions (conversation text primary key, entry json not null);
  create table handled (
    message text primary key,
    conversation text not null,
    at timestamptz not null,
    entry json not null
  );
  create index handled_conversation on handled (conversation);
  create index handled_at on handled (at);
  create table mailboxes (conversation text primary key, last int not null);
  create table posts (
    conversation text not null,
    number int not null,
    entry json not null,
    primary key (conversation, number)
  );

  create table deliveries (
    lookup text primary key,
    seq bigint generated always as identity,
    status text not null,
    lane text,
    chat text,
    created_at timestamptz,
    next_at timestamptz,
    leased_until timestamptz,
    leased_by text,
    entry json,
    failed json
  );
  create index deliveries_due on deliveries (next_at) where status <> 'sent';
  create index deliveries_lane on deliveries (lane, seq) where status = 'waiting';
  create index deliveries_chat on deliveries (chat) where chat is not null;
  create index deliveries_dead on deliveries (created_at, seq) where status = 'dead';

  create table officials (
    sender text primary key,
    seq bigint generated always as identity,
    entry json not null
  );
  create table links (hash text primary key, seq bigint generated always as identity, entry json not null);
  create table unanswered (
    seq bigint generated always as identity primary key,
    up boolean not null,
    entry json not null
  );
  create index unanswered_up on unanswered (up, seq);
  `,
  // The events before `base` are of an erased complaint: their key is gone, the chain alone still needs them.
  `
  alter table complaints add column base int not null default 0;
  `,
  // By its mark who lost the answer to a commit finds out whether it was stored. No index on the time: every commit would
  // pay for it, and only pruning reads by it.
  `
  create table commits (
    mark uuid primary key,
    lost boolean not null default false,
    at timestamptz not null default now()
  );
  `,
  // What waits for a human is counted without opening a case; what was put off before is looked at once more to know it.
  `
  alter table complaints add column standing text, add column standing_since timestamptz;
  create index complaints_standing on complaints (standing, standing_since) where standing is not null;
  update complaints set wake_at = null where open and wake_at is not null;
  `,
  // Who filed a case stands apart from it; what was filed before keeps it in its events, where the chain holds it.
  `
  create table identities (
    complaint text not null,
    event int not null,
    entry json not null,
    primary key (complaint, event)
  );
  `,
];
