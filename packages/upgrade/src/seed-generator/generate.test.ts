import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SeedGenerator } from '@godwit/api';
import { silentLog, systemClock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { beforeEach, expect, test } from 'vitest';
import { agentFiles } from '../carried/paths.ts';
import { type HostDouble, hostDouble } from '../controller/host-double.fixture.ts';
import { readOutcome, resumeSeedGeneration } from './generate.ts';
import { seedPlaces } from './places.ts';
import { putBack } from './requests.ts';
import type { SeedWorld } from './world.ts';

const { signal } = new AbortController();
const GARBAGE = '\0\0\0\0';

let host: HostDouble;
let started: string[];

beforeEach(() => {
  host = hostDouble('*rhcos');
  started = [];
});

/** A node on which no service of the cluster runs, and whose API server knows no object. */
const worldOf = (cluster: Partial<Client> = {}): SeedWorld => ({
  cluster: { get: async () => undefined, ...cluster } as Client,
  host,
  clock: systemClock,
  log: silentLog,
  run: async ([, verb = '', unit = '']) => {
    if (verb === 'is-active') throw new Error(`${unit} is down`);
    if (verb === 'start') started.push(unit);
    return '';
  },
  access: () => ({}),
});

const save = (name: 'request' | 'secret' | 'journal' | 'outcome', text: string): void => {
  const path = seedPlaces(host)[name];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

const request = JSON.stringify({
  kind: 'SeedGenerator',
  metadata: { name: 'seedimage', uid: '1' },
  spec: { seedImage: 'registry/seed:1' },
});
const stopped = JSON.stringify({ list: 'seed-generation', inputs: {}, startedAt: '', steps: [{ name: 'stop-cluster' }] });

test.each([
  ['the journal', request, GARBAGE, /seed-generation\.json holds no journal/],
  ['a journal of another form', request, '{}', /seed-generation\.json holds no journal/],
  ['the request', GARBAGE, stopped, /seedgen-cr\.json was damaged and cannot be read/],
  ['both', GARBAGE, GARBAGE, /seedgen-cr\.json was damaged/],
])('a cluster that is down is started when what was saved is damaged: %s', async (_title, saved, journal, reason) => {
  save('request', saved);
  save('journal', journal);
  await resumeSeedGeneration(worldOf(), signal);
  expect(started).toEqual(expect.arrayContaining(['etcd', 'kube-apiserver', 'kubelet']));
  expect(await readOutcome({ host })).toEqual({ failed: expect.stringMatching(reason) });
});

test('an outcome that is damaged is a failure, and nothing begins anew', async () => {
  save('request', request);
  save('outcome', GARBAGE);
  await resumeSeedGeneration(worldOf(), signal);
  expect(started).toEqual([]);
  expect(await readOutcome({ host })).toEqual({ failed: expect.stringContaining('outcome.json was damaged') });
});

test('a Secret that cannot be read is kept for a person, and the request is put back all the same', async () => {
  save('request', request);
  save('secret', GARBAGE);
  const made: unknown[] = [];
  const create: Client['create'] = async (_kind, object) => {
    made.push(object);
    return object;
  };
  await putBack(worldOf({ create }));
  expect(made).toMatchObject([{ kind: SeedGenerator.kind, spec: { seedImage: 'registry/seed:1' } }]);
  expect(readFileSync(join(host.root, agentFiles.folder, 'seedgen-secret.json.unreadable'), 'utf8')).toBe(GARBAGE);
});
