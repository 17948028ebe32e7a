-- Sessions of operators that were ended by signing out, until they would have expired.
CREATE TABLE "ended_sessions" (
  "id" UUID NOT NULL PRIMARY KEY,
  "expires_at" TIMESTAMPTZ(3) NOT NULL
);
