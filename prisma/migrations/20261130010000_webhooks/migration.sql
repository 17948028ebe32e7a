-- Where the end of a job, or of its batch, is to be told, and what became of that. NULL without a webhook.
ALTER TABLE "jobs" ADD COLUMN "webhook" JSONB;
-- Grows with each write that makes an earlier message of the webhook void.
ALTER TABLE "jobs" ADD COLUMN "webhook_step" INTEGER NOT NULL DEFAULT 0;
-- Since when, or from when on, its message is to be sent. NULL where it was sent, or none is needed.
ALTER TABLE "jobs" ADD COLUMN "webhook_unsent_since" TIMESTAMPTZ(3);

CREATE INDEX "jobs_webhook_unsent_idx" ON "jobs"("webhook_unsent_since") WHERE "webhook_unsent_since" IS NOT NULL;
