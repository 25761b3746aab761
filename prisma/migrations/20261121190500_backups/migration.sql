-- CreateTable
CREATE TABLE "BackupRun" (
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "backup" TEXT NOT NULL,
    "occurrence" TEXT,
    "state" JSONB NOT NULL,

    CONSTRAINT "BackupRun_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "BackupProgress" (
    "number" INTEGER NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "BackupProgress_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "BackupRun_backup_status_number_idx" ON "BackupRun"("backup", "status", "number");

-- CreateIndex
CREATE UNIQUE INDEX "BackupRun_backup_occurrence_key" ON "BackupRun"("backup", "occurrence");


-- Written by hand from here on: what Prisma's schema has no words for.

-- Numbers of backups. A transaction that fails leaves a gap; a number is never given twice.
CREATE SEQUENCE "backup_number" AS INTEGER;
