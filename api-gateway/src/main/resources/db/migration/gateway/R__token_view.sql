create or replace function gateway.wire_time(at timestamptz) returns text
  language sql immutable parallel safe
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
comment on function gateway.wire_time is 'A time as the wire has it: RFC 3339, UTC, milliseconds';
grant execute on function gateway.wire_time to ${role};

create or replace view api.token as
  select token_id, created_at,
         json_strip_nulls(json_build_object(
           'token_id', token_id,
           'name', name,
           'scopes', to_json(scopes),
           'tool_scopes', to_json(tool_scopes),
           'origin', origin,
           'created_by', created_by,
           'created_at', gateway.wire_time(created_at),
           'expires_at', gateway.wire_time(expires_at),
           'last_used_at', gateway.wire_time(last_used_at))) as body
    from gateway.token;
comment on view api.token is 'Tokens as REST tells them: everything but the hash';
grant select on api.token to ${role};
