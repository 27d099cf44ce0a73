import { z } from 'zod';
import { anyFields, duration, fields } from '../schema.ts';
import { chosenObjects } from './common.ts';

const exec = {
  container: z.string().optional().describe('Container to run it in. Omitted: the first one of the pod.'),
  command: z.array(z.string()).min(1).describe('Command and arguments. Required, at least one.'),
  onError: z.enum(['Continue', 'Fail']).optional().describe('Whether an error fails the whole: Continue or Fail. Omitted: Fail.'),
};

const backupHook = fields({
  exec: fields({
    ...exec,
    timeout: duration().optional().describe('How long it may take. Omitted: 30s.'),
  }).describe('A command to run in a container. Required.'),
});

const scope = { name: z.string().describe('Name of the hook. Required.'), ...chosenObjects };

/** Commands that run in pods before and after they are backed up. */
export const backupHooks = fields({
  resources: z
    .array(
      fields({
        ...scope,
        pre: z.array(backupHook).optional().describe('Before the pod is backed up. Omitted: none.'),
        post: z.array(backupHook).optional().describe('After the pod was backed up. Omitted: none.'),
      }),
    )
    .nullish()
    .describe('Hooks and the pods that they are for. Omitted: none.'),
})
  .optional()
  .describe('Commands to run in pods around their backup.');

const restoreHook = fields({
  exec: fields({
    ...exec,
    execTimeout: duration().optional().describe('How long it may take. Omitted: 30s.'),
    waitTimeout: duration().optional().describe('How long to wait for the container. Omitted: without end.'),
    waitForReady: z.boolean().nullish().describe('Waits until the container is ready, not only running. Omitted: false.'),
  })
    .optional()
    .describe('A command to run in a restored container.'),
  init: fields({
    initContainers: z.array(anyFields()).optional().describe('Init containers that are put in front of those of the pod.'),
    timeout: duration().optional().describe('How long they may take. Omitted: without end.'),
  })
    .optional()
    .describe('Init containers to add to restored pods.'),
});

/** What runs in pods after they were restored. */
export const restoreHooks = fields({
  resources: z
    .array(fields({ ...scope, postHooks: z.array(restoreHook).optional().describe('After the pod was restored. Omitted: none.') }))
    .optional()
    .describe('Hooks and the pods that they are for. Omitted: none.'),
})
  .optional()
  .describe('What to run in restored pods.');
