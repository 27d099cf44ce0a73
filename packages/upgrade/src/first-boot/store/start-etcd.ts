import { spawn } from 'node:child_process';
import type { Clock } from '@godwit/controller';
import { type EtcdStore, etcdStore } from './etcd-store.ts';

/** Where an etcd is started for a moment: its program, its data, two ports of the loopback address, and the prefix of the cluster's keys. */
export type EtcdPlace = {
  readonly program: string;
  readonly dataFolder: string;
  readonly clientPort: number;
  readonly peerPort: number;
  readonly prefix?: string;
};

const PATIENCE_SECONDS = 120;
const POLL_SECONDS = 0.1;

const argumentsOf = ({ dataFolder, clientPort, peerPort }: EtcdPlace): string[] => {
  const [client, peer] = [`http://127.0.0.1:${clientPort}`, `http://127.0.0.1:${peerPort}`];
  return [
    '--name=only',
    `--data-dir=${dataFolder}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=only=${peer}`,
    '--log-level=error',
  ];
};

const isReady = (endpoint: string): Promise<boolean> =>
  fetch(`${endpoint}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Starts etcd alone, where only this machine reaches it, and ends it when the work is done. What it is given is written to disk by then. */
export const withEtcd = async <T>(place: EtcdPlace, clock: Clock, work: (store: EtcdStore) => Promise<T>): Promise<T> => {
  const endpoint = `http://127.0.0.1:${place.clientPort}`;
  const child = spawn(place.program, argumentsOf(place), { stdio: ['ignore', 'inherit', 'inherit'] });
  let end: string | undefined;
  const ended = new Promise<void>((resolve) => {
    const over = (why: string) => {
      end = why;
      resolve();
    };
    child.once('error', ({ message }) => over(`etcd could not be started: ${message}`));
    child.once('exit', () => over(`etcd ended before it answered; is another one running on ${place.dataFolder}?`));
  });
  try {
    for (let waited = 0; !(await isReady(endpoint)); waited += POLL_SECONDS) {
      if (end !== undefined) throw new Error(end);
      if (waited > PATIENCE_SECONDS) throw new Error(`etcd on ${place.dataFolder} did not answer within ${PATIENCE_SECONDS} seconds`);
      await clock.sleep(POLL_SECONDS);
    }
    return await work(etcdStore(endpoint, place.prefix));
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
};
