import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { fields, time } from '../schema.ts';
import { veleroKind } from './common.ts';

const plugin = fields({
  name: z.string().describe('Name of the plugin. Required.'),
  kind: z.string().describe('What it does. Required.'),
});

const status = fields({
  phase: z.enum(['New', 'Processed']).optional().describe('Whether the server has answered. Omitted: New.'),
  processedTimestamp: time().nullish().describe('When it answered; the request is deleted a minute later.'),
  serverVersion: z.string().optional().describe('Version of the server.'),
  plugins: z.array(plugin).nullish().describe('Plugins of the server.'),
});

/** Asks the server for its version and plugins. */
export const ServerStatusRequest = kind(
  {
    ...veleroKind,
    kind: 'ServerStatusRequest',
    description: 'Asks the server for its version and plugins.',
    plural: 'serverstatusrequests',
    shortNames: ['ssr'],
  },
  fields({}),
  status,
);
/** Asks the server for its version and plugins. */
export type ServerStatusRequest = ObjectOf<typeof ServerStatusRequest>;
