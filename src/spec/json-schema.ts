import { z } from 'zod';
import { specSchema } from './schema.ts';
import { WHEN_JSON_SCHEMA } from './when-json-schema.ts';

/** The part of JSON Schema that the spec's own schema comes out as. */
export interface JsonSchema {
  $ref?: string;
  title?: string;
  type?: string | string[];
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  $defs?: Record<string, JsonSchema>;
}

/**
 * The spec file as a JSON Schema, for editors that complete and check while one types. It knows keys, words and shapes;
 * what entries say about each other, and env:NAME, only `spec check` knows.
 */
export function specJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(specSchema({}), {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema & {
    $schema: string;
  };
  const { severities, incident, ...rest } = schema.properties ?? {};
  return Object.assign({ $schema, title: 'Mainstay operations spec' }, schema, {
    // The loader fills in both from the built-in spec.
    required: (schema.required ?? []).filter((key) => key !== 'severities' && key !== 'incident'),
    properties: inOrder({ ...rest, severities: { ...severities }, incident: { ...incident, required: [] } }, schema),
    $defs: { when: WHEN_JSON_SCHEMA },
  });
}

function inOrder(properties: Record<string, JsonSchema>, { properties: order = {} }: JsonSchema) {
  return Object.fromEntries(Object.keys(order).map((key) => [key, properties[key] ?? {}]));
}
