-- A state row is what its events lead to: those from before windows kept quiet what they cover say so too.
UPDATE "Window"
   SET "state" = '{"overrunAgainAt": null, "silences": {}, "quiet": {"things": [], "count": 0}, "aftermath": null}'::jsonb || "state";
