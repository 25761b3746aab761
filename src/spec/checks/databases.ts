import { z } from 'zod';
import { INTEGRITY_CHECKS } from '../../domain/spec/check-questions.ts';
import { aTarget, limit } from '../entries.ts';
import { text } from '../values.ts';
import { below, limitOf, oneQuery, within } from './entries.ts';

const breach = limit
  .exactOptional()
  .describe('What is bad of its first value: "> 100", or with a unit: milliseconds, bytes or percent are compared.');

export const sql = {
  kind: z.literal('sql').describe('The answer of a database.'),
  target: aTarget,
  query: oneQuery.default('SELECT 1'),
  returns: text.exactOptional().describe('What the first column of the first row must be.'),
  breach,
  within,
};

export const postgres = {
  kind: z.literal('postgres').describe('How a PostgreSQL server is: connections, replication, storage.'),
  target: aTarget,
  connections: limitOf('percent', 'count')
    .exactOptional()
    .describe('Connections in use, as a share of those it allows or as a number: "> 80%".'),
  replicationLag: limitOf('time')
    .exactOptional()
    .describe('How far behind it is as a standby, or the worst of its standbys; having none is a failure: "> 30s".'),
  size: limitOf('size').exactOptional().describe('The size of the database: "> 20GB".'),
  query: oneQuery.exactOptional(),
  breach,
  within,
};

export const sqlite = {
  kind: z.literal('sqlite').describe('Whether a SQLite file is whole, and how large. It is opened for reading only.'),
  target: aTarget,
  size: limitOf('size').exactOptional().describe('The size of the file: "> 1GB".'),
  integrity: z
    .enum(INTEGRITY_CHECKS)
    .default('full')
    .describe('How thoroughly it is looked through: integrity_check, quick_check or not at all.'),
};

export const redis = {
  kind: z.literal('redis').describe('How a Redis server is: an answer, memory, replication.'),
  target: aTarget,
  memory: limitOf('percent', 'size')
    .exactOptional()
    .describe('Memory in use, as a share of what it may use or as a size: "> 80%".'),
  replicas: limitOf('count').exactOptional().describe('How many replicas follow it: "< 1".'),
  replicationLag: limitOf('time')
    .exactOptional()
    .describe('How long, as a replica, it has heard nothing of the one it follows: "> 10s".'),
  within,
};

export const migrations = {
  kind: z.literal('migrations').describe('Whether the migrations in a folder are those the database has had.'),
  target: aTarget,
  files: aTarget.describe('A key of `targets`, of kind files or repository: where the folder is.'),
  folder: below.default('prisma/migrations').describe('The folder in it; prisma/migrations unless told.'),
};
