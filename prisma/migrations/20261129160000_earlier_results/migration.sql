-- Whether secret options came with a job, which a row forgets at its end: such a result is not offered for the same file
-- again. Nobody knows it of the rows that are there.
ALTER TABLE "jobs" ADD COLUMN "had_secrets" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "jobs" ALTER COLUMN "had_secrets" SET DEFAULT false;

-- The results that are kept of an owner's file, by its bytes.
CREATE INDEX "jobs_earlier_result_idx" ON "jobs"("owner", "source_sha256", "target", "finished_at")
  WHERE "state" = 'completed' AND "files_deleted_at" IS NULL AND "deleted_by" IS NULL AND NOT "had_secrets";
