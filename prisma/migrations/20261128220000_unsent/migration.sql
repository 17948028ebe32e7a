-- Since when the message of a waiting job is still to be sent. NULL where it was sent.
ALTER TABLE "jobs" ADD COLUMN "unsent_since" TIMESTAMPTZ(3);

CREATE INDEX "jobs_unsent_idx" ON "jobs"("unsent_since") WHERE "unsent_since" IS NOT NULL;
CREATE INDEX "jobs_unsent_message_idx" ON "jobs"("message_id") WHERE "unsent_since" IS NOT NULL;

-- The dead letters: jobs that failed with a retryable error after their last attempt.
CREATE INDEX "jobs_dead_idx" ON "jobs"("finished_at") WHERE "state" = 'failed' AND ("error"->>'retryable')::boolean;
