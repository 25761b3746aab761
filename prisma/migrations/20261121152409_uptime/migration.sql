-- CreateTable
CREATE TABLE "CheckAnswered" (
    "key" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT NOT NULL,
    "looks" INTEGER NOT NULL,
    "detail" TEXT,

    CONSTRAINT "CheckAnswered_pkey" PRIMARY KEY ("key","from")
);

-- CreateTable
CREATE TABLE "BudgetWarning" (
    "slo" TEXT NOT NULL,
    "objective" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "warning" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BudgetWarning_pkey" PRIMARY KEY ("slo","objective","period","warning")
);
