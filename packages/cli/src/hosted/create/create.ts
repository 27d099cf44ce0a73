import { writeFileSync } from 'node:fs';
import { HostedCluster } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';
import { commandLine } from '../../copyable.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { type Invocation, secondsIn } from '../../invocation.ts';
import { reporterFor } from '../../progress/reporter.ts';
import { unlessLeft, waitingOf } from '../../waiting.ts';
import { clusterView, followCluster } from '../follow-cluster.ts';
import { warnWithoutOperator } from '../owned-operator.ts';
import { isPaused } from '../paused.ts';
import { applyObjects } from './apply-objects.ts';
import { render } from './render.ts';

const OWNER_ONLY = 0o600;

/** How rendered objects are handed out. */
export type RenderOptions = { renderSensitive?: boolean; renderInto?: string };

/** Prints or writes the objects instead of creating them; Secrets only when asked for, with a warning. */
export const renderObjects = (
  { terminal }: Invocation,
  objects: readonly KubeObject[],
  { renderSensitive = false, renderInto }: RenderOptions,
): void => {
  const { text, leftOut } = render(objects, { sensitive: renderSensitive });
  if (renderSensitive) terminal.err('warning: the output holds Secrets in the clear; keep it where nobody else reads it');
  else if (leftOut.length > 0)
    terminal.err(`Secrets left out: ${leftOut.join(', ')}; create them first, or render with --render-sensitive`);
  if (renderInto === undefined) terminal.out(text.trimEnd());
  else writeFileSync(renderInto, text, { mode: OWNER_ONLY });
};

const clusterIn = (objects: readonly KubeObject[]): HostedCluster =>
  objects.find(({ kind }) => kind === HostedCluster.kind) as HostedCluster;

const refuseExisting = async (invocation: Invocation, { metadata: { namespace, name = '' } }: HostedCluster): Promise<void> => {
  if ((await invocation.client().get(HostedCluster, { namespace, name })) === undefined) return;
  throw new Failure(`hosted cluster "${name}" exists`, {
    reason: 'AlreadyExists',
    why: 'a hosted cluster is not created twice; kubectl edit and kubectl delete change and remove it',
    next: commandLine(invocation, `hosted describe ${name}`),
  });
};

const followUp = (
  invocation: Invocation,
  { metadata: { namespace, name = '' } }: HostedCluster,
  timeout: string | undefined,
): Promise<ExitCode> => {
  const { terminal } = invocation;
  const reporter = reporterFor(terminal, 1, clusterView);
  const waiting = waitingOf(invocation, timeout === undefined ? undefined : secondsIn('--timeout', timeout), reporter);
  const comeBack = commandLine(invocation, `hosted status ${name}`);
  const work = async () => {
    reporter.step(`hosted cluster ${name} comes up`);
    const cluster = await followCluster(invocation.client(), { namespace, name }, waiting, reporter.run);
    reporter.end();
    const { host, port } = cluster.status?.controlPlaneEndpoint ?? {};
    terminal.out(`hosted/${name} available${host === undefined ? '' : ` at https://${host}:${port}`}`);
    terminal.out(`Next: ${commandLine(invocation, `hosted kubeconfig ${name} --file ${name}.kubeconfig`)}`);
    return exitCodes.done;
  };
  return unlessLeft(invocation, waiting, comeBack, () => work().finally(reporter.end), { standsIn: false });
};

/** Creates the objects of a hosted cluster and follows it until its API answers. */
export const createCluster = async (
  invocation: Invocation,
  objects: readonly KubeObject[],
  { wait, timeout }: { wait: boolean; timeout?: string | undefined },
): Promise<ExitCode> => {
  const client = invocation.client();
  const cluster = clusterIn(objects);
  await refuseExisting(invocation, cluster);
  await warnWithoutOperator(invocation, client, invocation.access().context ?? 'this cluster');
  await applyObjects(client, objects, invocation.terminal.out);
  if (!wait) return exitCodes.done;
  if (!isPaused(cluster, new Date())) return followUp(invocation, cluster, timeout);
  invocation.terminal.err(`hosted cluster ${cluster.metadata.name} is paused, so nothing comes up before it is resumed`);
  return exitCodes.done;
};
