-- AlterTable
ALTER TABLE "DutyPlan" ADD COLUMN     "basis" TEXT;

-- AlterTable
ALTER TABLE "WindowPlan" ADD COLUMN     "basis" TEXT;
