ALTER TABLE "jobs" ADD COLUMN "folder" TEXT NOT NULL DEFAULT '';

-- A batch is counted by its id alone, and its oldest job says whose it is.
CREATE INDEX "jobs_batch_id_created_at_id_idx" ON "jobs"("batch_id", "created_at", "id");
