-- Makes a new store as all migrations make it, at once. Generated from them: run `poe docs`.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	asof DATE, 
	who TEXT NOT NULL, 
	what TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	old TEXT NOT NULL, 
	new TEXT NOT NULL, reason TEXT, unit INTEGER, undoes INTEGER, place TEXT, "row" INTEGER, commissioner INTEGER, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
);
CREATE TABLE chain (
	id INTEGER NOT NULL, 
	upgraded TEXT, 
	marks INTEGER NOT NULL, 
	marks_digest BLOB, 
	marks_salt BLOB, 
	head TEXT NOT NULL, 
	CONSTRAINT pk_chain PRIMARY KEY (id)
);
CREATE TABLE closure (
	id INTEGER NOT NULL, 
	calendar TEXT NOT NULL, 
	name TEXT NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_closure PRIMARY KEY (id), 
	CONSTRAINT uq_closure_calendar_day UNIQUE (calendar, day)
);
CREATE TABLE commissioner (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	calendar TEXT, 
	not_known TEXT, 
	CONSTRAINT ck_commissioner_name CHECK (name <> ''), 
	CONSTRAINT pk_commissioner PRIMARY KEY (id)
);
CREATE TABLE counter (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (id), 
	CONSTRAINT uq_counter_name UNIQUE (name)
);
CREATE TABLE draft (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	form TEXT NOT NULL, 
	answers TEXT NOT NULL, 
	who TEXT NOT NULL, 
	at TEXT NOT NULL, about TEXT, commissioner INTEGER REFERENCES commissioner (id), 
	CONSTRAINT ck_draft_answers CHECK (json_valid(answers))
);
CREATE TABLE entry (
	id INTEGER NOT NULL, 
	placement INTEGER, 
	pupil INTEGER, 
	provider INTEGER, 
	kind TEXT NOT NULL, 
	day DATE NOT NULL, 
	who TEXT, 
	note TEXT, 
	details TEXT NOT NULL, 
	not_known TEXT, withdrawn TEXT, ordinal INTEGER, 
	CONSTRAINT ck_entry_details CHECK (json_valid(details)), 
	CONSTRAINT ck_entry_one_subject CHECK (CASE WHEN placement IS NULL THEN 0 ELSE 1 END + CASE WHEN pupil IS NULL THEN 0 ELSE 1 END + CASE WHEN provider IS NULL THEN 0 ELSE 1 END = 1), 
	CONSTRAINT fk_entry_placement FOREIGN KEY(placement) REFERENCES placement (id), 
	CONSTRAINT fk_entry_provider FOREIGN KEY(provider) REFERENCES provider (id), 
	CONSTRAINT fk_entry_pupil FOREIGN KEY(pupil) REFERENCES pupil (id), 
	CONSTRAINT pk_entry PRIMARY KEY (id)
);
CREATE TABLE erased (
	id INTEGER NOT NULL, 
	pupil INTEGER NOT NULL, 
	day DATE NOT NULL, 
	at TEXT NOT NULL, 
	who TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	unit INTEGER NOT NULL, 
	placements TEXT NOT NULL, 
	entries INTEGER NOT NULL, 
	marks INTEGER NOT NULL, 
	changes INTEGER NOT NULL, 
	files INTEGER NOT NULL, 
	CONSTRAINT pk_erased PRIMARY KEY (id)
);
CREATE TABLE hold (
	id INTEGER NOT NULL, 
	pupil INTEGER NOT NULL, 
	since DATE NOT NULL, 
	until DATE, 
	reason TEXT NOT NULL, 
	who TEXT NOT NULL, 
	released DATE, 
	released_by TEXT, 
	CONSTRAINT fk_hold_pupil FOREIGN KEY(pupil) REFERENCES pupil (id), 
	CONSTRAINT pk_hold PRIMARY KEY (id)
);
CREATE TABLE mark (
	id INTEGER NOT NULL, 
	placement INTEGER NOT NULL, 
	pupil INTEGER NOT NULL, 
	day DATE NOT NULL, 
	half INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	nature TEXT, 
	reason TEXT, 
	who TEXT NOT NULL, 
	at TEXT NOT NULL, 
	replaces INTEGER, 
	current BOOLEAN NOT NULL, 
	unit INTEGER NOT NULL, 
	CONSTRAINT ck_mark_half CHECK (half IN (0, 1)), 
	CONSTRAINT ck_mark_reason CHECK (replaces IS NULL OR reason IS NOT NULL), 
	CONSTRAINT fk_mark_placement FOREIGN KEY(placement) REFERENCES placement (id), 
	CONSTRAINT fk_mark_pupil FOREIGN KEY(pupil) REFERENCES pupil (id), 
	CONSTRAINT fk_mark_replaces FOREIGN KEY(replaces) REFERENCES mark (id), 
	CONSTRAINT pk_mark PRIMARY KEY (id)
);
CREATE TABLE overlay (
	id INTEGER NOT NULL, 
	text TEXT, 
	made TEXT, 
	CONSTRAINT pk_overlay PRIMARY KEY (id)
);
CREATE TABLE "placement" (
	id INTEGER NOT NULL, 
	pupil INTEGER NOT NULL, 
	commissioner INTEGER, 
	pupil_consulted DATE, 
	parents_consulted DATE, 
	teacher_consulted DATE, 
	consulted TEXT, 
	tried TEXT, 
	reasons TEXT, 
	route TEXT NOT NULL, 
	aim TEXT, 
	nature TEXT, 
	objectives TEXT, 
	timeline TEXT, 
	pupil_wants TEXT, 
	success TEXT, 
	outcome_attendance TEXT, 
	outcome_attitude TEXT, 
	outcome_attainment TEXT, 
	outcome_behaviour TEXT, 
	outcome_destination TEXT, 
	post_16_plan BOOLEAN, 
	post_16 TEXT, 
	provider INTEGER NOT NULL, 
	site INTEGER, 
	extent TEXT, 
	exception TEXT, 
	curriculum_fit TEXT, 
	starts DATE NOT NULL, 
	ends DATE, 
	review_dates TEXT, 
	transport TEXT, 
	considerations TEXT, 
	sharing TEXT, 
	exit_strategy TEXT, 
	visited DATE, 
	visited_by TEXT, 
	completed_by TEXT, 
	completed_contact TEXT, 
	ended DATE, 
	end_reason TEXT, 
	destination TEXT, 
	not_known TEXT, 
	location_discussed DATE, 
	route_safe BOOLEAN, 
	dual_registered DATE, 
	code TEXT, 
	code_elsewhere BOOLEAN, 
	code_educational BOOLEAN, 
	code_approved BOOLEAN, 
	code_supervised BOOLEAN, 
	owner TEXT, 
	never_started BOOLEAN, 
	for_authority BOOLEAN, 
	top_up BOOLEAN, 
	away_minutes INTEGER, 
	school_week_minutes INTEGER, 
	full_time_from DATE, 
	home_reported DATE, 
	home_agreed BOOLEAN, 
	home_until DATE, 
	home_checked_by TEXT, 
	weekly_pence INTEGER, 
	cost_compared DATE, 
	removed_from_roll DATE, 
	part_time_reason TEXT, 
	part_time_review DATE, 
	section_f_given BOOLEAN, 
	section_f TEXT, 
	removal_ground TEXT, 
	visit_booked DATE, 
	CONSTRAINT ck_placement_ended CHECK (ended >= starts), 
	CONSTRAINT ck_placement_ending CHECK (ended IS NOT NULL OR (end_reason IS NULL AND destination IS NULL)), 
	CONSTRAINT ck_placement_ends CHECK (ends >= starts), 
	CONSTRAINT fk_placement_commissioner FOREIGN KEY(commissioner) REFERENCES commissioner (id), 
	CONSTRAINT fk_placement_provider FOREIGN KEY(provider) REFERENCES provider (id), 
	CONSTRAINT fk_placement_provider_site FOREIGN KEY(provider, site) REFERENCES site (provider, number), 
	CONSTRAINT fk_placement_pupil FOREIGN KEY(pupil) REFERENCES pupil (id), 
	CONSTRAINT pk_placement PRIMARY KEY (id)
);
CREATE TABLE proof (
	id INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	salt BLOB, 
	CONSTRAINT pk_proof PRIMARY KEY (id)
);
CREATE TABLE provider (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	registered TEXT, 
	urn TEXT, 
	ukprn TEXT, 
	checked DATE, 
	checked_where TEXT, 
	register_says TEXT, 
	contact TEXT, 
	contact_email TEXT, 
	contact_phone TEXT, 
	lead TEXT, 
	lead_trained DATE, 
	deputy TEXT, 
	deputy_trained DATE, 
	follows_partnership BOOLEAN, 
	activities TEXT, 
	risk TEXT, 
	offered_minutes INTEGER, 
	on_directory BOOLEAN, 
	not_known TEXT, accredited BOOLEAN, checked_instead TEXT, 
	CONSTRAINT ck_provider_name CHECK (name <> ''), 
	CONSTRAINT ck_provider_offered CHECK (offered_minutes > 0 AND offered_minutes <= 3600), 
	CONSTRAINT pk_provider PRIMARY KEY (id)
);
CREATE TABLE pupil (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	born DATE NOT NULL, 
	home_school TEXT, 
	upn TEXT, 
	ehcp TEXT, 
	looked_after TEXT, 
	sen_support TEXT, 
	health_plan TEXT, 
	ebsa TEXT, 
	level_3 TEXT, 
	not_known TEXT, on_roll_of_a_pru BOOLEAN, medical TEXT, leaving_confirmed DATE, former_upns TEXT, school_is_independent BOOLEAN, social_worker TEXT, next_pep DATE, year_taught TEXT, last_exam DATE, commissioner INTEGER REFERENCES commissioner (id), 
	CONSTRAINT ck_pupil_name CHECK (name <> ''), 
	CONSTRAINT pk_pupil PRIMARY KEY (id)
);
CREATE TABLE seen (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	asof DATE, 
	who TEXT NOT NULL, 
	what TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	CONSTRAINT pk_seen PRIMARY KEY (id)
);
CREATE TABLE site (
	id INTEGER NOT NULL, 
	provider INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	address TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	CONSTRAINT ck_site_number CHECK (number > 0), 
	CONSTRAINT fk_site_provider FOREIGN KEY(provider) REFERENCES provider (id), 
	CONSTRAINT pk_site PRIMARY KEY (id), 
	CONSTRAINT uq_site_provider_number UNIQUE (provider, number)
);
CREATE TABLE store (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	CONSTRAINT pk_store PRIMARY KEY (id)
);
CREATE TABLE term (
	id INTEGER NOT NULL, 
	calendar TEXT NOT NULL, 
	name TEXT NOT NULL, 
	first DATE NOT NULL, 
	last DATE NOT NULL, 
	CONSTRAINT ck_term_order CHECK (last >= first), 
	CONSTRAINT pk_term PRIMARY KEY (id), 
	CONSTRAINT uq_term_calendar_first UNIQUE (calendar, first)
);
CREATE TABLE "week" (
	id INTEGER NOT NULL, 
	placement INTEGER NOT NULL, 
	since DATE NOT NULL, 
	weekly_minutes INTEGER NOT NULL, 
	school_minutes INTEGER, 
	elsewhere_minutes INTEGER, 
	at_provider TEXT, 
	at_school TEXT, 
	elsewhere TEXT, 
	tier TEXT, 
	at_home TEXT, place TEXT, place_address TEXT, 
	CONSTRAINT ck_week_elsewhere_minutes CHECK (elsewhere_minutes >= 0 AND elsewhere_minutes <= 3600), 
	CONSTRAINT ck_week_school_minutes CHECK (school_minutes >= 0 AND school_minutes <= 3600), 
	CONSTRAINT ck_week_weekly_minutes CHECK (weekly_minutes > 0 AND weekly_minutes <= 3600), 
	CONSTRAINT fk_week_placement FOREIGN KEY(placement) REFERENCES placement (id), 
	CONSTRAINT pk_week PRIMARY KEY (id), 
	CONSTRAINT uq_week_placement_since UNIQUE (placement, since)
);
CREATE TRIGGER no_delete_of_audit BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the log of a store is never changed'); END;
CREATE TRIGGER no_delete_of_chain BEFORE DELETE ON chain BEGIN SELECT RAISE(ABORT, 'the log of a store is never changed'); END;
CREATE TRIGGER no_delete_of_proof BEFORE DELETE ON proof BEGIN SELECT RAISE(ABORT, 'the log of a store is never changed'); END;
CREATE TRIGGER no_delete_of_seen BEFORE DELETE ON seen BEGIN SELECT RAISE(ABORT, 'the log of a store is never changed'); END;
CREATE TRIGGER no_update_of_audit BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the log of a store is never changed'); END;
CREATE TRIGGER no_update_of_chain BEFORE UPDATE ON chain BEGIN SELECT RAISE(ABORT, 'the log of a store is never changed'); END;
CREATE TRIGGER no_update_of_proof BEFORE UPDATE ON proof BEGIN SELECT RAISE(ABORT, 'the log of a store is never changed'); END;
CREATE TRIGGER no_update_of_seen BEFORE UPDATE ON seen BEGIN SELECT RAISE(ABORT, 'the log of a store is never changed'); END;
CREATE INDEX ix_audit_place_row ON audit (place, "row");
CREATE INDEX ix_audit_subject ON audit (subject);
CREATE INDEX ix_audit_unit ON audit (unit);
CREATE INDEX ix_entry_kind_placement_day ON entry (kind, placement, day);
CREATE INDEX ix_entry_placement_day ON entry (placement, day);
CREATE INDEX ix_entry_provider_day ON entry (provider, day);
CREATE INDEX ix_entry_pupil_day ON entry (pupil, day);
CREATE INDEX ix_erased_pupil ON erased (pupil);
CREATE INDEX ix_hold_pupil ON hold (pupil);
CREATE INDEX ix_mark_placement_day ON mark (placement, day);
CREATE INDEX ix_placement_provider_starts ON placement (provider, starts);
CREATE INDEX ix_placement_pupil ON placement (pupil);
CREATE INDEX ix_seen_subject ON seen (subject);
CREATE UNIQUE INDEX uq_mark_pupil_day_half ON mark (pupil, day, half) WHERE current;
INSERT INTO alembic_version ("version_num") VALUES ('0018');
INSERT INTO store (id, uid) VALUES (1, lower(hex(randomblob(16))));
