import { labels, Machine } from '@godwit/api';
import { advance, fail, noting } from '@godwit/controller';
import { movePhase, proving } from '../phase.ts';
import { preflight } from '../preflight/checks.ts';
import { readPreflight } from '../preflight/read.ts';
import { Done, PreflightFailed } from '../reasons.ts';
import type { Scope } from '../scope.ts';

/** The machines of the hosted cluster as they are now, and the nodes that they became. */
const nodesNow = async ({ source, at }: Scope) => {
  const { items } = await source.list(Machine, { namespace: at.source.home }).catch(() => ({ items: [] as Machine[] }));
  return items.map(({ metadata, spec, status }) => ({
    name: status?.nodeRef?.name ?? '',
    uid: '',
    ...(spec.providerID === undefined ? {} : { providerID: spec.providerID }),
    nodePool: metadata.labels?.[labels.deploymentName] ?? '',
    machine: metadata.name ?? '',
  }));
};

/** Row 0: everything that would make the move fail later is found now; nothing is changed. */
export const preflightPhase = movePhase({
  name: 'Preflight',
  step: 'Preflight',
  description: 'Checking both management clusters, the store and DNS',
  observe: async (scope) => {
    const facts = await readPreflight(scope);
    return { findings: preflight(facts), nodes: await nodesNow(scope), now: facts.now };
  },
  decide: ({ findings, nodes, now }) => {
    const problems = findings.flatMap(({ problem }) => problem ?? []);
    const evidence = findings.map(({ name, result }) => ({ name, result }));
    if (problems.length > 0) return proving(0, evidence, now, fail(PreflightFailed({ problems: problems.join('; ') })));
    const verdict = proving(0, evidence, now, advance(Done({ what: `${findings.length} checks passed` })));
    return noting({ ...verdict.notes, nodes }, verdict);
  },
});
