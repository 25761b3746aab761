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
    "revision" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "AlertInbox_pkey" PRIMARY KEY ("source","group")
);

-- CreateTable
CREATE TABLE "AlertGroup" (
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "storm" INTEGER,
    "incident" INTEGER,
    "mutedUntil" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "channel" TEXT NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "AlertGroup_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "AlertStorm" (
    "number" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "AlertStorm_pkey" PRIMARY KEY ("number")
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

-- CreateIndex
CREATE INDEX "AlertGroup_storm_idx" ON "AlertGroup"("storm");

-- CreateIndex
CREATE INDEX "AlertGroup_mutedUntil_idx" ON "AlertGroup"("mutedUntil");

-- CreateIndex
CREATE INDEX "AlertGroup_channel_startedAt_idx" ON "AlertGroup"("channel", "startedAt");

-- CreateIndex
CREATE INDEX "AlertStorm_channel_number_idx" ON "AlertStorm"("channel", "number");

-- Written by hand from here on: what Prisma's schema has no words for.

-- Numbers of groups of alerts and of the messages they share. A transaction that fails leaves a gap; a number is never given twice.
CREATE SEQUENCE "alert_number" AS INTEGER;
CREATE SEQUENCE "alert_storm_number" AS INTEGER;
