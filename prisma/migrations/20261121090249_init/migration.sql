-- CreateTable
CREATE TABLE "Event" (
    "subject" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "v" INTEGER NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("subject","seq")
);

-- CreateTable
CREATE TABLE "EventBody" (
    "subject" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "EventBody_pkey" PRIMARY KEY ("subject","seq")
);

-- CreateTable
CREATE TABLE "EventHead" (
    "subject" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "anchoredSeq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "EventHead_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "Incident" (
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "severity" TEXT,
    "channelId" TEXT,
    "nextUpdateDueAt" TIMESTAMPTZ(3),
    "postmortemDueAt" TIMESTAMPTZ(3),
    "state" JSONB NOT NULL,

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "Request" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer" JSONB NOT NULL,

    CONSTRAINT "Request_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" BIGSERIAL NOT NULL,
    "lane" TEXT NOT NULL,
    "intent" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "triedAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),
    "channel" TEXT,
    "ts" TEXT,
    "error" TEXT,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MessageRef" (
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "ts" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "MessageRef_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "JobClaim" (
    "jobId" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "instance" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "JobClaim_pkey" PRIMARY KEY ("jobId")
);

-- CreateTable
CREATE TABLE "SpecVersion" (
    "hash" TEXT NOT NULL,
    "loadedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" JSONB NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "SpecVersion_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "Event_kind_recordedAt_idx" ON "Event"("kind", "recordedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_channelId_key" ON "Incident"("channelId");

-- CreateIndex
CREATE INDEX "Incident_status_idx" ON "Incident"("status");

-- CreateIndex
CREATE INDEX "Incident_nextUpdateDueAt_idx" ON "Incident"("nextUpdateDueAt");

-- CreateIndex
CREATE INDEX "Request_at_idx" ON "Request"("at");

-- CreateIndex
CREATE INDEX "Delivery_status_id_idx" ON "Delivery"("status", "id");

-- CreateIndex
CREATE INDEX "Delivery_settledAt_idx" ON "Delivery"("settledAt");

-- CreateIndex
CREATE INDEX "JobClaim_instance_idx" ON "JobClaim"("instance");

-- Written by hand from here on: what Prisma's schema has no words for.

-- Numbers of incidents. A transaction that fails leaves a gap; a number is never given twice.
CREATE SEQUENCE "incident_number" AS INTEGER;

-- The log is append-only. These triggers stop mistakes and everyone who may write but does not own the tables; whoever
-- switches them off is found out by `audit verify`.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of "%" is refused: the log is append-only, a correction is a new event', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "Event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Event"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "EventBody_append_only" BEFORE UPDATE OR TRUNCATE ON "EventBody"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
-- A head moves with its chain and is never taken away.
CREATE TRIGGER "EventHead_stays" BEFORE DELETE OR TRUNCATE ON "EventHead"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- A body may go only when its own chain says so: an `event.erased` names its sequence, or an `event.expired` reaches
-- up to it. These two must already be written and keep their own bodies, so that the gap stays explained for ever.
CREATE FUNCTION "refuse_unexplained_erasure"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    victim RECORD;
BEGIN
    WITH said AS MATERIALIZED (
        SELECT "subject", "seq", "kind", "body"
          FROM "Event" JOIN "EventBody" USING ("subject", "seq")
         WHERE "kind" IN ('event.erased', 'event.expired')
           AND "subject" IN (SELECT "subject" FROM gone)
    ), erased AS (
        SELECT DISTINCT "subject", ("body" ->> 'seq')::INTEGER AS "seq"
          FROM said WHERE "kind" = 'event.erased' AND ("body" ->> 'seq')::INTEGER < "seq"
    ), expired AS (
        SELECT "subject", max(least(("body" ->> 'throughSeq')::INTEGER, "seq" - 1)) AS "through"
          FROM said WHERE "kind" = 'event.expired' GROUP BY "subject"
    )
    SELECT "subject", "seq" INTO victim
      FROM gone
      LEFT JOIN "Event" USING ("subject", "seq")
      LEFT JOIN erased USING ("subject", "seq")
      LEFT JOIN expired USING ("subject")
     WHERE "kind" IN ('event.erased', 'event.expired')
        OR (erased."subject" IS NULL AND "seq" > coalesce("through", 0))
     ORDER BY "subject", "seq"
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'DELETE of the body of % event % is refused: its chain holds no event.erased or event.expired for it',
            victim."subject", victim."seq"
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "EventBody_erased_only_with_a_reason" AFTER DELETE ON "EventBody"
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "refuse_unexplained_erasure"();
