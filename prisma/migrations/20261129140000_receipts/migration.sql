-- Who wanted the files of a job deleted: its receipt says so as long as the row is kept.
ALTER TABLE "jobs" ADD COLUMN "deleted_by" TEXT;
