import { Event, Pod } from '@godwit/api';
import type { StageScope } from '../handler/stage-handler.ts';
import { runHere } from '../host/run.ts';
import { keepEvidence } from './evidence.ts';

const textOf = async (read: Promise<unknown>): Promise<string> =>
  `${JSON.stringify(await read.catch((error: unknown) => ({ unreadable: String(error) })), undefined, 1)}\n`;

/** Bundles what explains how an upgrade went, with what the API server knows of it, into the stateroot that is rolled back to. */
export const keepUpgradeEvidence = async (
  { cluster, clock, host, report, upgrade }: StageScope,
  stateroot: string,
  signal: AbortSignal,
): Promise<void> => {
  const texts = {
    'imagebasedupgrade.json': await textOf(Promise.resolve(upgrade.current())),
    'imagebasedupgradereport.json': await textOf(Promise.resolve(report.current())),
    'events.json': await textOf(cluster.list(Event)),
    'pods.json': await textOf(cluster.list(Pod)),
  };
  await keepEvidence({ host, run: runHere, clock, texts, signal }, stateroot);
};
