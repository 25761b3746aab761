-- CreateTable
CREATE TABLE "DrillRun" (
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "backup" TEXT NOT NULL,
    "occurrence" TEXT,
    "state" JSONB NOT NULL,

    CONSTRAINT "DrillRun_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "DrillRun_backup_status_number_idx" ON "DrillRun"("backup", "status", "number");

-- CreateIndex
CREATE UNIQUE INDEX "DrillRun_backup_occurrence_key" ON "DrillRun"("backup", "occurrence");


-- Written by hand from here on: what Prisma's schema has no words for.

-- Numbers of drills. A transaction that fails leaves a gap; a number is never given twice.
CREATE SEQUENCE "drill_number" AS INTEGER;
