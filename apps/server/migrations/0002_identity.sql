-- migrate:up

-- Who signs in, apart from the companies: an identity may belong to several. Only `tessera_auth` reaches these tables;
-- everybody else goes through the functions below. The roles belong to the cluster, see 0001.
do $$
begin
  begin
    create role tessera_auth nologin noinherit;
  exception
    when duplicate_object or unique_violation then null;
  end;
  if not pg_has_role(current_user, 'tessera_auth', 'member') then
    grant tessera_auth to current_user;
  end if;
end
$$;

create schema auth;
grant usage on schema auth to tessera_auth;

create table auth.identities (
  id uuid primary key,
  name varchar(100) not null,
  email varchar(255) not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Ways to prove an identity. For a password, `provider_id` is `credential` and `password` its argon2id hash.
create table auth.accounts (
  id uuid primary key,
  identity_id uuid not null references auth.identities (id) on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index idx_accounts_identity on auth.accounts (identity_id);

create table auth.sessions (
  id uuid primary key,
  identity_id uuid not null references auth.identities (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index idx_sessions_identity on auth.sessions (identity_id);

-- Challenges that wait for an answer: a password was right and the second factor is still to come.
create table auth.verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index idx_verifications_identifier on auth.verifications (identifier);
create index idx_verifications_expires on auth.verifications (expires_at);

-- `secret` and `backup_codes` are encrypted with a key derived from SECRET_KEY.
create table auth.two_factors (
  id uuid primary key,
  identity_id uuid not null unique references auth.identities (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);

-- The keys that sign tokens; `private_key` is encrypted likewise, `public_key` is what the JWKS address shows.
create table auth.signing_keys (
  id uuid primary key,
  public_key text not null,
  private_key text not null,
  alg text,
  crv text,
  created_at timestamptz not null,
  expires_at timestamptz
);

create table auth.rate_limits (
  id uuid primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

grant select, insert, update, delete
  on auth.identities, auth.accounts, auth.sessions, auth.verifications, auth.two_factors, auth.signing_keys,
     auth.rate_limits
  to tessera_auth;

alter table users add constraint fk_users_identity foreign key (identity_id) references auth.identities (id);

-- An identity is made in the transaction that makes its first user. Where the address has an identity already, that one
-- is returned as it is: `created` is false and the password is not touched.
create function tessera_create_identity(
  new_identity_id uuid, new_account_id uuid, address text, full_name text, password_hash text, moment timestamptz
) returns table (identity_id uuid, created boolean)
  language plpgsql security definer set search_path = pg_catalog
as $$
begin
  insert into auth.identities (id, name, email, email_verified, created_at, updated_at)
  values (new_identity_id, full_name, lower(address), true, moment, moment)
  on conflict (email) do nothing;
  if found then
    insert into auth.accounts (id, identity_id, provider_id, account_id, password, created_at, updated_at)
    values (new_account_id, new_identity_id, 'credential', new_identity_id::text, password_hash, moment, moment);
    return query select new_identity_id, true;
  else
    return query select i.id, false from auth.identities i where i.email = lower(address);
  end if;
end
$$;
revoke execute on function tessera_create_identity from public;
grant execute on function tessera_create_identity to tessera_app;

-- The one-time link of the first start: at most one is valid, and only its hash is kept.
create table auth.setup_tokens (
  sha256 bytea primary key,
  created_at timestamptz not null default now()
);

create function tessera_issue_setup_token(hash bytea) returns void
  language plpgsql security definer set search_path = pg_catalog
as $$
begin
  delete from auth.setup_tokens;
  insert into auth.setup_tokens (sha256) values (hash);
end
$$;
revoke execute on function tessera_issue_setup_token from public;
grant execute on function tessera_issue_setup_token to tessera_system;

-- True for the one transaction that may set up: another with the same token waits for it and then finds none.
create function tessera_redeem_setup_token(hash bytea) returns boolean
  language plpgsql security definer set search_path = pg_catalog
as $$
begin
  delete from auth.setup_tokens where sha256 = hash;
  return found;
end
$$;
revoke execute on function tessera_redeem_setup_token from public;
grant execute on function tessera_redeem_setup_token to tessera_app;

-- migrate:down

drop function tessera_redeem_setup_token, tessera_issue_setup_token, tessera_create_identity;
alter table users drop constraint fk_users_identity;
drop schema auth cascade;
