-- A guest reads the people of the own customer. Invitations hold secrets' hashes, sessions too, and directories are the
-- organisation's: signing in and out is done for the tenant, not as the guest.
create policy guest on auth.directories as restrictive to app_service using ((select app.customer_id()) is null);
create policy guest on auth.members as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else customer_id = (select app.customer_id()) end);
create policy guest on auth.invitations as restrictive to app_service using ((select app.customer_id()) is null);
create policy guest on auth.sessions as restrictive to app_service using ((select app.customer_id()) is null);
create policy guest on auth.invitation_mailings as restrictive to app_service using ((select app.customer_id()) is null);
