-- Blocks that the indexes of user tables found in shared buffers or had to ask for; since 14.
select
  pg_catalog.current_database()::text as database,
  pg_catalog.pg_stat_get_db_stat_reset_time(max(d.oid))::text as reset_at,
  count(*) as examined_indexes,
  sum(pg_catalog.pg_stat_get_blocks_hit(c.oid)) as hit_blocks,
  sum(pg_catalog.pg_stat_get_blocks_fetched(c.oid) - pg_catalog.pg_stat_get_blocks_hit(c.oid))
    as read_blocks
from pg_catalog.pg_class as c
join pg_catalog.pg_database as d on d.datname = pg_catalog.current_database()
where c.relkind = 'i' and c.oid >= 16384
having count(*) > 0
