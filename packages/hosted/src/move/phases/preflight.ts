import { advance, fail, noting } from '@godwit/controller';
import { movePhase, proving } from '../phase.ts';
import { preflight } from '../preflight/checks.ts';
import { nodesBefore } from '../preflight/nodes.ts';
import { readPreflight } from '../preflight/read.ts';
import { Done, PreflightFailed } from '../reasons.ts';

/** Row 0: everything that would make the move fail later is found now; nothing is changed. */
export const preflightPhase = movePhase({
  name: 'Preflight',
  step: 'Preflight',
  description: 'Checking both management clusters, the store and DNS',
  observe: async (scope) => {
    const facts = await readPreflight(scope);
    const findings = preflight(facts);
    // Only a cluster that passed can be asked who its nodes are.
    const nodes = findings.some(({ problem }) => problem !== undefined) ? [] : await nodesBefore(scope);
    return { findings, nodes, clusterUID: facts.source.uid, now: facts.now };
  },
  decide: ({ findings, nodes, clusterUID, now }) => {
    const problems = findings.flatMap(({ problem }) => problem ?? []);
    const evidence = findings.map(({ name, result }) => ({ name, result }));
    if (problems.length > 0) return proving(0, evidence, now, fail(PreflightFailed({ problems: problems.join('; ') })));
    const verdict = proving(0, evidence, now, advance(Done({ what: `${findings.length} checks passed` })));
    return noting({ ...verdict.notes, nodes, source: { clusterUID } }, verdict);
  },
});
