-- What the log says of how an attempt failed, with the last words of the engine, at most 4 KB. A purge empties it.
ALTER TABLE "attempts" ADD COLUMN "log" TEXT;
