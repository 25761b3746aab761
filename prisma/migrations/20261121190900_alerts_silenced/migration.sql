-- AlterTable
ALTER TABLE "AlertGroup" ADD COLUMN     "silencedUntil" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "AlertGroup_silencedUntil_idx" ON "AlertGroup"("silencedUntil");
