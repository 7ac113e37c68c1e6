-- Clients that wait for a server connection, by pool, from the console; since PgBouncer 1.8.
show pools
