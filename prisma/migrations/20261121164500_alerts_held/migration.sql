-- AlterTable
ALTER TABLE "AlertInbox" ADD COLUMN     "notBefore" TIMESTAMPTZ(3);
