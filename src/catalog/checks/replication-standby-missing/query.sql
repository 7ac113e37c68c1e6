-- Who receives WAL from this server, by name; since 14.
select r.application_name, r.state
from pg_catalog.pg_stat_replication as r
