-- What an MSP sells, and for how much, is for its staff.
create policy guest on catalog.products as restrictive to app_service using ((select app.customer_id()) is null);
