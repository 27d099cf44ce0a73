insert into orders (customer, payload, amount_cents)
select 'customer-' || (random() * 996)::integer, md5(random()::text) || md5(random()::text), (random() * 100000)::integer
returning 'ack ' || id || ' ' || md5(orders::text)
\watch :pause
