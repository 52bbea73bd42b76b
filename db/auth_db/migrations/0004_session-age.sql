create index sessions_age on auth.sessions (expires_at);
grant delete on auth.sessions to app_platform;
