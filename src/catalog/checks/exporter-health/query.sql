-- The metrics page of the exporter that is configured for the target; any version.
get metrics
