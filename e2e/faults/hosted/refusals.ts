import { CLUSTERS } from '../../support/hosted/hosted-set.ts';
import { SAMPLE, samplePool } from '../../support/hosted/sample.ts';
import { apply } from '../../support/manifests.ts';
import { until } from '../../support/until.ts';
import type { Row } from '../table.ts';
import { wrongAt } from './serves.ts';
import type { Stage } from './stage.ts';

/** Something wrong that is asked of a hosted cluster without a move; `act` resolves with what was said about it. */
export type Refusal = { name: string; phase: string; says: RegExp; act: (stage: Stage) => Promise<string> };

const NEWER = 'newer';

/** Pools below the control plane's version are fine, above it never. */
const newerPool = async ({ set }: Stage): Promise<string> => {
  const pool = samplePool(set, 0) as { metadata: object; spec: object };
  const spec = { ...pool.spec, release: { image: set.releases['4.21.1'] } };
  await apply(set.alpha, { ...pool, metadata: { ...pool.metadata, name: NEWER }, spec });
  try {
    return await until('the pool to say that it is too new', 90, async () => {
      const text = await set.alpha.run(['get', 'nodepool', NEWER, '-n', CLUSTERS, '-o', 'jsonpath={.status.conditions}']);
      return NEWER_THAN.test(text) ? text : undefined;
    });
  } finally {
    await set.alpha.run(['delete', 'nodepool', NEWER, '-n', CLUSTERS, '--timeout=60s']);
  }
};

const NEWER_THAN = /NodePool version 4\.21\.1 cannot be higher than [^"]*/;

const changedNetwork = ({ set }: Stage): Promise<string> => {
  const spec = { networking: { serviceNetwork: [{ cidr: '172.99.0.0/16' }] } };
  return set.alpha
    .run(['patch', 'hostedcluster', SAMPLE, '-n', CLUSTERS, '--type=merge', '-p', JSON.stringify({ spec })])
    .catch((error: Error) => error.message);
};

/** What is refused where it is asked for. */
export const refusals: readonly Refusal[] = [
  { name: 'immutable field changed', phase: 'Admission', says: /[^"]*immutable[^"]*/, act: changedNetwork },
  { name: 'pool newer than its control plane', phase: 'NodePool', says: NEWER_THAN, act: newerPool },
];

/** Asks for it and judges it: it is refused in words, and the hosted cluster serves as before. */
export const refusalRow = async (stage: Stage, { name, phase, says, act }: Refusal): Promise<Row> => {
  const began = Date.now();
  const text = await act(stage).catch((error: Error) => error.message);
  const found = says.exec(text)?.[0];
  const wrong = [
    ...(found === undefined ? [`nothing says ${says.source}: ${text.slice(0, 200)}`] : []),
    ...(await wrongAt(stage, 'alpha')),
  ];
  return {
    phases: [phase],
    fault: name,
    seconds: Math.round((Date.now() - began) / 1000),
    ended: `refused: ${found?.slice(0, 150) ?? ''}`,
    wrong,
  };
};
