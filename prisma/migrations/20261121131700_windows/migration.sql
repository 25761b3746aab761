-- CreateTable
CREATE TABLE "Window" (
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "window" TEXT,
    "occurrence" TEXT,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "nextLookAt" TIMESTAMPTZ(3),
    "state" JSONB NOT NULL,

    CONSTRAINT "Window_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "WindowPlan" (
    "key" TEXT NOT NULL,
    "through" TIMESTAMPTZ(3) NOT NULL,
    "goneSince" TIMESTAMPTZ(3),

    CONSTRAINT "WindowPlan_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "Window_nextLookAt_idx" ON "Window"("nextLookAt");

-- CreateIndex
CREATE INDEX "Window_startsAt_idx" ON "Window"("startsAt");

-- CreateIndex
CREATE INDEX "Window_status_idx" ON "Window"("status");

-- CreateIndex
CREATE UNIQUE INDEX "Window_window_occurrence_key" ON "Window"("window", "occurrence");

-- Written by hand from here on: what Prisma's schema has no words for.

-- Numbers of windows. A transaction that fails leaves a gap; a number is never given twice.
CREATE SEQUENCE "window_number" AS INTEGER;
