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

-- What kind of error it is: the exception's class by its stack or its message, else what the reporter calls it.
-- Columns and indexes are made by this function and the next: they must answer as they always did. What is to answer
-- otherwise is another function, and a migration that takes it.
CREATE OR REPLACE FUNCTION dise.error_type(reported TEXT, message TEXT, stack TEXT) RETURNS TEXT
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
    trace TEXT := coalesce(nullif(stack, ''), message, '');
    found TEXT;
BEGIN
    IF strpos(trace, 'File "') > 0 THEN
        -- Python: the first line behind the last frame that is not indented.
        found := substring(right(trace, 3000) from '.*File "[^\n]*(?:\n[ \t]+[^\n]*)*\n([A-Za-z_][A-Za-z_0-9.]*)');
    ELSIF strpos(trace, 'at ') > 0 AND left(trace, 3000) ~ '\n[ \t]*at ' THEN
        found := substring(left(trace, 500)
            from '^\s*(?:Exception in thread "[^"]*" )?(?:Uncaught )?([A-Za-z_$][A-Za-z_0-9.$]*)(?::|\s*\n)');
    END IF;
    IF found IS NULL THEN
        found := substring(left(message, 500) from '^\s*(?:Uncaught )?([A-Za-z_$][A-Za-z_0-9.$]*(?:Error|Exception|Warning|Interrupt|Exit|Failure|Timeout))(?![A-Za-z_0-9])');
    END IF;
    RETURN coalesce(found, reported, '');
END
$$;

-- The same for all that is the same error: its type with the top frames of its stack (Java, Python, JavaScript), or with
-- its message where there are none, without what differs from one time to the next: numbers, ids, times, addresses,
-- paths, quoted values. No line numbers: a new version of a tool moves lines.
CREATE OR REPLACE FUNCTION dise.fingerprint(reported TEXT, message TEXT, stack TEXT) RETURNS UUID
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
    trace  TEXT := coalesce(nullif(stack, ''), message, '');
    said   TEXT := left(coalesce(message, ''), 4000);
    frames TEXT;
    causes TEXT;
BEGIN
    IF strpos(trace, 'File "') > 0 THEN
        SELECT string_agg(frame[1] || ':' || frame[2], '|' ORDER BY nth DESC) INTO frames FROM (
            SELECT frame, nth FROM regexp_matches(right(trace, 3000),
                    'File "(?:[^"\n]*[/\\])?([^"/\\\n]+)", line [0-9]+, in ([^\n]+)', 'g')
                WITH ORDINALITY AS all_frames (frame, nth) ORDER BY nth DESC LIMIT 5) AS top;
    ELSIF strpos(trace, 'at ') > 0 THEN
        SELECT string_agg(frame[1], '|' ORDER BY nth) INTO frames FROM (
            -- Only the first lines are taken apart, since that is what costs.
            SELECT frame, nth FROM regexp_matches(
                    substring(left(trace, 3000) from '(?:(?:^|\n)[ \t]*at [^\n]*){1,5}'),
                    '(?:^|\n)\s*at (?:async |new )?(?:[^\s(]*/)?([^\s(]+) ?\(', 'g')
                WITH ORDINALITY AS all_frames (frame, nth) ORDER BY nth LIMIT 5) AS top;
        IF frames IS NOT NULL AND strpos(trace, 'Caused by: ') > 0 THEN
            SELECT string_agg(cause[1], '|' ORDER BY nth) INTO causes FROM
                regexp_matches(left(trace, 20000), '\nCaused by: ([A-Za-z_$][A-Za-z_0-9.$]*)', 'g')
                    WITH ORDINALITY AS all_causes (cause, nth);
        END IF;
    END IF;
    IF frames IS NOT NULL THEN
        frames := regexp_replace(frames || coalesce('|' || causes, ''),
            '\$\$[0-9a-f]{6,}|0x[0-9a-fA-F]+|[0-9]+', '0', 'g');
        RETURN md5('stack|' || dise.error_type(reported, message, stack) || '|' || frames)::uuid;
    END IF;
    IF said LIKE '{%' THEN
        -- Many tools complain in JSON: what they say is the error.
        said := coalesce(
            substring(said from '"(?:error|error_message|message|detail|reason)"\s*:\s*"((?:[^"\\]|\\.)*)"'), said);
    END IF;
    -- Most messages have few of these, and to look for a character costs a hundredth of a pattern.
    IF strpos(said, '://') > 0 THEN
        said := regexp_replace(said, 'https?://[^\s''"<>)]+', '<url>', 'g');
    END IF;
    IF said <> translate(said, '''"`', '') THEN
        -- An apostrophe within a word opens nothing; the last quote may have lost its end.
        said := regexp_replace(said,
            '(^|[^A-Za-z0-9_])("[^"\n]*"|`[^`\n]*`|''[^''\n]*''(?![A-Za-z0-9_])|["''`][^"''`\n]*$)', '\1<q>', 'g');
    END IF;
    said := left(said, 1000);
    IF said <> translate(said, '0123456789', '') THEN
        said := regexp_replace(said,
            '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}', '<n>', 'g');
        said := regexp_replace(said,
            '[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?',
            '<n>', 'g');
    END IF;
    IF said <> translate(said, '/\', '') THEN
        said := regexp_replace(said, '(?:[A-Za-z]:)?[A-Za-z0-9_.~@+-]*[/\\][A-Za-z0-9_.~@+/\\-]*[/\\.][A-Za-z0-9_.~@+/\\-]*|(?:[A-Za-z]:[/\\]|(?<![A-Za-z0-9_>])/)[A-Za-z0-9_.~@+-]+', '<path>', 'g');
    END IF;
    IF said <> translate(said, '0123456789', '') THEN
        -- Hexadecimal, and what mixes digits and letters as ids do.
        said := regexp_replace(said,
            '0[xX][0-9a-fA-F]+|\m(?=[0-9a-fA-F]*[0-9])[0-9a-fA-F]{8,}\M|\m(?=[A-Za-z_]*[0-9]+[A-Za-z_]+[0-9])[A-Za-z0-9_]{6,}\M',
            '<n>', 'g');
    END IF;
    said := regexp_replace(said, '[-+]?(?:[0-9]+|<n>)(?:[.,:](?:[0-9]+|<n>))*', '<n>', 'g');
    said := btrim(regexp_replace(said, '\s+', ' ', 'g'));
    RETURN md5('message|' || dise.error_type(reported, message, stack) || '|' || said)::uuid;
END
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
