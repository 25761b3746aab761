-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "publishedAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Incident_publishedAt_idx" ON "Incident"("publishedAt");

-- What follows from an incident's events has public notes now; of those before, none.
UPDATE "Incident" SET state = state || '{"publicNotes": []}'::jsonb;
