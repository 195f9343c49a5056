-- What the task service publishes, as tables a test can fill: its migrations are not on this module's classpath.
create schema stub;
create table stub.tool_call (
  tool_call_id uuid primary key, trace_id uuid not null, event_id uuid, task_id text, status text not null,
  tool text not null, action text not null, created_at timestamptz not null, started_at timestamptz,
  ended_at timestamptz, body json not null, step_id text);
create table stub.tool (tool text primary key, status text not null, body json not null);
create table stub.system_health (
  instance text primary key, version text not null, restart_reason text not null, started_at timestamptz not null,
  last_heartbeat_at timestamptz not null, next_expected_at timestamptz not null, stopped_at timestamptz);
create table stub.integration (
  integration_id text primary key, status text not null, enabled boolean not null, body json not null);
create table stub.task (
  task_id uuid primary key, trace_id uuid not null, event_id uuid, status text not null, waiting_for text,
  name text not null, created_at timestamptz not null, ended_at timestamptz, body json not null);
create table stub.task_step (
  step_id uuid primary key, task_id uuid not null, trace_id uuid not null, position int not null, name text not null,
  status text not null, started_at timestamptz, ended_at timestamptz);
create table stub.quiet_hours (quiet_hours_id text primary key, enabled boolean not null, body json not null);
create table stub.task_template (name text primary key, body json not null);
create table stub.approval (
  approval_id uuid primary key, trace_id uuid not null, tool_call_id uuid not null, task_id text, status text not null,
  created_at timestamptz not null, expires_at timestamptz not null, decided_at timestamptz, used_at timestamptz,
  decided_by text, channel text, body json not null);
create table stub.controls (body json not null);
insert into stub.controls values (
  '{"autonomy_level": "A2", "set_by": {"type": "system", "id": "task-service"}, "set_at": "2026-01-31T08:00:00.000Z",
    "paused": false, "history": []}');
create view api.approval as select * from stub.approval;
create view api.approval_count as select status, count(*) as count from stub.approval group by status;
create view api.controls as select * from stub.controls;
create view api.integration as select * from stub.integration;
create view api.task as select * from stub.task;
create view api.task_step as select * from stub.task_step;
create view api.quiet_hours as select * from stub.quiet_hours;
create view api.task_template as select * from stub.task_template;
create view api.task_count as select status, count(*) as count from stub.task group by status;
create view api.tool_call as select * from stub.tool_call;
create view api.tool as select * from stub.tool;
create view api.system_health as select * from stub.system_health;
create view api.tool_call_count as select status, count(*) as count from stub.tool_call group by status;
create view api.tool_call_backlog as
  select null::timestamptz as oldest_received_at, null::timestamptz as oldest_started_at,
         null::timestamptz as oldest_waiting_at, null::timestamptz as oldest_unknown_at;
create view api.timer_pending as select 2::bigint as count, now() as next_due_at;
create view api.task_outbox as select 0::bigint as depth, null::timestamptz as oldest;
grant select on all tables in schema api to syris_gateway;
