-- CreateTable
CREATE TABLE "Alert" (
    "source" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(6) NOT NULL,
    "group" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "endsAt" TIMESTAMPTZ(6),
    "labels" JSONB NOT NULL,
    "annotations" JSONB NOT NULL,
    "url" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "told" INTEGER NOT NULL,

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("source","fingerprint","startsAt")
);

-- CreateTable
CREATE TABLE "AlertInbox" (
    "source" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "commonLabels" JSONB NOT NULL,
    "commonAnnotations" JSONB NOT NULL,
    "externalUrl" TEXT NOT NULL,
    "truncated" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AlertInbox_pkey" PRIMARY KEY ("source","group")
);

-- CreateTable
CREATE TABLE "AlertGroup" (
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "incident" INTEGER,
    "state" JSONB NOT NULL,

    CONSTRAINT "AlertGroup_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "Alert_source_group_status_idx" ON "Alert"("source", "group", "status");

-- CreateIndex
CREATE INDEX "Alert_lastSeenAt_idx" ON "Alert"("lastSeenAt");

-- CreateIndex
CREATE INDEX "AlertGroup_source_group_idx" ON "AlertGroup"("source", "group");

-- CreateIndex
CREATE INDEX "AlertGroup_status_idx" ON "AlertGroup"("status");

-- CreateIndex
CREATE INDEX "AlertGroup_incident_idx" ON "AlertGroup"("incident");

-- Written by hand from here on: what Prisma's schema has no words for.

-- Numbers of groups of alerts. A transaction that fails leaves a gap; a number is never given twice.
CREATE SEQUENCE "alert_number" AS INTEGER;
