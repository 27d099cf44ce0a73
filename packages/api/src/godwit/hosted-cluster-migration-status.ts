import { z } from 'zod';
import { anyFields, fields, stringMap, strings, time } from '../schema.ts';
import { standardConditions } from '../standard-condition.ts';
import { snapshotFields } from './snapshot.ts';

const phaseRecord = fields({
  name: z.string().describe('Name of the phase. Required.'),
  step: z.string().optional().describe('The step of the procedure that it belongs to.'),
  started: time().optional().describe('When the phase was first entered.'),
  completed: time().optional().describe('When it ended. Omitted: it has not.'),
  attempts: z.int().optional().describe('How often it was tried, counted from 1.'),
  reason: z.string().optional().describe('One CamelCase word: why it waits, or how it ended.'),
  message: z.string().optional().describe('The reason as a sentence.'),
});
/** One entry of a move's journal. */
export type MovePhaseRecord = z.infer<typeof phaseRecord>;

const evidence = fields({
  row: z.int().min(0).max(17).describe('Number of the step in the procedure, from 0. Required.'),
  name: z.string().describe('What was checked or done. Required.'),
  inputs: stringMap().optional().describe('What it was checked against or done with; never a secret.'),
  result: z.string().describe('What came out, in a sentence or value. Required.'),
  hashes: stringMap().optional().describe('SHA-256, in hex, of what was read or written, by name.'),
  started: time().optional().describe('When it was begun.'),
  completed: time().describe('When it was recorded. Required.'),
});
/** One entry of the record of what a move did and saw; entries are only added. */
export type MoveEvidence = z.infer<typeof evidence>;

const node = fields({
  name: z.string().describe('Name of the node. Required.'),
  uid: z.string().describe('UID of the node. Required.'),
  providerID: z.string().optional().describe('Which machine it is.'),
  nodePool: z.string().optional().describe('The pool that it belongs to.'),
  machine: z.string().optional().describe('Name of its Machine.'),
  unready: z.boolean().optional().describe('It was not ready before the move, so nobody waits for it. Omitted: it was.'),
  returned: time().optional().describe('When it was seen ready under the new control plane. Omitted: not yet.'),
});
/** A node of the moved cluster as it was before the move. */
export type MoveNode = z.infer<typeof node>;

/** The status of a move. */
export const moveStatus = fields({
  conditions: standardConditions,
  observedGeneration: z.int().optional().describe('The generation that was last reconciled.'),
  startTimestamp: time().optional().describe('When the work began.'),
  completionTimestamp: time().optional().describe('When it ended, well or not.'),
  phase: z.string().optional().describe('The phase that is being worked on. Omitted: not begun.'),
  itinerary: z.string().optional().describe('Name of the list of phases that is followed.'),
  errors: strings().optional().describe('What went wrong, in sentences. Omitted: nothing.'),
  phases: z.array(phaseRecord).optional().describe('The journal of the phases in the order in which they were entered.'),
  evidence: z.array(evidence).optional().describe('What was done and seen; entries are only added.'),
  downtime: fields({
    started: time().optional().describe('When the API server of the source was stopped.'),
    ended: time().optional().describe('When that of the destination answered by its public name.'),
    seconds: z.number().min(0).optional().describe('How long nobody answered, in seconds.'),
  })
    .optional()
    .describe('How long the API of the hosted cluster was away.'),
  epoch: z.int().min(0).optional().describe('Number of this move among all moves of the hosted cluster; the fence carries it.'),
  fence: z.string().optional().describe('Name of the object in the bucket that forbids the source to serve.'),
  bundle: fields({
    key: z.string().describe('Name of the object in the bucket. Required.'),
    sha256: z.string().describe('SHA-256 of its bytes, in hex. Required.'),
    objects: z.int().describe('How many objects it holds. Required.'),
  })
    .optional()
    .describe('The encrypted objects of the hosted cluster in the bucket.'),
  snapshot: fields({
    ...snapshotFields,
    keys: z.record(z.string(), z.int()).optional().describe('How many keys it holds of each resource, those of past revisions left out.'),
  })
    .optional()
    .describe('The snapshot of etcd that the move carries.'),
  nodes: z.array(node).optional().describe('The nodes of the hosted cluster as they were before the move.'),
  source: anyFields().optional().describe('What is needed to bring the source back: replica counts and pauses as they were.'),
});
