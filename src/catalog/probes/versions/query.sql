-- The version of the server; since 14.
select pg_catalog.current_setting('server_version_num')::int4 as version_num
