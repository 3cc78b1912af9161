-- All that a server and one of its databases hold besides the rows of tables, one line each, for any version: rows of the
-- catalogue as they are, without what the server itself keeps changing. Of built-in objects only their rights. :ledger
-- says whether roost's own schema counts.
WITH ours AS (
    SELECT n.oid FROM pg_namespace n WHERE n.nspname = 'roost' AND NOT :ledger
), hidden AS (
    SELECT oid FROM ours
    UNION ALL SELECT oid FROM pg_class WHERE relnamespace IN (SELECT oid FROM ours) OR relnamespace = 'pg_toast'::regnamespace
    UNION ALL SELECT oid FROM pg_proc WHERE pronamespace IN (SELECT oid FROM ours)
    UNION ALL SELECT oid FROM pg_type WHERE typnamespace IN (SELECT oid FROM ours)
    UNION ALL SELECT oid FROM pg_constraint WHERE connamespace IN (SELECT oid FROM ours)
), line(of, oid, parent, content) AS (
    SELECT 'role ' || rolname, oid, 0::oid, to_jsonb(r) FROM pg_authid r
    UNION ALL
    SELECT format('membership of %s in %s, granted by %s', member::regrole, roleid::regrole, grantor::regrole), 0, 0,
           to_jsonb(m) - 'oid'
    FROM pg_auth_members m
    UNION ALL SELECT 'database ' || datname, oid, 0, to_jsonb(d) - '{datfrozenxid,datminmxid}'::text[] FROM pg_database d
    UNION ALL SELECT 'setting', 0, 0, to_jsonb(s) || jsonb_build_object('of', setrole::regrole) FROM pg_db_role_setting s
    UNION ALL SELECT 'parameter', oid, 0, to_jsonb(p) FROM pg_parameter_acl p
    UNION ALL SELECT 'tablespace', oid, 0, to_jsonb(t) FROM pg_tablespace t
    UNION ALL SELECT 'shared comment', 0, 0, to_jsonb(c) FROM pg_shdescription c
    UNION ALL SELECT 'shared label', 0, 0, to_jsonb(l) FROM pg_shseclabel l
    UNION ALL SELECT 'comment', 0, objoid, to_jsonb(c) FROM pg_description c WHERE objoid >= 16384 OR objoid = 2200
    UNION ALL SELECT 'label', 0, objoid, to_jsonb(l) FROM pg_seclabel l
    UNION ALL SELECT 'schema ' || nspname, oid, 0, to_jsonb(n) FROM pg_namespace n WHERE nspname !~ '^pg_(toast|temp)'
    UNION ALL
    SELECT 'relation ' || relname, oid, relnamespace,
           to_jsonb(c) - '{relpages,reltuples,relallvisible,relallfrozen,relfrozenxid,relminmxid,reltoastrelid}'::text[]
    FROM pg_class c WHERE oid >= 16384
    UNION ALL
    SELECT 'column ' || attname, 0, attrelid, to_jsonb(a) - 'attmissingval'
    FROM pg_attribute a WHERE attrelid >= 16384 OR attacl IS NOT NULL
    UNION ALL SELECT 'default', oid, adrelid, to_jsonb(d) FROM pg_attrdef d
    UNION ALL SELECT 'constraint ' || conname, oid, connamespace, to_jsonb(c) FROM pg_constraint c WHERE oid >= 16384
    UNION ALL SELECT 'trigger ' || tgname, oid, tgrelid, to_jsonb(t) FROM pg_trigger t
    UNION ALL SELECT 'rule ' || rulename, oid, ev_class, to_jsonb(r) FROM pg_rewrite r WHERE oid >= 16384
    UNION ALL SELECT 'policy ' || polname, oid, polrelid, to_jsonb(p) FROM pg_policy p
    UNION ALL SELECT 'function ' || proname, oid, pronamespace, to_jsonb(p) FROM pg_proc p WHERE oid >= 16384
    UNION ALL SELECT 'type ' || typname, oid, typnamespace, to_jsonb(t) FROM pg_type t WHERE oid >= 16384
    UNION ALL SELECT 'label of an enum', oid, enumtypid, to_jsonb(e) FROM pg_enum e
    UNION ALL SELECT 'sequence', 0, seqrelid, to_jsonb(s) FROM pg_sequence s
    UNION ALL SELECT 'position of a sequence', 0, format('%I.%I', schemaname, sequencename)::regclass, to_jsonb(s) FROM pg_sequences s
    UNION ALL SELECT 'default rights', oid, defaclnamespace, to_jsonb(d) FROM pg_default_acl d
    UNION ALL SELECT 'extension ' || extname, oid, 0, to_jsonb(e) FROM pg_extension e
    UNION ALL SELECT 'event trigger ' || evtname, oid, 0, to_jsonb(e) FROM pg_event_trigger e
    UNION ALL SELECT 'language ' || lanname, oid, 0, to_jsonb(l) FROM pg_language l
    UNION ALL SELECT 'foreign server ' || srvname, oid, 0, to_jsonb(s) FROM pg_foreign_server s
    UNION ALL SELECT 'user mapping', oid, 0, to_jsonb(u) FROM pg_user_mapping u
    UNION ALL SELECT 'large object', oid, 0, to_jsonb(l) FROM pg_largeobject_metadata l
    UNION ALL SELECT 'page of a large object', 0, 0, to_jsonb(l) FROM pg_largeobject l
    UNION ALL SELECT 'rights on relation ' || relname, 0, oid, to_jsonb(relacl) FROM pg_class WHERE oid < 16384 AND relacl IS NOT NULL
    UNION ALL SELECT 'rights on function ' || proname, 0, oid, to_jsonb(proacl) FROM pg_proc WHERE oid < 16384 AND proacl IS NOT NULL
    UNION ALL SELECT 'rights on type ' || typname, 0, oid, to_jsonb(typacl) FROM pg_type WHERE oid < 16384 AND typacl IS NOT NULL
)
SELECT of || ': ' || (SELECT string_agg(key || '=' || value, ' ' ORDER BY key) FROM jsonb_each_text(
           CASE jsonb_typeof(content) WHEN 'object' THEN content ELSE jsonb_build_object('acl', content) END) WHERE value <> '')
FROM line
WHERE oid NOT IN (SELECT oid FROM hidden) AND parent NOT IN (SELECT oid FROM hidden)
