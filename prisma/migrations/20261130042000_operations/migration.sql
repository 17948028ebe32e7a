-- Queues of which no message is handled.
CREATE TABLE "queue_pauses" (
  "queue" TEXT NOT NULL PRIMARY KEY,
  "since" TIMESTAMPTZ(3) NOT NULL
);

-- What operators ordered of a worker.
ALTER TABLE "workers" ADD COLUMN "is_drained" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "workers" ADD COLUMN "engine_orders" JSONB NOT NULL DEFAULT '[]';

-- How the last run of each schedule went.
CREATE TABLE "schedule_runs" (
  "schedule" TEXT NOT NULL PRIMARY KEY,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "took_ms" INTEGER NOT NULL,
  -- NULL of a run that went well.
  "error" TEXT
);

-- What became of jobs in each minute of the last hours and in each hour of the last days, counted by a schedule.
CREATE TABLE "job_statistics" (
  "span" TEXT NOT NULL,
  "starts_at" TIMESTAMPTZ(3) NOT NULL,
  "created" INTEGER NOT NULL,
  "completed" INTEGER NOT NULL,
  "failed" INTEGER NOT NULL,
  "bytes" BIGINT NOT NULL,
  -- How many jobs waited and ran for how long, by the bounds of `lib/statistics/histogram.ts`.
  "waited" INTEGER[] NOT NULL,
  "took" INTEGER[] NOT NULL,
  PRIMARY KEY ("span", "starts_at")
);

-- The same for failures that are alike.
CREATE TABLE "failure_statistics" (
  "span" TEXT NOT NULL,
  "starts_at" TIMESTAMPTZ(3) NOT NULL,
  "code" TEXT NOT NULL,
  "format" TEXT NOT NULL,
  "fingerprint" TEXT NOT NULL,
  "failed" INTEGER NOT NULL,
  "first_at" TIMESTAMPTZ(3) NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  "samples" UUID[] NOT NULL,
  PRIMARY KEY ("span", "starts_at", "code", "format", "fingerprint")
);
