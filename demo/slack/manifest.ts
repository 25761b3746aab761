/**
 * What the demo needs of `manifest.yml`: the commands and shortcuts a person is offered, the scopes the app's token gets and
 * the events it hears. Slack reads the same file, so what is missing there is missing here.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const manifestSchema = z.object({
  display_information: z.object({ name: z.string(), description: z.string().default('') }),
  features: z.object({
    app_home: z
      .object({
        home_tab_enabled: z.boolean().default(false),
        messages_tab_enabled: z.boolean().default(false),
        messages_tab_read_only_enabled: z.boolean().default(false),
      })
      .prefault({}),
    slash_commands: z
      .array(
        z.object({
          command: z.string().startsWith('/'),
          description: z.string(),
          usage_hint: z.string().default(''),
          should_escape: z.boolean().default(false),
        }),
      )
      .default([]),
    shortcuts: z
      .array(
        z.object({
          name: z.string(),
          type: z.enum(['message', 'global']),
          callback_id: z.string(),
          description: z.string(),
        }),
      )
      .default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}),
  }),
});

export interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly appHome: { readonly home: boolean; readonly messages: boolean; readonly readOnly: boolean };
  readonly commands: readonly {
    readonly command: string;
    readonly description: string;
    readonly usage: string;
    readonly escapes: boolean;
  }[];
  readonly shortcuts: readonly {
    readonly name: string;
    readonly type: 'message' | 'global';
    readonly callbackId: string;
    readonly description: string;
  }[];
  readonly scopes: readonly string[];
  readonly events: readonly string[];
}

/** Reads a manifest. @throws with the file's name when it is not one. */
export function readManifest(file: string): Manifest {
  const read = manifestSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!read.success) throw new Error(`${file} is no Slack app manifest: ${z.prettifyError(read.error)}`);
  const { display_information: info, features, oauth_config, settings } = read.data;
  return {
    name: info.name,
    description: info.description,
    appHome: {
      home: features.app_home.home_tab_enabled,
      messages: features.app_home.messages_tab_enabled,
      readOnly: features.app_home.messages_tab_read_only_enabled,
    },
    commands: features.slash_commands.map(({ command, description, usage_hint, should_escape }) => ({
      command,
      description,
      usage: usage_hint,
      escapes: should_escape,
    })),
    shortcuts: features.shortcuts.map(({ callback_id, ...rest }) => ({ ...rest, callbackId: callback_id })),
    scopes: oauth_config.scopes.bot,
    events: settings.event_subscriptions.bot_events,
  };
}
