-- migrate:up

-- Two roles that own nothing and cannot bypass row-level security. They belong to the cluster, so another database may
-- have made them already. `tessera_app` works for one company at a time; `tessera_system` reads the few columns that
-- must be read before the company is known.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['tessera_app', 'tessera_system'] loop
    begin
      execute format('create role %I nologin noinherit', role_name);
    exception
      when duplicate_object or unique_violation then null;
    end;
    if not pg_has_role(current_user, role_name, 'member') then
      execute format('grant %I to current_user', role_name);
    end if;
  end loop;
end
$$;

grant usage on schema public to tessera_app, tessera_system;

-- Null where no company is set: then no row is visible and none can be written.
create function tessera_company_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('tessera.company_id', true), '')::uuid;

create table companies (
  id uuid primary key,
  name varchar(100) not null,
  time_zone varchar(64) not null,
  ticket_prefix varchar(10) not null default 'TKT' check (ticket_prefix ~ '^[A-Z][A-Z0-9]{0,9}$'),
  reopen_window_days integer not null default 14 check (reopen_window_days >= 0),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table users (
  company_id uuid not null references companies (id),
  id uuid not null,
  identity_id uuid,
  full_name varchar(100) not null,
  email varchar(255) not null,
  role varchar(30) not null check (
    role in ('support_agent', 'team_lead', 'manager', 'system_administrator', 'executive', 'system')
  ),
  is_active boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id)
);
create unique index uk_users_email on users (company_id, lower(email));
create unique index uk_users_identity on users (company_id, identity_id);
create index idx_users_identity on users (identity_id);
create unique index uk_users_system on users (company_id) where role = 'system';

create table teams (
  company_id uuid not null references companies (id),
  id uuid not null,
  name varchar(100) not null,
  created_at timestamptz not null,
  primary key (company_id, id)
);
create unique index uk_teams_name on teams (company_id, lower(name));

create table team_members (
  company_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  primary key (company_id, team_id, user_id),
  foreign key (company_id, team_id) references teams (company_id, id) on delete cascade,
  foreign key (company_id, user_id) references users (company_id, id) on delete cascade
);
create index idx_team_members_user on team_members (company_id, user_id);

create table customers (
  company_id uuid not null references companies (id),
  id uuid not null,
  name varchar(200) not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id)
);
create index idx_customers_name on customers (company_id, lower(name) text_pattern_ops);

create table contacts (
  company_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  full_name varchar(200) not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, customer_id) references customers (company_id, id)
);
create index idx_contacts_customer on contacts (company_id, customer_id);

create table contact_addresses (
  company_id uuid not null,
  address varchar(255) not null check (address = lower(address)),
  contact_id uuid not null,
  created_at timestamptz not null,
  primary key (company_id, address),
  foreign key (company_id, contact_id) references contacts (company_id, id) on delete cascade
);
create index idx_contact_addresses_contact on contact_addresses (company_id, contact_id);

create table inboxes (
  company_id uuid not null references companies (id),
  id uuid not null,
  name varchar(100) not null,
  address varchar(255) not null check (address = lower(address)),
  team_id uuid not null,
  is_active boolean not null default true,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, team_id) references teams (company_id, id)
);
-- Mail names only an address, so one address leads to one inbox in all companies.
create unique index uk_inboxes_address on inboxes (address);

create table ticket_counters (
  company_id uuid not null references companies (id),
  year smallint not null,
  last_number bigint not null,
  primary key (company_id, year)
);

create table crm_support_tickets (
  company_id uuid not null references companies (id),
  id uuid not null,
  customer_id uuid not null,
  contact_id uuid,
  assigned_to_user_id uuid,
  created_by_user_id uuid not null,
  updated_by_user_id uuid,
  team_id uuid,
  inbox_id uuid,
  ticket_number varchar(50) not null,
  subject varchar(200) not null,
  description text not null,
  ticket_type varchar(50) not null,
  priority varchar(20) not null,
  status varchar(50) not null,
  source_channel varchar(50) not null,
  sla_category varchar(50) not null,
  due_date timestamptz,
  first_response_date timestamptz,
  resolution_date timestamptz,
  resolution_type varchar(50),
  on_hold_reason varchar(500),
  customer_satisfaction integer check (customer_satisfaction between 1 and 5),
  reopen_count integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  primary key (company_id, id),
  constraint uk_company_ticket_number unique (company_id, ticket_number),
  foreign key (company_id, customer_id) references customers (company_id, id),
  foreign key (company_id, contact_id) references contacts (company_id, id),
  foreign key (company_id, assigned_to_user_id) references users (company_id, id),
  foreign key (company_id, created_by_user_id) references users (company_id, id),
  foreign key (company_id, updated_by_user_id) references users (company_id, id),
  foreign key (company_id, team_id) references teams (company_id, id),
  foreign key (company_id, inbox_id) references inboxes (company_id, id),
  check (status in ('new', 'assigned', 'in_progress', 'on_hold', 'resolved', 'closed', 'reopened')),
  check (priority in ('low', 'normal', 'high', 'critical', 'emergency')),
  check (is_deleted = (deleted_at is not null))
);
create index idx_customer on crm_support_tickets (company_id, customer_id, created_at desc, id desc);
create index idx_assigned_user on crm_support_tickets (company_id, assigned_to_user_id, created_at desc, id desc);
create index idx_status on crm_support_tickets (company_id, status, created_at desc, id desc);
create index idx_priority on crm_support_tickets (company_id, priority, created_at desc, id desc);
create index idx_created_at on crm_support_tickets (company_id, created_at desc, id desc);
create index idx_team on crm_support_tickets (company_id, team_id, created_at desc, id desc);

