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

-- Which generations there are, and what each is good for. A number that was dropped stays here, and is given to no other.
CREATE TABLE IF NOT EXISTS dise.generations (
    number        INTEGER PRIMARY KEY CHECK (number > 0),
    state         TEXT NOT NULL CHECK (state IN ('building', 'following', 'live', 'dropping', 'dropped')),
    phase         TEXT NOT NULL DEFAULT '',
    started_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
    switched_from INTEGER
);
CREATE UNIQUE INDEX IF NOT EXISTS generations_one_live ON dise.generations (state) WHERE state = 'live';
CREATE UNIQUE INDEX IF NOT EXISTS generations_one_building ON dise.generations (state) WHERE state = 'building';

-- Records that are dead letters already: what several generations refuse makes one letter, by whichever comes first.
CREATE TABLE IF NOT EXISTS dise.lettered (
    topic         TEXT NOT NULL,
    partition     INTEGER NOT NULL,
    record_offset BIGINT NOT NULL,
    PRIMARY KEY (topic, partition, record_offset)
);
