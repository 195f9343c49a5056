-- What the task service publishes, as tables a test can fill: its migrations are not on this module's classpath.
create schema stub;
create table stub.tool_call (
  tool_call_id uuid primary key, trace_id uuid not null, event_id uuid, task_id text, status text not null,
  tool text not null, action text not null, created_at timestamptz not null, started_at timestamptz,
  ended_at timestamptz, body json not null, step_id text,
  standing text generated always as (case when status not in ('succeeded', 'started') then status end) stored);
create table stub.tool (tool text primary key, status text not null, body json not null);
create table stub.heartbeat (
  enabled boolean not null, version text, restart_reason text, started_at timestamptz, last_heartbeat_at timestamptz,
  next_expected_at timestamptz, interruption json);
insert into stub.heartbeat (enabled) values (true);
create table stub.outbox (depth bigint not null, oldest timestamptz);
insert into stub.outbox values (0, null);
create table stub.schedule (
  schedule_id text primary key, kind text not null, enabled boolean not null, version bigint not null,
  next_run_at timestamptz, created_at timestamptz not null, updated_at timestamptz not null, body json not null);
create table stub.rule (
  rule_id text primary key, name text not null, enabled boolean not null, version bigint not null,
  created_at timestamptz not null, updated_at timestamptz not null, body json not null);
create table stub.watcher (watcher_id text primary key, type text not null, enabled boolean not null, body json not null);
create table stub.watcher_count (status text primary key, count bigint not null);
insert into stub.watcher_count values ('enabled', 3), ('disabled', 1), ('failing', 0);
create table stub.alarm (
  alarm_id uuid primary key, type text not null, severity text not null, status text not null, dedupe_key text not null,
  trace_id uuid not null, first_seen timestamptz not null, last_seen timestamptz not null, body json not null);
create table stub.integration (
  integration_id text primary key, status text not null, enabled boolean not null, body json not null);
create table stub.task (
  task_id uuid primary key, trace_id uuid not null, event_id uuid, status text not null, waiting_for text,
  name text not null, created_at timestamptz not null, updated_at timestamptz not null default now(),
  ended_at timestamptz, body json not null,
  failed boolean generated always as (case when status = 'failed' then true end) stored);
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
create view api.system_status as select 'healthy' as status, 1::bigint as version, now() as since;
create view api.integration as select * from stub.integration;
create view api.task as select * from stub.task;
create view api.open_task as
  select task_id from stub.task where status in ('pending', 'running', 'paused', 'canceling');
create view api.started_tool_call as select tool_call_id from stub.tool_call where status = 'started';
create view api.task_step as select * from stub.task_step;
create view api.quiet_hours as select * from stub.quiet_hours;
create view api.task_template as select * from stub.task_template;
create view api.task_count as select status, count(*) as count from stub.task group by status;
create view api.tool_call as select * from stub.tool_call;
create view api.tool as select * from stub.tool;
create view api.heartbeat as select * from stub.heartbeat;
create view api.schedule as select * from stub.schedule;
create view api.rule as select * from stub.rule;
create view api.schedule_count as
  select case when enabled then 'enabled' else 'disabled' end as status, count(*) as count from stub.schedule group by 1;
create view api.watcher as select * from stub.watcher;
create view api.watcher_count as select * from stub.watcher_count;
create view api.alarm as select * from stub.alarm;
create view api.alarm_count as select status, count(*) as count from stub.alarm group by status;
create view api.tool_call_count as select status, count(*) as count from stub.tool_call group by status;
create view api.tool_call_backlog as
  select min(created_at) filter (where status = 'received') as oldest_received_at,
         min(started_at) filter (where status = 'started') as oldest_started_at,
         min(created_at) filter (where status = 'waiting') as oldest_waiting_at,
         min(created_at) filter (where status = 'unknown') as oldest_unknown_at
    from stub.tool_call;
create view api.timer_pending as select 2::bigint as count, now() as next_due_at;
create view api.task_outbox as select * from stub.outbox;
grant select on all tables in schema api to syris_gateway;