-- Every mail that arrived, whatever became of it. The source is a row of its own, so that lists never read it.
create table mail_messages (
  company_id uuid not null references companies (id),
  id uuid not null,
  inbox_id uuid not null,
  state varchar(20) not null default 'received' check (
    state in ('received', 'ticket', 'reply', 'duplicate', 'ignored', 'quarantined', 'failed')
  ),
  reason text,
  classification varchar(20),
  source varchar(20) not null check (source in ('smtp', 'imap', 'upload')),
  source_peer text,
  sha256 bytea not null,
  size integer not null,
  envelope_from text not null,
  envelope_to jsonb not null,
  message_id text,
  from_email text,
  from_name text,
  subject text,
  threading_reason text,
  ticket_id uuid,
  activity_id uuid,
  received_at timestamptz not null,
  processed_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, inbox_id) references inboxes (company_id, id),
  foreign key (company_id, ticket_id) references crm_support_tickets (company_id, id)
);
create index idx_mail_messages_received on mail_messages (company_id, received_at desc, id desc);
create index idx_mail_messages_state on mail_messages (company_id, state, received_at desc, id desc);
create index idx_mail_messages_message_id on mail_messages (company_id, message_id);
create index idx_mail_messages_sha256 on mail_messages (company_id, sha256);

create table mail_message_sources (
  company_id uuid not null,
  mail_message_id uuid not null,
  raw bytea not null,
  primary key (company_id, mail_message_id),
  foreign key (company_id, mail_message_id) references mail_messages (company_id, id)
);
alter table mail_message_sources alter column raw set storage external;

create table crm_ticket_activities (
  company_id uuid not null references companies (id),
  id uuid not null,
  ticket_id uuid not null,
  user_id uuid not null,
  customer_id uuid,
  activity_type varchar(50) not null,
  activity_description text not null,
  quoted_text text,
  body_html text,
  is_internal boolean not null default false,
  is_customer_visible boolean not null default true,
  time_spent_minutes integer not null default 0 check (time_spent_minutes >= 0),
  from_email varchar(255),
  to_emails jsonb not null default '[]',
  cc_emails jsonb not null default '[]',
  bcc_emails jsonb not null default '[]',
  attachments jsonb not null default '[]',
  mail_message_id uuid,
  threading_reason text,
  created_at timestamptz not null,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, ticket_id) references crm_support_tickets (company_id, id),
  foreign key (company_id, user_id) references users (company_id, id),
  foreign key (company_id, customer_id) references customers (company_id, id),
  foreign key (company_id, mail_message_id) references mail_messages (company_id, id),
  check (not (is_internal and is_customer_visible))
);
create index idx_ticket_created on crm_ticket_activities (company_id, ticket_id, created_at, id);
create index idx_user on crm_ticket_activities (company_id, user_id, created_at desc);
create index idx_activity_type on crm_ticket_activities (company_id, activity_type, created_at desc);
-- One mail becomes at most one activity, however often it is processed.
create unique index uk_activity_mail_message on crm_ticket_activities (company_id, mail_message_id);

