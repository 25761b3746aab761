import { z } from 'zod';
import type { WantedVariable } from '../../domain/spec/check-questions.ts';
import { aTarget } from '../entries.ts';
import { shaped, text } from '../values.ts';
import { limitOf, oneQuery, path, pattern } from './entries.ts';

const variable = shaped(/^[A-Za-z_]\w*$/, 'write the name of a variable, such as DATABASE_URL');

export const environment = {
  kind: z.literal('environment').describe('Whether variables are set for Mainstay, and well-formed.'),
  variables: z
    .array(
      z.union([
        variable.transform((name): WantedVariable => ({ name })),
        z.strictObject({ name: variable, matches: pattern.describe('What the whole value looks like.') }),
      ]),
    )
    .min(1, 'is an empty list; name at least one')
    .describe('Names of variables, each alone or with a pattern of its value. Values are never shown.'),
};

export const ownProcess = {
  kind: z.literal('process').describe('Memory and CPU of a process on this machine; that it runs at all.'),
  of: z
    .union([
      z.literal('mainstay'),
      z.strictObject({ pidFile: path.describe('The file its number is in.') }),
      z.strictObject({ name: text.describe('What it is called.') }),
    ])
    .describe('mainstay for the own one, or { pidFile: ... } or { name: ... }.'),
  memory: limitOf('size', 'percent').exactOptional().describe("Too much, as a size or a share of the machine's."),
  cpu: limitOf('percent').exactOptional().describe('Too much of one core since the last look: "> 80%".'),
};

export const parity = {
  kind: z.literal('parity').describe('Whether environments say the same: a version, migrations, names of variables.'),
  between: z
    .array(
      z.strictObject({
        name: text.describe('What people call the environment.'),
        target: aTarget,
        path: path.exactOptional().describe('Of an http target: what is asked.'),
        at: text.exactOptional().describe('Where in its JSON answer; of a map only the names are compared.'),
        query: oneQuery.exactOptional().describe('Of a postgres target: the first column of its rows.'),
      }),
    )
    .min(2, 'names fewer than two; name the environments that are compared')
    .describe('The first is what the others should be like.'),
};

export const command = {
  kind: z.literal('command').describe('How a program ends. It is started without a shell.'),
  argv: z
    .array(text)
    .min(1, 'is an empty list; write the program and its arguments')
    .describe('Program and arguments.'),
  folder: path.describe('Where it runs.'),
  pass: z.array(variable).default([]).describe("Names of Mainstay's variables it is given; it has no others."),
  exit: z
    .int('is not a whole number')
    .min(0, 'is less than 0')
    .max(255, 'is more than 255')
    .default(0)
    .describe('How it must end; 0 unless told.'),
  prints: pattern.exactOptional().describe('A pattern its output must match.'),
};
