-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "options" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "report" JSONB,
ADD COLUMN     "sealed" TEXT,
ADD COLUMN     "source_flags" JSONB;

-- CreateTable
CREATE TABLE "presets" (
    "owner" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "presets_pkey" PRIMARY KEY ("owner","name")
);
