import { setTimeout as pause } from 'node:timers/promises';
import type { HostedClusterMigration } from '@godwit/api';
import { changeMove, followMove, hasEnded, hasSucceeded, type MoveOptions, readMove, startMove } from '../../support/hosted/move.ts';
import { HOME, SAMPLE } from '../../support/hosted/sample.ts';
import type { Row } from '../table.ts';
import { wrongAt } from './serves.ts';
import type { Stage } from './stage.ts';
import type { StoreFault } from './store-proxy.ts';

/** Something wrong that a move must name while the source goes on serving. */
export type BadInput = {
  name: string;
  /** The phase that must find it. */
  phase: string;
  /** What the status must say. */
  says: RegExp;
  store?: StoreFault;
  options?: (stage: Stage) => Partial<MoveOptions>;
  /** Makes it wrong: before the move is asked for, or inside its phase. */
  spoil?: { when: 'before' | 'inside'; act: (stage: Stage) => Promise<unknown> };
  /** Takes it back as soon as it was named. */
  mend?: (stage: Stage) => Promise<unknown>;
};

const NAME_SECONDS = 240;
const END_SECONDS = 300;
const AGAIN_MILLISECONDS = 500;
const EXCERPT = 150;

const conditionsOnBeta = ({ set }: Stage): Promise<string> =>
  set.beta
    .run(['get', 'hostedcontrolplane', SAMPLE, '-n', HOME, '-o', 'jsonpath={.status.conditions}', '--ignore-not-found'])
    .catch(() => '');

/** Everything that a user can read about what goes wrong. */
const said = async (stage: Stage, { status }: HostedClusterMigration): Promise<string> =>
  JSON.stringify([status?.phases, status?.errors, status?.conditions]) + (await conditionsOnBeta(stage));

/** Waits until the move, or the control plane that it makes, names what is wrong; undefined when it never does. */
const excerptOf = async (stage: Stage, name: string, says: RegExp): Promise<string | undefined> => {
  const deadline = Date.now() + NAME_SECONDS * 1000;
  for (;;) {
    const move = await readMove(stage.set, 'beta', name);
    const text = await said(stage, move);
    const found = says.exec(text);
    if (found !== null) return text.slice(found.index, found.index + EXCERPT).split('"')[0];
    if (hasEnded(move) || Date.now() > deadline) return undefined;
    await pause(AGAIN_MILLISECONDS);
  }
};

const spoilInside = ({ proxy }: Stage, name: string, phase: string, act: () => Promise<unknown>): void => {
  let struck = false;
  proxy.onWrite(async ({ run, phases }) => {
    if (struck || run !== name || !phases.includes(phase)) return;
    struck = true;
    await act();
  });
};

const begin = async (stage: Stage, name: string, { phase, store, options, spoil }: BadInput): Promise<void> => {
  const { endpoint, authority } = stage.store;
  stage.store.set(store);
  if (spoil?.when === 'inside') spoilInside(stage, name, phase, () => spoil.act(stage));
  else await spoil?.act(stage);
  await startMove(stage.set, name, { to: 'beta', soak: '10s', store: { endpoint, authority }, ...options?.(stage) });
};

/** Runs one move into what is wrong and judges it: the reason is named, the move ends undone, and the source serves as before. */
export const badInputRow = async (stage: Stage, name: string, bad: BadInput): Promise<Row> => {
  const began = Date.now();
  await begin(stage, name, bad);
  const excerpt = await excerptOf(stage, name, bad.says);
  const struck = bad.store === undefined || stage.store.struck() > 0;
  stage.store.set(undefined);
  stage.proxy.onWrite(undefined);
  await bad.mend?.(stage);
  await changeMove(stage.set, 'beta', name, { canceled: true });
  const move = await followMove(stage.set, { to: 'beta', name, seconds: END_SECONDS }, hasEnded);
  const wrong = [
    ...(excerpt === undefined ? [`nothing says ${bad.says.source}`] : []),
    ...(struck ? [] : ['the fault never struck']),
    ...(hasSucceeded(move) ? ['the move succeeded'] : []),
    ...(await wrongAt(stage, hasSucceeded(move) ? 'beta' : 'alpha')),
  ];
  const ended = `${move.status?.phase}, ${hasSucceeded(move) ? 'on beta' : 'serves on alpha'}: ${excerpt ?? ''}`;
  return { phases: [bad.phase], fault: bad.name, seconds: Math.round((Date.now() - began) / 1000), ended, wrong };
};
