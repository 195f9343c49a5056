-- A repeat of a command is answered with what the first one was answered, whatever has become of its subject since.
alter table task.answered_request
  add column headers json,
  add column answer bytea,
  add constraint ck_answered_request_answer check ((headers is null) = (answer is null));
comment on column task.answered_request.headers is 'Those of the answer that belong to what it says; null where the answer is looked up by the subject';
comment on column task.answered_request.answer is 'Body of the answer; null where it is looked up by the subject';
