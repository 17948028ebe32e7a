-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "thumbnail_key" TEXT,
ADD COLUMN     "timings" JSONB;

-- CreateIndex
CREATE INDEX "jobs_source_format_finished_at_idx" ON "jobs"("source_format", "finished_at" DESC);
