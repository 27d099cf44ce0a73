import { z } from 'zod';
import { fields, listBy, time } from './schema.ts';

/** One condition in the form that Kubernetes itself uses. */
export const standardCondition = fields({
  type: z.string().min(1).max(316).describe('What the condition is about, in CamelCase, for instance Ready. Required.'),
  status: z.enum(['True', 'False', 'Unknown']).describe('Whether it holds. Required.'),
  reason: z.string().max(1024).describe('One CamelCase word that says why. Required.'),
  message: z.string().max(32768).describe('A sentence for people: what it is about and what to do next. Required.'),
  lastTransitionTime: time().describe('When the status last changed. Required.'),
  observedGeneration: z.int().optional().describe('The generation of the object for which the condition was computed.'),
});

/** The list of conditions in a status, in the form that Kubernetes itself uses. */
export const standardConditions = listBy(['type'], standardCondition).optional().describe('What holds at the moment, one entry per type.');
