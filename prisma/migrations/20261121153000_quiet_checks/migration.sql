-- A state row is what its events lead to: those from before windows kept checks quiet say so too.
UPDATE "CheckState" SET "state" = '{"window": null, "after": null}'::jsonb || "state";
