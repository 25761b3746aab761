-- AlterTable
ALTER TABLE "Alert" ADD COLUMN     "missingSince" TIMESTAMPTZ(3),
ADD COLUMN     "seenAt" TIMESTAMPTZ(3);
