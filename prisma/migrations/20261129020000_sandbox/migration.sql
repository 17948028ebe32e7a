-- What a worker's engines run in: bwrap, landlock or off. NULL while it is not known.
ALTER TABLE "workers" ADD COLUMN "sandbox" TEXT;
