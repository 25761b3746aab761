-- CreateTable
CREATE TABLE "CheckNotes" (
    "check" TEXT NOT NULL,
    "notes" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CheckNotes_pkey" PRIMARY KEY ("check")
);
