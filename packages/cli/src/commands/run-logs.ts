import {
  DirectVolumeMigration,
  Event,
  type HostedClusterMigration,
  type MigMigration,
  type MigPlan,
  MigPlan as PlanKind,
  Pod,
} from '@godwit/api';
import type { Client } from '@godwit/kube';
import { command } from '../command.ts';
import { evidenceLine } from '../hosted/move/move-view.ts';
import type { Invocation } from '../invocation.ts';
import { movePhaseLines } from '../printers/describe-move.ts';
import { eventLines } from '../printers/event-lines.ts';
import { phaseLines } from '../progress/summary.ts';
import { foundRun, isMove } from '../runs.ts';

const readEvents = async (host: Client, run: MigMigration): Promise<Event[]> => {
  const { namespace, uid } = run.metadata;
  const copies = (await host.list(DirectVolumeMigration, { namespace, labelSelector: `migmigration=${uid}` })).items;
  const concerned = new Set([uid, ...copies.map(({ metadata }) => metadata.uid)]);
  return (await host.list(Event, { namespace })).items.filter(({ regarding }) => concerned.has(regarding?.uid));
};

/** Logs of transfer pods that are still there on the host's cluster; those of other clusters need their own context. */
const transferLogs = async (client: Client, namespaces: readonly string[]): Promise<string[]> => {
  const lists = await Promise.all(
    namespaces.map((namespace) => client.list(Pod, { namespace, labelSelector: 'app=directvolumemigration-rsync-transfer' })),
  );
  const pods = lists.flatMap(({ items }) => items);
  const logs = await Promise.all(
    pods.flatMap(({ metadata: { namespace, name = '' }, spec }) =>
      (spec?.containers ?? []).map(async ({ name: container }) => {
        let text = '';
        for await (const chunk of client.logs({ namespace, name }, { container, tailLines: 200 })) text += chunk;
        return text
          .split('\n')
          .filter(Boolean)
          .map((line) => `${namespace}/${name}/${container}: ${line}`);
      }),
    ),
  );
  return logs.flat();
};

const namespacesOf = (plan: MigPlan | undefined): string[] => [
  ...new Set((plan?.spec.namespaces ?? []).flatMap((each) => each.split(':'))),
];

const show = ({ terminal }: Invocation, title: string, lines: readonly string[]): void => {
  terminal.out(`${title}:`);
  for (const line of lines.length === 0 ? ['<none>'] : lines) terminal.out(`  ${line}`);
  terminal.out('');
};

const moveLogs = async (invocation: Invocation, move: HostedClusterMigration): Promise<undefined> => {
  const { namespace, uid } = move.metadata;
  const events = (await invocation.client().list(Event, { namespace })).items.filter(({ regarding }) => regarding?.uid === uid);
  show(invocation, 'Phases', movePhaseLines(move));
  show(
    invocation,
    'Record',
    (move.status?.evidence ?? []).map((each) => `${each.completed}  ${evidenceLine(each)}`),
  );
  show(invocation, 'Events', eventLines(events));
  show(invocation, 'Errors', move.status?.errors ?? []);
  return undefined;
};

/** `godwit run logs`: the journal, the events, and the logs of transfer pods that are still there. */
export const runLogs = command<{ source?: string }>({
  words: ['run', 'logs'],
  summary: 'Shows what happened in a run: its phases, its record, its events, and the logs of transfer pods that are still there',
  takes: [['<run>', 'name of the run']],
  flags: [['--source <context>', 'context of the source, to show the logs of its transfer pods too']],
  examples: [['Show what happened', 'run logs shop-1 --source alpha']],
  run: async (invocation, [text = ''], { source }) => {
    const run = await foundRun(invocation, text);
    if (isMove(run)) return moveLogs(invocation, run);
    const host = invocation.client();
    const { namespace, name = '' } = { ...run.spec.migPlanRef };
    const namespaces = namespacesOf(name === '' ? undefined : await host.get(PlanKind, { namespace, name }));
    show(invocation, 'Phases', phaseLines(run));
    show(invocation, 'Events', eventLines(await readEvents(host, run)));
    for (const each of [undefined, ...(source === undefined ? [] : [source])])
      show(invocation, `Transfer pods on ${each ?? invocation.access().context}`, await transferLogs(invocation.client(each), namespaces));
    return undefined;
  },
});
