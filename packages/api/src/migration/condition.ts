import { z } from 'zod';
import { fields, time, word } from '../schema.ts';

/** One condition as the migration kinds carry it: a standard condition with a category, and durable or not. */
export const condition = fields({
  type: z.string().describe('What the condition is about, in CamelCase, for instance Ready. Required.'),
  status: word('True', 'False', 'Unknown').describe('Whether it holds. A condition counts as present only when this is True. Required.'),
  reason: z.string().optional().describe('One CamelCase word that says why.'),
  category: word('Critical', 'Error', 'Warn', 'Required', 'Advisory').describe(
    'How grave it is: Critical stops the work and blocks Ready, Error blocks Ready, Warn and Advisory inform, Required must be there before Ready. Required.',
  ),
  message: z.string().optional().describe('A sentence for people: what it is about and what to do next.'),
  lastTransitionTime: time().describe('When status, reason, category or message last changed. Required.'),
  durable: z
    .boolean()
    .optional()
    .describe('Stays until it is removed, where other conditions go when they are not set again. Omitted: false.'),
  observedGeneration: z.int().optional().describe('Added by Godwit: the generation of the object for which the condition was computed.'),
});
/** One condition of a migration kind. */
export type Condition = z.infer<typeof condition>;

/** How grave a condition is. */
export type Category = 'Critical' | 'Error' | 'Warn' | 'Required' | 'Advisory';

/** The list of conditions in a status. */
export const conditions = z.array(condition).optional().describe('What holds at the moment, one entry per type.');
