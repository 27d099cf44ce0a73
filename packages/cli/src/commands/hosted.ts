import { Event, HostedCluster } from '@godwit/api';
import { command } from '../command.ts';
import { commandLine } from '../copyable.ts';
import { foundCluster, homeOf, poolsOf } from '../hosted/find.ts';
import { readStatus } from '../hosted/status.ts';
import { inClusters } from '../hosted/within.ts';
import { hostedLines } from '../printers/describe-hosted.ts';
import { eventLines } from '../printers/event-lines.ts';
import { hostedPrinting } from '../printers/hosted-columns.ts';
import { hostedStatusLines } from '../printers/hosted-status.ts';
import { print } from '../printers/print-value.ts';
import { describeCommand } from './describe-command.ts';
import { getCommand } from './get-command.ts';

/** `godwit hosted get`. */
export const hostedGet = getCommand(HostedCluster, hostedPrinting, inClusters);
/** `godwit hosted describe`. */
export const hostedDescribe = describeCommand('hosted', HostedCluster, (cluster) => hostedLines(cluster, new Date()), inClusters);

/** `godwit hosted status`. */
export const hostedStatus = command({
  words: ['hosted', 'status'],
  summary: 'Shows how a hosted cluster is: its control plane, its node pools, and what is paused or was never backed up',
  takes: [['<name>', 'name of the hosted cluster']],
  examples: [['Show how demo is', 'hosted status demo']],
  run: async (call, [name = '']) => {
    const invocation = inClusters(call);
    const now = new Date();
    const status = await readStatus(invocation.client(), await foundCluster(invocation, name), now);
    if (print(invocation, status)) return undefined;
    const resume = commandLine(invocation, `hosted resume ${status.cluster.metadata.name}`);
    for (const line of hostedStatusLines(status, now, resume)) invocation.terminal.out(line);
    return undefined;
  },
});

/** `godwit hosted events`. */
export const hostedEvents = command({
  words: ['hosted', 'events'],
  summary: 'Shows the events of a hosted cluster, of its node pools and of the pods of its control plane, oldest first',
  takes: [['<name>', 'name of the hosted cluster']],
  examples: [['Show what happened to demo', 'hosted events demo']],
  run: async (call, [name = '']) => {
    const invocation = inClusters(call);
    const client = invocation.client();
    const cluster = await foundCluster(invocation, name);
    const concerned = new Set([cluster, ...(await poolsOf(client, cluster))].map(({ metadata }) => metadata.uid));
    const [beside, inside] = await Promise.all([
      client.list(Event, { namespace: cluster.metadata.namespace }),
      client.list(Event, { namespace: homeOf(cluster) }),
    ]);
    const events = [...beside.items.filter(({ regarding }) => concerned.has(regarding?.uid)), ...inside.items];
    if (print(invocation, { apiVersion: 'v1', kind: 'List', items: events })) return undefined;
    if (events.length === 0) invocation.terminal.err(`No events found for hosted cluster ${cluster.metadata.name}.`);
    else for (const line of eventLines(events, invocation.globals)) invocation.terminal.out(line);
    return undefined;
  },
});
