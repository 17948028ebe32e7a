-- Queued jobs that need something of their sender have no number: they are not in the queue.
CREATE INDEX "jobs_needing_idx" ON "jobs"("expires_at") WHERE "state" = 'queued' AND "needs" IS NOT NULL;
