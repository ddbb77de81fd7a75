"""PostgreSQL seals every event to the one before it; nobody else can."""

from django.db import migrations

SEAL = """
CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    chain_key uuid := COALESCE(NEW.partnership_id, '00000000-0000-0000-0000-000000000000'::uuid);
    head audit_chain%ROWTYPE;
BEGIN
    INSERT INTO audit_chain (chain, length, hash) VALUES (chain_key, 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_chain WHERE chain = chain_key FOR UPDATE;
    NEW.sequence := head.length + 1;
    NEW.previous_hash := head.hash;
    NEW.hash := encode(sha256(convert_to(jsonb_build_array(
        NEW.previous_hash, NEW.id, NEW.partnership_id, NEW.sequence,
        to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        NEW.actor_id, NEW.actor_name, NEW.verb, NEW.kind, NEW.subject, NEW.sentence, NEW.rule, NEW.because, NEW.purpose
    )::text, 'UTF8')), 'hex');
    UPDATE audit_chain SET length = NEW.sequence, hash = NEW.hash WHERE chain = chain_key;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_seal BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_seal();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Events are only ever added.';
END $$;
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""

UNSEAL = """
DROP TRIGGER audit_refuse ON audit_event;
DROP TRIGGER audit_seal ON audit_event;
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_seal();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(SEAL, UNSEAL)]
