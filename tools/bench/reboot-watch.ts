import { setTimeout as pause } from 'node:timers/promises';
import { requireNode } from '@godwit/devcluster';
import type { TestNode } from '../../e2e/support/node.ts';

const EVERY_MILLISECONDS = 50;

/** Seconds of one reboot: until the old release has ended and the new one is entered, then until its API answers. */
export type Reboot = { down: number; up: number };

const untilTrue = async (holds: () => boolean | Promise<boolean>): Promise<number> => {
  while (!(await holds())) await pause(EVERY_MILLISECONDS);
  return performance.now();
};

const answers = ({ kubectl }: TestNode): Promise<boolean> =>
  kubectl.run(['get', '--raw', '/readyz', '--request-timeout=1s']).then(
    (said) => said === 'ok',
    () => false,
  );

/** Watches the next reboot of a node, which begins when its API stops answering. */
export const watchReboot = async (set: string, id: string, node: TestNode): Promise<Reboot> => {
  const before = requireNode(set, id).bootId;
  const gone = await untilTrue(async () => !(await answers(node)) || requireNode(set, id).bootId !== before);
  const entered = await untilTrue(() => requireNode(set, id).bootId !== before);
  const answering = await untilTrue(() => answers(node));
  return { down: (entered - gone) / 1000, up: (answering - entered) / 1000 };
};
