-- The W3C trace context that all spans of the job are below. NULL where it has no trace.
ALTER TABLE "jobs" ADD COLUMN "traceparent" TEXT;
