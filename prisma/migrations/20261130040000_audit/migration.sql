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

-- Append-only: no entry is deleted, and none is changed but by its outcome. Rules, because the engine of migrations cuts
-- the body of a function at its semicolons.
CREATE RULE "audit_is_kept" AS ON DELETE TO "audit" DO INSTEAD NOTHING;
CREATE RULE "audit_is_unchanged" AS ON UPDATE TO "audit"
  WHERE OLD."outcome" IS NOT NULL OR to_jsonb(NEW) - 'outcome' <> to_jsonb(OLD) - 'outcome'
  DO INSTEAD NOTHING;
