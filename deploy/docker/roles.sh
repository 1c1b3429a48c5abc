#!/bin/sh
# Run by the image of PostgreSQL when it makes a new cluster: the roles beside the owner. What they may, migrating grants.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE dise_writer LOGIN PASSWORD :'password';
CREATE ROLE dise_reader LOGIN PASSWORD :'password';
-- For query.sql. Only a superuser can say how much it may put on the disk while it sorts.
CREATE ROLE dise_sql LOGIN CONNECTION LIMIT 4 PASSWORD :'password';
ALTER ROLE dise_sql SET default_transaction_read_only = on;
ALTER ROLE dise_sql SET temp_file_limit = '1GB';
SQL
