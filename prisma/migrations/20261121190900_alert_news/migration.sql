-- DropIndex
DROP INDEX "Alert_lastSeenAt_idx";

-- AlterTable
ALTER TABLE "Alert" ADD COLUMN     "news" BOOLEAN NOT NULL DEFAULT true;
