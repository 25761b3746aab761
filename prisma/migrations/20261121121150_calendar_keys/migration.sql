-- CreateTable
CREATE TABLE "CalendarKey" (
    "team" TEXT NOT NULL,
    "secret" TEXT NOT NULL,

    CONSTRAINT "CalendarKey_pkey" PRIMARY KEY ("team")
);
