-- CreateTable
CREATE TABLE "Page" (
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "about" TEXT,
    "nextLookAt" TIMESTAMPTZ(3),
    "state" JSONB NOT NULL,

    CONSTRAINT "Page_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "Page_nextLookAt_idx" ON "Page"("nextLookAt");

-- CreateIndex
CREATE INDEX "Page_about_idx" ON "Page"("about");

-- CreateIndex
CREATE INDEX "Page_status_idx" ON "Page"("status");

-- Written by hand from here on: what Prisma's schema has no words for.

-- Numbers of pages. A transaction that fails leaves a gap; a number is never given twice.
CREATE SEQUENCE "page_number" AS INTEGER;
