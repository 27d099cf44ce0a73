import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecResult } from '@godwit/kube';
import type { Etcd } from '../src/etcd/etcd.ts';
import { runHere, toolFolder } from './run-here.ts';

/** One etcd process on loopback. */
export type MemberHere = { name: string; client: string; peer: string; folder: string; process?: ChildProcess };

/** Real etcd processes on loopback, and how the product's code reaches them. */
export type EtcdHere = {
  etcd: Etcd;
  members: MemberHere[];
  folder: string;
  tools: string;
  ctl(...words: string[]): Promise<ExecResult>;
  start(member: MemberHere, extra?: readonly string[]): void;
  stop(member: MemberHere): Promise<void>;
  healthy(): Promise<void>;
  remove(): Promise<void>;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const stop = async ({ process: child }: MemberHere): Promise<void> => {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
};

/** The `--initial-cluster` of these members. */
export const clusterOf = (members: readonly MemberHere[]): string => members.map(({ name, peer }) => `${name}=${peer}`).join(',');

/** Prepares members etcd-0, etcd-1... without starting them; each has an own folder, which plays /var/lib. */
export const etcdHere = async (replicas: number): Promise<EtcdHere> => {
  const tools = await toolFolder();
  const folder = await mkdtemp(join(tmpdir(), 'godwit-etcd-'));
  const members: MemberHere[] = [];
  for (let at = 0; at < replicas; at += 1) {
    const [client, peer] = [await freePort(), await freePort()].map((port) => `http://127.0.0.1:${port}`);
    members.push({ name: `etcd-${at}`, client: client ?? '', peer: peer ?? '', folder: join(folder, `etcd-${at}`) });
    await mkdir(join(folder, `etcd-${at}`, 'backup'), { recursive: true });
  }
  const start = (member: MemberHere, extra: readonly string[] = []) => {
    const urls = [`--listen-client-urls=${member.client}`, `--advertise-client-urls=${member.client}`, `--listen-peer-urls=${member.peer}`];
    const cluster = [`--initial-advertise-peer-urls=${member.peer}`, `--initial-cluster=${clusterOf(members)}`];
    const common = [`--name=${member.name}`, `--data-dir=${join(member.folder, 'data')}`, '--unsafe-no-fsync', '--log-level=error'];
    member.process = spawn(join(tools, 'etcd'), [...common, ...urls, ...cluster, ...extra], { stdio: 'ignore' });
  };
  const ctl = (...words: string[]) => runHere(tools, ['etcdctl', `--endpoints=${members[0]?.client}`, ...words]);
  const healthy = async () => {
    const endpoints = members.map(({ client }) => client).join(',');
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const { exitCode } = await runHere(tools, ['etcdctl', `--endpoints=${endpoints}`, 'endpoint', 'health']);
      if (exitCode === 0) return;
    }
    throw new Error(`etcd on ${endpoints} does not become healthy`);
  };
  const etcd: Etcd = {
    namespace: 'clusters-demo',
    backupFolder: join(folder, 'etcd-0', 'backup'),
    members: members.map(({ name, client }) => ({
      name,
      flags: [`--endpoints=${client}`],
      run: (command, options = {}) => runHere(tools, command, options),
    })),
  };
  const remove = async () => {
    await Promise.all(members.map(stop));
    await rm(folder, { recursive: true, force: true });
  };
  return { etcd, members, folder, tools, ctl, start, stop, healthy, remove };
};

/** The same with all members running as one cluster. */
export const runningEtcd = async (replicas: number, extra: readonly string[] = []): Promise<EtcdHere> => {
  const here = await etcdHere(replicas);
  for (const member of here.members) here.start(member, extra);
  await here.healthy();
  return here;
};
