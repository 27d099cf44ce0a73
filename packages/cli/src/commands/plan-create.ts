import { MigCluster, MigPlan, MigStorage } from '@godwit/api';
import { command } from '../command.ts';
import { commandLine } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { nameOf } from '../grammar/normalise.ts';
import { found } from '../lookup.ts';
import { applyPlan } from '../migrate/ensure-plan.ts';
import { checkedNamespaces } from '../migrate/request.ts';

type Options = { source?: string; target: string; repo?: string };

const required = (flag: string, value: string | undefined): string => {
  if (value) return value;
  throw new Failure(`${flag} is missing`, {
    reason: 'Usage',
    why: 'a plan needs a source and a repository',
    next: 'godwit plan create --help',
    exitCode: exitCodes.usage,
  });
};

/** `godwit plan create`. */
export const planCreate = command<Options>({
  words: ['plan', 'create'],
  summary: 'Creates a plan; its volumes are found by the controllers',
  takes: [
    ['<name>', 'name of the plan'],
    ['<namespace...>', 'namespaces to move: NAME, or NAME:TARGET'],
  ],
  flags: [
    ['--source <cluster>', 'name of the cluster that the applications leave'],
    ['--target <cluster>', 'name of the cluster that they go to', 'host'],
    ['--repo <name>', 'name of the repository'],
  ],
  examples: [['Plan the move of shop', 'plan create shop shop --source alpha --repo backups']],
  run: async (invocation, [name = '', ...namespaces], { source, target, repo }) => {
    const { namespace } = invocation;
    const parts = {
      namespace,
      name: nameOf('plan', name),
      source: nameOf('cluster', required('--source', source)),
      target: nameOf('cluster', target),
      storage: nameOf('repo', required('--repo', repo)),
      namespaces: checkedNamespaces(namespaces),
    };
    const host = invocation.client();
    await Promise.all([
      found(invocation, 'cluster', MigCluster, parts.source),
      found(invocation, 'cluster', MigCluster, parts.target),
      found(invocation, 'repo', MigStorage, parts.storage),
    ]);
    if ((await host.get(MigPlan, { namespace, name: parts.name })) !== undefined)
      throw new Failure(`plan "${parts.name}" exists`, {
        reason: 'AlreadyExists',
        why: 'a plan is not created twice; kubectl edit and kubectl delete change and remove it',
        next: commandLine(invocation, `plan describe ${parts.name}`),
      });
    await applyPlan(host, parts);
    invocation.terminal.out(`plan/${parts.name} created`);
    return undefined;
  },
});
