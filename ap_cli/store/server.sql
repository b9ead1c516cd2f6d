-- What a PostgreSQL server needs so that it understands the statements that SQLite does.
-- It is run when a store is made there and when it is upgraded.
CREATE OR REPLACE FUNCTION json_valid(value text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	PERFORM value::json;
	RETURN TRUE;
EXCEPTION WHEN OTHERS THEN
	RETURN FALSE;
END $$;

CREATE OR REPLACE FUNCTION json_answer(details text, name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE json_typeof(details::json -> name)
		WHEN 'boolean' THEN CASE details::json ->> name WHEN 'true' THEN '1' ELSE '0' END
		ELSE details::json ->> name
	END
$$;

DO $$
BEGIN
	IF to_regoperator('->>(text, text)') IS NULL THEN
		CREATE OPERATOR ->> (LEFTARG = text, RIGHTARG = text, FUNCTION = json_answer);
	END IF;
END $$;

CREATE OR REPLACE FUNCTION json_extract(value text, path text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE json_typeof(value::json -> substr(path, 3))
		WHEN 'boolean' THEN CASE value::json ->> substr(path, 3) WHEN 'true' THEN '1' ELSE '0' END
		ELSE value::json ->> substr(path, 3)
	END
$$;

CREATE OR REPLACE FUNCTION json_type(value text, path text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE json_typeof(value::json -> substr(path, 3))
		WHEN 'string' THEN 'text'
		WHEN 'boolean' THEN value::json ->> substr(path, 3)
		WHEN 'number' THEN CASE WHEN value::json ->> substr(path, 3) ~ '[.eE]' THEN 'real' ELSE 'integer' END
		ELSE json_typeof(value::json -> substr(path, 3))
	END
$$;

CREATE OR REPLACE FUNCTION json_each(list text) RETURNS TABLE (value text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT json_array_elements_text(list::json)
$$;

CREATE OR REPLACE FUNCTION typeof(value bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN value IS NULL THEN 'null' ELSE 'integer' END
$$;

CREATE OR REPLACE FUNCTION glob(pattern text, day date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT day::text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
$$;

CREATE OR REPLACE FUNCTION quote(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT coalesce('''' || replace(value, '''', '''''') || '''', 'NULL')
$$;

CREATE OR REPLACE FUNCTION date(day date, change text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT (day + change::interval)::date
$$;

CREATE OR REPLACE FUNCTION min(first date, second date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN first < second THEN first ELSE second END
$$;

CREATE OR REPLACE FUNCTION join_next(joined text, value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT joined || ',' || value
$$;

CREATE OR REPLACE AGGREGATE group_concat(text) (SFUNC = join_next, STYPE = text, PARALLEL = SAFE);

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the log of a store is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Files of evidence: a folder beside a file has them otherwise. A file is in parts, by its SHA-256.
CREATE TABLE IF NOT EXISTS attachment (
	name TEXT COLLATE "C" NOT NULL,
	part BIGINT NOT NULL,
	content BYTEA NOT NULL,
	at TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_attachment PRIMARY KEY (name, part)
);

-- Who wrote a change is the user who logged in, whatever name was given with it.
CREATE OR REPLACE FUNCTION name_writer() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	NEW.who := session_user;
	RETURN NEW;
END $$;

DO $$
BEGIN
	IF to_regclass('audit') IS NOT NULL THEN
		CREATE OR REPLACE TRIGGER name_writer BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION name_writer();
	END IF;
END $$;

-- Who only reads is logged as well, and may write nothing else: this writes in the owner's name.
CREATE OR REPLACE FUNCTION log_look(moment text, day date, command text, child text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
	number bigint;
BEGIN
	SELECT coalesce(max(n), 0) + 1 INTO number FROM (
		SELECT max(id) AS n FROM seen UNION ALL SELECT last FROM counter WHERE name = 'seen'
	) given;
	INSERT INTO seen (id, at, asof, who, what, subject)
		VALUES (number, moment, day, session_user, command, child);
	INSERT INTO counter (id, name, last)
		SELECT coalesce(max(id), 0) + 1, 'seen', number FROM counter
		ON CONFLICT (name) DO UPDATE SET last = excluded.last;
END $$;

-- It runs with the rights of its owner: nobody may put a table of their own in front of these.
DO $$
BEGIN
	EXECUTE format('ALTER FUNCTION log_look SET search_path = %I, pg_temp', current_schema());
END $$;

REVOKE EXECUTE ON FUNCTION log_look FROM PUBLIC;

-- Reports without names or references, for those who may read nothing else.
CREATE TABLE IF NOT EXISTS published (
	term TEXT COLLATE "C" NOT NULL,
	content TEXT COLLATE "C" NOT NULL,
	at TEXT COLLATE "C" NOT NULL,
	who TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_published PRIMARY KEY (term)
);
CREATE OR REPLACE TRIGGER name_writer BEFORE INSERT OR UPDATE ON published
	FOR EACH ROW EXECUTE FUNCTION name_writer();
