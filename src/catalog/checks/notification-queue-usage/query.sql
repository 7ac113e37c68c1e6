-- How full the queue of NOTIFY is, from 0 to 1, for all databases together; since 14.
select pg_catalog.pg_notification_queue_usage() as usage
