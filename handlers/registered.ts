import type { Registry } from './registry.ts';

/** Everything Mainstay answers to in Slack. */
export const REGISTRY: Registry = { commands: [], actions: [], submissions: [], shortcuts: [], events: [] };
