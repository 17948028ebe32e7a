-- The order of the queue is (turn, queue_number).
-- Jobs that wait already keep their order, which is also the order of their messages.
ALTER TABLE "jobs" ADD COLUMN "turn" BIGINT NOT NULL DEFAULT 0;

-- Those that only wait for their turn, and of these those that may start at once.
CREATE INDEX "jobs_turn_idx" ON "jobs"("turn", "queue_number") INCLUDE ("run_at")
  WHERE "state" = 'queued' AND "needs" IS NULL;
CREATE INDEX "jobs_turn_now_idx" ON "jobs"("turn", "queue_number")
  WHERE "state" = 'queued' AND "needs" IS NULL AND "run_at" IS NULL;
CREATE INDEX "jobs_turn_of_owner_idx" ON "jobs"("owner", "turn") WHERE "state" = 'queued' AND "needs" IS NULL;
