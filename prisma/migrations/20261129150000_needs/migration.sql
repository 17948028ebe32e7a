-- Queued jobs that need something of their sender have no number: they are not in the queue. Cancelled ones keep what
-- they need until their files are deleted.
CREATE INDEX "jobs_needing_idx" ON "jobs"("expires_at") WHERE "needs" IS NOT NULL;
