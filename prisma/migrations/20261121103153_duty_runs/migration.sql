-- CreateTable
CREATE TABLE "DutyRun" (
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "duty" TEXT NOT NULL,
    "occurrence" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "takenBy" TEXT,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "nextLookAt" TIMESTAMPTZ(3),
    "waivedTill" TIMESTAMPTZ(3),
    "state" JSONB NOT NULL,

    CONSTRAINT "DutyRun_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "DutyPlan" (
    "duty" TEXT NOT NULL,
    "through" TIMESTAMPTZ(3) NOT NULL,
    "goneSince" TIMESTAMPTZ(3),

    CONSTRAINT "DutyPlan_pkey" PRIMARY KEY ("duty")
);

-- CreateIndex
CREATE INDEX "DutyRun_nextLookAt_idx" ON "DutyRun"("nextLookAt");

-- CreateIndex
CREATE INDEX "DutyRun_dueAt_idx" ON "DutyRun"("dueAt");

-- CreateIndex
CREATE INDEX "DutyRun_status_idx" ON "DutyRun"("status");

-- CreateIndex
CREATE INDEX "DutyRun_waivedTill_idx" ON "DutyRun"("waivedTill");

-- CreateIndex
CREATE UNIQUE INDEX "DutyRun_duty_occurrence_key" ON "DutyRun"("duty", "occurrence");

-- Written by hand from here on: what Prisma's schema has no words for.

-- Numbers of runs. A transaction that fails leaves a gap; a number is never given twice.
CREATE SEQUENCE "run_number" AS INTEGER;
