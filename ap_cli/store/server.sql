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

-- Whether who acts, also within a function, has the rights of who owns a table.
CREATE OR REPLACE FUNCTION is_owner(relation oid) RETURNS boolean
LANGUAGE sql STABLE AS $$
	SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_catalog.pg_class WHERE oid = relation
$$;

-- Who wrote a row is the user who logged in, whatever name was given with it. What is saved again is
-- theirs from then on: nobody makes it another's.
CREATE OR REPLACE FUNCTION name_writer() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' OR NEW.who IS DISTINCT FROM OLD.who OR NOT is_owner(TG_RELID) THEN
		NEW.who := session_user;
	END IF;
	RETURN NEW;
END $$;

-- Whose a mark or a hold is stays as it is; who lifts a hold is who logged in.
CREATE OR REPLACE FUNCTION keep_writer() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NEW.who IS DISTINCT FROM OLD.who THEN
		RAISE EXCEPTION 'who wrote this is never changed' USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION name_releaser() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NEW.released_by IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.released_by IS DISTINCT FROM OLD.released_by) THEN
		NEW.released_by := session_user;
	END IF;
	RETURN NEW;
END $$;

-- The numbers that were given: the server alone counts the looks, and no count goes back.
CREATE OR REPLACE FUNCTION keep_count() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF NOT is_owner(TG_RELID) AND (NEW.name = 'seen' OR TG_OP = 'UPDATE' AND (
		NEW.name IS DISTINCT FROM OLD.name OR NEW.id IS DISTINCT FROM OLD.id OR NEW.last < OLD.last
	)) THEN
		RAISE EXCEPTION 'a count is never taken back' USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	RETURN NEW;
END $$;

-- A number is near those before it: else the largest one could be taken, and none would be left.
CREATE OR REPLACE FUNCTION keep_near() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
	number bigint := to_jsonb(NEW) ->> TG_ARGV[0];
	last bigint;
BEGIN
	IF is_owner(TG_RELID) THEN
		RETURN NEW;
	END IF;
	EXECUTE format('SELECT coalesce(max(%I), 0) FROM %I', TG_ARGV[0], TG_TABLE_NAME) INTO last;
	IF number - 1000000 > last THEN
		RAISE EXCEPTION 'a number is far from those before it' USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	RETURN NEW;
END $$;

-- A change is logged as the program does it: when, in UTC to the second, and values as JSON.
CREATE OR REPLACE FUNCTION refuse_junk() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NEW.at !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][+]00:00$'
		OR NEW.at::timestamptz IS NULL
		OR NEW.asof NOT BETWEEN '0001-01-01' AND '9999-12-31'
		OR jsonb_typeof(NEW.old::jsonb) <> 'object' OR jsonb_typeof(NEW.new::jsonb) <> 'object'
	THEN
		RAISE EXCEPTION 'not an entry of the log' USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	RETURN NEW;
END $$;

-- A file of evidence that is as its SHA-256 says is never changed, and gets no other part.
CREATE OR REPLACE FUNCTION keep_evidence() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
	is_changed boolean := TG_OP = 'UPDATE';
	before bigint;
BEGIN
	IF is_owner(TG_RELID) THEN
		RETURN NEW;
	END IF;
	IF is_changed THEN
		is_changed := NEW.content IS DISTINCT FROM OLD.content AND left(NEW.name, 64) = (
			SELECT encode(sha256(string_agg(content, '' ORDER BY part)), 'hex')
			FROM attachment WHERE name = NEW.name
		);
	ELSIF NEW.part > 0 THEN
		SELECT octet_length(content) INTO before FROM attachment WHERE name = NEW.name AND part = NEW.part - 1;
		is_changed := before IS DISTINCT FROM 1048576;
	END IF;
	IF is_changed THEN
		RAISE EXCEPTION 'a file of evidence is never changed' USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	RETURN NEW;
END $$;

DO $$
DECLARE
	own text;
BEGIN
	FOREACH own IN ARRAY ARRAY['is_owner(oid)', 'name_writer()', 'keep_count()', 'keep_near()', 'keep_evidence()'] LOOP
		EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', own, current_schema());
	END LOOP;
	CREATE OR REPLACE TRIGGER keep_evidence BEFORE INSERT OR UPDATE ON attachment
		FOR EACH ROW EXECUTE FUNCTION keep_evidence();
END $$;

-- The server numbers the looks itself, one after another, and keeps nobody waiting for the next.
CREATE OR REPLACE FUNCTION number_looks() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	given bigint;
BEGIN
	SELECT coalesce(max(n), 0) INTO given FROM (
		SELECT max(id) AS n FROM seen UNION ALL SELECT last FROM counter WHERE name = 'seen'
	) numbers;
	EXECUTE format('SELECT setval(%1$L, %2$s) FROM %1$s WHERE last_value < %2$s OR NOT is_called AND %2$s > 0',
		pg_get_serial_sequence('seen', 'id'), given);
