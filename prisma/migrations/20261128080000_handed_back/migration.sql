-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "handed_back" INTEGER NOT NULL DEFAULT 0;

-- Until now a hand-back raised "max_attempts" instead.
UPDATE "jobs" SET "handed_back" = earlier.times, "max_attempts" = "max_attempts" - earlier.times
FROM (
  SELECT "job_id", count(*)::int AS times FROM "attempts" WHERE "outcome" = 'handed_back' GROUP BY "job_id"
) AS earlier
WHERE "jobs"."id" = earlier."job_id";
