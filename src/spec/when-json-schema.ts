import { WEEKDAYS } from '../domain/duty/when.ts';

const oneOrMore = (item: Record<string, unknown>) => ({ anyOf: [item, { type: 'array', items: item, minItems: 1 }] });

const zone = { timezone: { type: 'string', description: "An IANA zone; the spec's unless told." } };
const at = {
  at: {
    description: 'A time of day such as "09:00", or a list of such; 09:00 where it is left out.',
    ...oneOrMore({ type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }),
  },
};
const every = (values: readonly string[]) => ({ every: { enum: values } });
const on = (item: Record<string, unknown>, examples: string) => ({
  on: { description: `Such as ${examples}, or a list of such.`, ...oneOrMore(item) },
});
const form = (required: readonly string[], properties: Record<string, unknown>) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties: { ...properties, ...zone },
});

/**
 * What editors are told of a `when:`, which is read by a parser of its own: the keys of each form. The parser also
 * looks at the words after `on` and the fields of cron lines.
 */
export const WHEN_JSON_SCHEMA = {
  description: 'When a recurring thing happens.',
  anyOf: [
    form(['every'], { ...every(['day', 'weekday']), ...at }),
    form(['every', 'on'], { ...every(['week']), ...on({ enum: WEEKDAYS }, 'monday'), ...at }),
    form(['every', 'on'], {
      ...every(['month']),
      ...on({ type: ['string', 'integer'] }, 'first sunday, last friday, last day, 15'),
      ...at,
    }),
    form(['every', 'on'], { ...every(['quarter']), ...on({ type: 'string' }, 'last day, first monday'), ...at }),
    form(['every', 'on'], { ...every(['year']), ...on({ type: 'string' }, '15 january, last friday of march'), ...at }),
    form(['every'], { ...every(['hour', 'minute']) }),
    form(['every'], {
      every: { type: 'string', pattern: '^\\d+ (hour|minute)s?$', description: 'Such as "15 minutes", "6 hours".' },
    }),
    form(['every', 'from'], {
      every: { type: 'string', pattern: '^\\d+ (day|week)s?$', description: 'Such as "90 days".' },
      from: { type: 'string', format: 'date', description: 'The first day, such as 2026-01-01.' },
      ...at,
    }),
    form(['cron'], { cron: { type: 'string', description: 'Five fields, such as "0 6 * * *".' } }),
  ],
};

/** Stands for a `when:` in the JSON Schema of a section. */
export const WHEN_REFERENCE = { $ref: '#/$defs/when' };
