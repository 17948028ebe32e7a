-- What a worker did when it reported: its host, its start and its processes. NULL of a version that did not tell.
ALTER TABLE "workers" ADD COLUMN "activity" JSONB;