-- A mail to send is a row written with its cause; its Message-ID is settled here, so that a repeated hand-over is
-- recognisable as the same mail. Its Reply-To is signed with the installation's key, hence made when it is sent.
create table outbound_messages (
  company_id uuid not null references companies (id),
  id uuid not null,
  ticket_id uuid not null,
  activity_id uuid,
  inbox_id uuid not null,
  purpose varchar(20) not null check (purpose in ('acknowledgement', 'reply')),
  state varchar(20) not null default 'queued' check (
    state in ('queued', 'sending', 'sent', 'deferred', 'failed', 'kept')
  ),
  message_id text not null,
  in_reply_to text,
  reference_ids jsonb not null default '[]',
  from_name text not null,
  from_email varchar(255) not null,
  to_emails jsonb not null,
  cc_emails jsonb not null default '[]',
  subject text not null,
  body_text text not null,
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, ticket_id) references crm_support_tickets (company_id, id),
  foreign key (company_id, activity_id) references crm_ticket_activities (company_id, id),
  foreign key (company_id, inbox_id) references inboxes (company_id, id)
);
create unique index uk_outbound_message_id on outbound_messages (company_id, message_id);
create index idx_outbound_created on outbound_messages (company_id, created_at desc, id desc);
create index idx_outbound_state on outbound_messages (company_id, state, created_at desc, id desc);
create index idx_outbound_ticket on outbound_messages (company_id, ticket_id, created_at);
create unique index uk_outbound_activity on outbound_messages (company_id, activity_id);
create unique index uk_outbound_acknowledgement on outbound_messages (company_id, ticket_id)
  where purpose = 'acknowledgement';
-- How often one address was acknowledged lately.
create index idx_outbound_acknowledged on outbound_messages (company_id, lower(to_emails ->> 0), created_at)
  where purpose = 'acknowledgement';

-- What happened: outbox and audit trail in one. `position` is given when an event is delivered, in one order for all
-- readers; until then it is null. Rows are never changed otherwise and never removed.
create table events (
  company_id uuid not null references companies (id),
  id uuid not null,
  position bigint,
  event varchar(60) not null,
  occurred_at timestamptz not null,
  actor_user_id uuid not null,
  ticket_id uuid,
  request_id text,
  ip_address inet,
  data jsonb not null,
  primary key (company_id, id),
  foreign key (company_id, actor_user_id) references users (company_id, id),
  foreign key (company_id, ticket_id) references crm_support_tickets (company_id, id)
);
create unique index uk_events_position on events (position);
create index idx_events_undelivered on events (id) where position is null;
create index idx_events_ticket on events (company_id, ticket_id, id);

-- The door to graphile-worker: a job is enqueued in the transaction that causes it, by a role that cannot read jobs.
create function tessera_enqueue(task text, payload json, key text, run_at timestamptz, max_attempts integer)
  returns void
  language plpgsql security definer set search_path = pg_catalog
as $$
begin
  perform graphile_worker.add_job(
    identifier => task, payload => payload, job_key => key, run_at => run_at, max_attempts => max_attempts
  );
end
$$;
revoke execute on function tessera_enqueue from public;
grant execute on function tessera_enqueue to tessera_app;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'users', 'teams', 'team_members', 'customers', 'contacts', 'contact_addresses', 'inboxes', 'ticket_counters',
    'crm_support_tickets', 'crm_ticket_activities', 'mail_messages', 'mail_message_sources', 'outbound_messages',
    'events'
  ] loop
    execute format('alter table %I enable row level security, force row level security', tenant_table);
    execute format(
      'create policy tenant on %I as restrictive to tessera_app using (company_id = tessera_company_id())', tenant_table
    );
    execute format('create policy app on %I to tessera_app using (true)', tenant_table);
    execute format('grant select, insert, update on %I to tessera_app', tenant_table);
  end loop;
end
$$;
alter table companies enable row level security, force row level security;
create policy tenant on companies as restrictive to tessera_app using (id = tessera_company_id());
create policy app on companies to tessera_app using (true);
grant select, insert, update on companies to tessera_app;

grant delete on team_members, contact_addresses to tessera_app;
revoke update on events, mail_message_sources from tessera_app;

-- What must be read before the company is known: whose inbox an address is, which companies a person belongs to, and
-- the events to deliver with the facts that decide who may see them.
create policy system on companies for select to tessera_system using (true);
create policy system on users for select to tessera_system using (true);
create policy system on team_members for select to tessera_system using (true);
create policy system on inboxes for select to tessera_system using (true);
create policy system on crm_support_tickets for select to tessera_system using (true);
create policy system on events to tessera_system using (true);
grant select on companies, users, team_members, inboxes, events to tessera_system;
grant select (company_id, id, team_id, assigned_to_user_id, created_by_user_id, is_deleted)
  on crm_support_tickets to tessera_system;
grant update (position) on events to tessera_system;

-- migrate:down

drop function tessera_enqueue;
drop table events, outbound_messages, crm_ticket_activities, mail_message_sources, mail_messages, crm_support_tickets,
  ticket_counters, inboxes, contact_addresses, contacts, customers, team_members, teams, users, companies;
drop function tessera_company_id;
revoke usage on schema public from tessera_app, tessera_system;
