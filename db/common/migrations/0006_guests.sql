-- Guests read neither other customers' events nor stored answers; what they do leaves no trace here, since they only read.
create policy guest on app.outbox as restrictive to app_service using ((select app.customer_id()) is null);
create policy guest on app.idempotency_keys as restrictive to app_service using ((select app.customer_id()) is null);
