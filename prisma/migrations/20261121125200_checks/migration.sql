-- CreateTable
CREATE TABLE "CheckSchedule" (
    "key" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "everyMs" BIGINT NOT NULL,
    "leaseMs" BIGINT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedBy" TEXT,
    "claimedUntil" TIMESTAMPTZ(3),
    "pulse" JSONB NOT NULL,

    CONSTRAINT "CheckSchedule_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "CheckState" (
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "group" INTEGER,
    "mutedUntil" TIMESTAMPTZ(3),
    "state" JSONB NOT NULL,

    CONSTRAINT "CheckState_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "CheckSample" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT NOT NULL,
    "latencyMs" DOUBLE PRECISION,
    "detail" TEXT,
    "figures" JSONB,

    CONSTRAINT "CheckSample_pkey" PRIMARY KEY ("key","at")
);

-- CreateTable
CREATE TABLE "CheckDay" (
    "key" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "good" INTEGER NOT NULL,
    "bad" INTEGER NOT NULL,
    "unclear" INTEGER NOT NULL,
    "goodMs" BIGINT NOT NULL,
    "badMs" BIGINT NOT NULL,
    "unclearMs" BIGINT NOT NULL,
    "latencyAvgMs" DOUBLE PRECISION,
    "latencyMaxMs" DOUBLE PRECISION,

    CONSTRAINT "CheckDay_pkey" PRIMARY KEY ("key","day")
);

-- CreateTable
CREATE TABLE "CheckGroup" (
    "number" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL,
    "renderedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CheckGroup_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "CheckWatch" (
    "channel" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "CheckWatch_pkey" PRIMARY KEY ("channel")
);

-- CreateTable
CREATE TABLE "HealthScreen" (
    "number" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "keys" JSONB NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL,
    "open" BOOLEAN NOT NULL,

    CONSTRAINT "HealthScreen_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "CheckSchedule_active_dueAt_idx" ON "CheckSchedule"("active", "dueAt");

-- CreateIndex
CREATE INDEX "CheckState_group_idx" ON "CheckState"("group");

-- CreateIndex
CREATE INDEX "CheckState_mutedUntil_idx" ON "CheckState"("mutedUntil");

-- CreateIndex
CREATE INDEX "CheckSample_at_idx" ON "CheckSample"("at");

-- CreateIndex
CREATE INDEX "CheckGroup_channel_number_idx" ON "CheckGroup"("channel", "number");

-- CreateIndex
CREATE INDEX "HealthScreen_open_idx" ON "HealthScreen"("open");

-- Written by hand from here on: what Prisma's schema has no words for.

-- Numbers of messages about failing checks, and of screens of answers. A transaction that fails leaves a gap.
CREATE SEQUENCE "check_group_number" AS INTEGER;
CREATE SEQUENCE "health_screen_number" AS INTEGER;
