import { readdirSync, readFileSync } from 'node:fs';
import { CustomResourceDefinition } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { parse } from 'yaml';

const FOLDER = new URL('../../../deploy/crds/', import.meta.url);
const DEADLINE_SECONDS = 30;

const read = (): CustomResourceDefinition[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => parse(readFileSync(new URL(file, FOLDER), 'utf8')) as CustomResourceDefinition);

const isServed = async (client: Client, { spec }: CustomResourceDefinition): Promise<boolean> => {
  const paths = spec.versions.filter(({ served }) => served).map(({ name }) => `/apis/${spec.group}/${name}/${spec.names.plural}?limit=1`);
  const answers = await Promise.allSettled(paths.map((path) => client.request('GET', path)));
  return answers.every(({ status }) => status === 'fulfilled');
};

/** Installs all definitions of deploy/crds and waits until the API server serves them. */
export const installCrds = async (client: Client): Promise<void> => {
  const definitions = read();
  await Promise.all(
    definitions.map((each) => client.apply(CustomResourceDefinition, each, { fieldManager: 'godwit-testkit', force: true })),
  );
  const deadline = Date.now() + DEADLINE_SECONDS * 1000;
  const waiting = async (): Promise<string[]> => {
    const served = await Promise.all(definitions.map((each) => isServed(client, each)));
    return definitions.filter((_, at) => !served[at]).map(({ metadata }) => metadata.name ?? '');
  };
  for (let left = await waiting(); left.length > 0; left = await waiting())
    if (Date.now() > deadline) throw new Error(`not served after ${DEADLINE_SECONDS} s: ${left.join(', ')}`);
};
