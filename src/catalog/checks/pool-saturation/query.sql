-- Server connections in use and sizes of the pools, one SHOW a line; since PgBouncer 1.8.
show pools
show databases
