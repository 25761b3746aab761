-- AlterTable
ALTER TABLE "CheckSample" ADD COLUMN "everyMs" BIGINT;

-- The interval of answers given so far is the one of today; nothing knows more of them.
UPDATE "CheckSample" AS sample SET "everyMs" = schedule."everyMs" FROM "CheckSchedule" AS schedule WHERE schedule.key = sample.key;
-- Whose check was never scheduled was counted nowhere, and is not now.
UPDATE "CheckSample" SET "everyMs" = 0 WHERE "everyMs" IS NULL;

ALTER TABLE "CheckSample" ALTER COLUMN "everyMs" SET NOT NULL;
