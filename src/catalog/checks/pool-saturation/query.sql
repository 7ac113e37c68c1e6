-- Server connections in use by pool, and the size of the pools, one SHOW a line; since PgBouncer 1.8.
show pools
show databases
