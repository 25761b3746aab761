import { writeFileSync } from 'node:fs';
import { jsonSchemaFile, referencePage } from '../../src/spec/document.ts';

// `npm run docs`: writes what is generated from the schema of the spec file.
const docs = new URL('../../docs/', import.meta.url).pathname;
writeFileSync(`${docs}spec.md`, referencePage());
writeFileSync(`${docs}spec.schema.json`, jsonSchemaFile());
