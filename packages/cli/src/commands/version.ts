import { operatorOf } from '@godwit/operator';
import manifest from '../../package.json' with { type: 'json' };
import { command } from '../command.ts';
import type { Invocation } from '../invocation.ts';
import { print } from '../printers/print-value.ts';

/** `godwit version`: of this program, and who runs the controllers of the cluster, as far as it can be reached. */
export const version = command({
  words: ['version'],
  summary: 'Shows the version of this program and who runs the controllers',
  examples: [['Show versions as JSON', 'version -o json']],
  run: async (invocation) => {
    const cluster = await clusterFacts(invocation);
    const facts = { client: { version: manifest.version, node: process.version }, ...cluster };
    if (print(invocation, facts)) return undefined;
    invocation.terminal.out(`Client: ${facts.client.version} (Node ${facts.client.node})`);
    invocation.terminal.out(`Cluster: ${cluster.server ?? '<none>'}`);
    invocation.terminal.out(`Controllers run in: ${cluster.controllers ?? '<none>'}`);
    return undefined;
  },
});

const clusterFacts = async ({ client, namespace }: Invocation) => {
  try {
    const host = client();
    const [{ gitVersion }, controllers] = await Promise.all([
      host.request<{ gitVersion: string }>('GET', '/version'),
      operatorOf(host, namespace),
    ]);
    return { server: gitVersion, controllers };
  } catch {
    return { server: undefined, controllers: undefined }; // the version of the program can be told without any cluster
  }
};
