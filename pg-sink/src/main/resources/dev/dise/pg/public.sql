-- What all generations share.
CREATE SCHEMA IF NOT EXISTS dise;

-- The words of a text for full-text search. Punctuation parts words, so that the last part of a qualified name is a
-- word too. PostgreSQL takes no document of more than 1 MiB of words: of a longer text the first 100,000 characters.
CREATE OR REPLACE FUNCTION dise.words(text TEXT) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.to_tsvector('pg_catalog.simple'::pg_catalog.regconfig, pg_catalog.translate(
        pg_catalog.left($1, 100000), $q$!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~$q$, pg_catalog.repeat(' ', 32)))
$$;

-- What finds a text among words: its own words, parted by the same rule, one right behind the other.
CREATE OR REPLACE FUNCTION dise.phrase(text TEXT) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.phraseto_tsquery('pg_catalog.simple'::pg_catalog.regconfig, pg_catalog.translate(
        $1, $q$!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~$q$, pg_catalog.repeat(' ', 32)))
$$;
