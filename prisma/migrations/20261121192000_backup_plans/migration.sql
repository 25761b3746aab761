-- CreateTable
CREATE TABLE "BackupPlan" (
    "key" TEXT NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "BackupPlan_pkey" PRIMARY KEY ("key")
);
