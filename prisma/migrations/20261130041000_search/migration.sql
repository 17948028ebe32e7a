-- What operators search. The conditions are true of every row: they keep the planner from taking these indexes for other
-- statements, which have their own, and that of all rows for a search by something else.
CREATE INDEX "jobs_created_idx" ON "jobs"("created_at", "id") WHERE "source_bytes" >= 0;
CREATE INDEX "jobs_state_idx" ON "jobs"("state", "created_at", "id") WHERE "source_bytes" > -1;
CREATE INDEX "jobs_source_sha256_idx" ON "jobs"("source_sha256", "created_at", "id") WHERE "source_bytes" > -1;
CREATE INDEX "jobs_file_name_idx" ON "jobs"((lower("file_name") COLLATE "C"), "created_at", "id") WHERE "source_bytes" > -1;
CREATE INDEX "jobs_error_code_idx" ON "jobs"(("error"->>'code'), "created_at", "id") WHERE "error" IS NOT NULL;

-- Dead letters are listed as all others, newest first.
DROP INDEX "jobs_dead_idx";
CREATE INDEX "jobs_dead_idx" ON "jobs"("created_at", "id") WHERE "state" = 'failed' AND ("error"->>'retryable')::boolean;
