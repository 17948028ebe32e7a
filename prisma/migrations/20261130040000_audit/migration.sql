-- What operators did on the dashboard. A row is written before the action, and its outcome once, afterwards.
CREATE TABLE "audit" (
  "id" BIGSERIAL PRIMARY KEY,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "role" TEXT NOT NULL,
  "address" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "about" JSONB NOT NULL DEFAULT '{}',
  "outcome" JSONB
);

CREATE FUNCTION "audit_refuses_changes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."outcome" IS NULL AND NEW."outcome" IS NOT NULL
    AND to_jsonb(NEW) - 'outcome' = to_jsonb(OLD) - 'outcome' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit is append-only';
END $$;

CREATE TRIGGER "audit_is_append_only" BEFORE UPDATE OR DELETE ON "audit"
  FOR EACH ROW EXECUTE FUNCTION "audit_refuses_changes"();
CREATE TRIGGER "audit_is_not_emptied" BEFORE TRUNCATE ON "audit"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_refuses_changes"();
