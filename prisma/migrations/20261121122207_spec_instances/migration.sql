-- CreateTable
CREATE TABLE "SpecInstance" (
    "id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "fault" TEXT,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SpecInstance_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DutyRun_duty_dueAt_idx" ON "DutyRun"("duty", "dueAt");
