create table platform_user (
  name varchar(255) not null primary key,
  display_name varchar(1024) not null,
  email varchar(1024) not null,
  source varchar(64) not null,
  enabled boolean not null,
  group_names @LONGTEXT@ not null,
  grants @LONGTEXT@ not null,
  second_factor boolean not null,
  must_change_password boolean not null,
  created_at varchar(40) not null,
  last_sign_in_at varchar(40),
  revision bigint not null,
  subject varchar(2048) not null,
  password varchar(1024) not null,
  second_factor_secret varchar(1024) not null,
  pending_second_factor_secret varchar(1024) not null,
  last_code bigint not null,
  recovery @LONGTEXT@ not null,
  row_version bigint not null
);
create table platform_group (
  name varchar(255) not null primary key,
  description varchar(1024) not null,
  grants @LONGTEXT@ not null,
  external_names @LONGTEXT@ not null,
  revision bigint not null,
  row_version bigint not null
);
create table platform_token (
  id varchar(128) not null primary key,
  owner varchar(255) not null,
  title varchar(1024) not null,
  grants @LONGTEXT@ not null,
  read_only boolean not null,
  created_at varchar(40) not null,
  expires_at varchar(40) not null,
  last_used_at varchar(40),
  secret_hash varchar(256) not null,
  row_version bigint not null
);
create table platform_access_key (
  id varchar(128) not null primary key,
  owner varchar(255) not null,
  title varchar(1024) not null,
  grants @LONGTEXT@ not null,
  enabled boolean not null,
  created_at varchar(40) not null,
  expires_at varchar(40),
  sealed_secret varchar(2048) not null,
  row_version bigint not null
);
create table platform_session (
  id varchar(128) not null primary key,
  owner varchar(255) not null,
  secret_hash varchar(256) not null,
  csrf varchar(2048) not null,
  origin varchar(255) not null,
  agent varchar(1024) not null,
  began_at varchar(40) not null,
  ends_at varchar(40) not null,
  last_used_at varchar(40) not null,
  ended_at varchar(40),
  row_version bigint not null
);
create table platform_operation (
  id varchar(128) not null primary key,
  kind varchar(255) not null,
  title @LONGTEXT@ not null,
  target @LONGTEXT@ not null,
  who varchar(255) not null,
  state varchar(32) not null,
  waiting_for @LONGTEXT@ not null,
  done bigint not null,
  total bigint not null,
  unit varchar(64) not null,
  cancellable boolean not null,
  message @LONGTEXT@ not null,
  next_action @LONGTEXT@ not null,
  result @LONGTEXT@ not null,
  created_at varchar(40) not null,
  changed_at varchar(40) not null,
  ended_at varchar(40),
  row_version bigint not null
);
create table platform_notice (
  id varchar(128) not null primary key,
  rule_id varchar(255) not null,
  subject @LONGTEXT@ not null,
  severity varchar(32) not null,
  title @LONGTEXT@ not null,
  title_zh @LONGTEXT@ not null,
  next_action @LONGTEXT@ not null,
  next_action_zh @LONGTEXT@ not null,
  measured varchar(32) not null,
  began_at varchar(40) not null,
  ended_at varchar(40),
  acknowledged_by varchar(255) not null,
  acknowledged_at varchar(40),
  silenced_until varchar(40),
  delivery @LONGTEXT@ not null,
  row_version bigint not null
);
