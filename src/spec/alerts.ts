import { z } from 'zod';
import { SEVERITIES } from '../domain/incident/severity.ts';
import type { AlertRule } from '../domain/spec/alerts.ts';
import { assumed, clause } from './entries.ts';
import { channel, key, text } from './values.ts';

const rule = z
  .strictObject({
    key: key.describe('The word history knows it by.'),
    match: z
      .record(text, text)
      .default({})
      .describe(
        'Labels that all alerts of the group have, with exactly these values; every group where it is left out.',
      ),
    service: key.exactOptional().describe('A key of `services`; the one that the label `service` names unless told.'),
    severity: z.enum(SEVERITIES).exactOptional().describe('How bad an incident about them is.'),
    declare: z
      .boolean()
      .default(false)
      .describe('Whether Mainstay declares the incident by itself; a button offers it unless told.'),
    channel: channel.exactOptional().describe("Where they are shown; the channel of the service's team unless told."),
    clause,
    assumed,
  })
  .refine(({ declare, severity }) => !declare || severity !== undefined, {
    path: ['severity'],
    error: 'is missing; an incident that Mainstay declares by itself needs one',
  }) satisfies z.ZodType<AlertRule>;

export const alerts = z.strictObject({
  rules: z.array(rule).default([]).describe('What is done with which alerts; the first one that matches decides.'),
});