END $$;

-- The triggers that name who writes, and keep what they write within bounds. A store that is copied
-- keeps its names: those that name are dropped then.
CREATE OR REPLACE FUNCTION name_writers() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	made record;
BEGIN
	FOR made IN
		SELECT * FROM (VALUES
			('audit', 'who', 'INSERT', 'name_writer'),
			('mark', 'who', 'INSERT', 'name_writer'),
			('hold', 'who', 'INSERT', 'name_writer'),
			('draft', 'who', 'INSERT OR UPDATE OF who, answers', 'name_writer'),
			('published', 'who', 'INSERT OR UPDATE', 'name_writer'),
			('mark', 'who', 'UPDATE OF who', 'keep_writer'),
			('hold', 'who', 'UPDATE OF who', 'keep_writer'),
			('hold', 'released_by', 'INSERT OR UPDATE', 'name_releaser'),
			('audit', 'at', 'INSERT', 'refuse_junk'),
			('counter', 'last', 'INSERT OR UPDATE', 'keep_count'),
			('counter', 'last', 'INSERT OR UPDATE OF last', 'keep_near'),
			('audit', 'unit', 'INSERT', 'keep_near')
		) AS wanted (name, col, event, rule)
		UNION ALL
		SELECT name, 'id', 'INSERT OR UPDATE OF id', 'keep_near' FROM unnest(ARRAY[
			'audit', 'chain', 'proof', 'counter', 'commissioner', 'pupil', 'provider', 'site', 'placement',
			'week', 'entry', 'term', 'closure', 'overlay', 'mark', 'hold', 'draft'
		]) AS numbered (name)
	LOOP
		CONTINUE WHEN NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(made.name) AND attname = made.col);
		EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE %s ON %I FOR EACH ROW %s EXECUTE FUNCTION %I(%s)',
			made.rule || CASE made.rule WHEN 'keep_near' THEN '_' || made.col ELSE '' END, made.event, made.name,
			CASE made.rule WHEN 'keep_near' THEN format('WHEN (NEW.%I > 1000000000)', made.col) ELSE '' END,
			made.rule, CASE made.rule WHEN 'keep_near' THEN quote_literal(made.col) ELSE '' END);
	END LOOP;
	IF to_regclass('counter') IS NOT NULL THEN
		PERFORM number_looks();
	END IF;
END $$;

-- Reports without names or references, for those who may read nothing else.
CREATE TABLE IF NOT EXISTS published (
	term TEXT COLLATE "C" NOT NULL,
	content TEXT COLLATE "C" NOT NULL,
	at TEXT COLLATE "C" NOT NULL,
	who TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_published PRIMARY KEY (term)
);

SELECT name_writers();

-- Who only reads is logged as well, and may write nothing else: this writes in the owner's name. It
-- waits for nobody, and nobody waits for it: of what a writer needs, it only locks what is free.
DROP FUNCTION IF EXISTS log_look(text, date, text, text);
CREATE OR REPLACE FUNCTION log_look(day date, command text, child text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
	number bigint;
	moment text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"');
BEGIN
	IF day NOT BETWEEN '0001-01-01' AND '9999-12-31'
		OR coalesce(command !~ '^[a-z][A-Za-z0-9 ._-]{0,99}$', TRUE)
		OR coalesce(child !~ '^(P-[0-9]{4,19}|every child)$', TRUE)
	THEN
		RAISE EXCEPTION 'not a look' USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	INSERT INTO seen (at, asof, who, what, subject) VALUES (moment, day, session_user, command, child)
		RETURNING id INTO number;
	UPDATE counter SET last = greatest(last, number)
		WHERE id = (SELECT id FROM counter WHERE name = 'seen' FOR UPDATE SKIP LOCKED);
	IF NOT FOUND AND pg_has_role(session_user, current_user, 'USAGE') THEN
		INSERT INTO counter (id, name, last)
			SELECT min(free), 'seen', number FROM generate_series(1, (SELECT count(*) + 1 FROM counter)) free
			WHERE NOT EXISTS (SELECT 1 FROM counter WHERE id = free)
			ON CONFLICT DO NOTHING;
	END IF;
END $$;

-- It runs with the rights of its owner: nobody may put a table of their own in front of these.
DO $$
BEGIN
	EXECUTE format('ALTER FUNCTION log_look SET search_path = %I, pg_temp', current_schema());
END $$;

REVOKE EXECUTE ON FUNCTION log_look FROM PUBLIC;
