-- The order in which jobs wait. Rows that do not wait keep the number that they waited under, or none.
CREATE SEQUENCE "jobs_queue_number_seq";

ALTER TABLE "jobs" ADD COLUMN "queue_number" BIGINT;

UPDATE "jobs" SET "queue_number" = waiting."number"
FROM (
  SELECT "id", row_number() OVER (ORDER BY "queued_at", "id") AS "number" FROM "jobs" WHERE "state" = 'queued'
) AS waiting
WHERE "jobs"."id" = waiting."id";

SELECT setval('"jobs_queue_number_seq"', (SELECT coalesce(max("queue_number"), 0) + 1 FROM "jobs"), false);

ALTER TABLE "jobs" ALTER COLUMN "queue_number" SET DEFAULT nextval('"jobs_queue_number_seq"');
ALTER SEQUENCE "jobs_queue_number_seq" OWNED BY "jobs"."queue_number";

-- Every read has an index of just the rows that it may touch, so that neither queue nor history slows it.
DROP INDEX "jobs_state_queued_at_idx";
DROP INDEX "jobs_expires_at_idx";
DROP INDEX "jobs_owner_created_at_id_idx";
DROP INDEX "jobs_batch_id_idx";
DROP INDEX "jobs_source_format_finished_at_idx";

CREATE INDEX "jobs_waiting_idx" ON "jobs"("queue_number") INCLUDE ("run_at") WHERE "state" = 'queued';
CREATE INDEX "jobs_waiting_of_owner_idx" ON "jobs"("owner", "queue_number") WHERE "state" = 'queued';
-- Not by heartbeat, which changes every second: PostgreSQL writes a row in its place only where no index changes.
CREATE INDEX "jobs_running_idx" ON "jobs"("worker") WHERE "state" = 'running';
CREATE INDEX "jobs_with_files_idx" ON "jobs"("expires_at")
  WHERE "state" IN ('completed', 'failed', 'cancelled') AND "files_deleted_at" IS NULL;
CREATE INDEX "jobs_without_files_idx" ON "jobs"("finished_at") WHERE "files_deleted_at" IS NOT NULL;
CREATE INDEX "jobs_throughput_idx" ON "jobs"("finished_at") WHERE "state" IN ('completed', 'failed');
CREATE INDEX "jobs_pace_idx" ON "jobs"("source_format", "target", "finished_at")
  WHERE "state" = 'completed' AND "timings" IS NOT NULL;
CREATE INDEX "jobs_owner_created_at_id_idx" ON "jobs"("owner", "created_at", "id");
CREATE INDEX "jobs_owner_batch_id_created_at_id_idx" ON "jobs"("owner", "batch_id", "created_at", "id");

-- By the share of dead rows alone a long history would keep those of the queue for days.
ALTER TABLE "jobs" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
