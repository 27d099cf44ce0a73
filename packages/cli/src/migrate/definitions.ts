import { CustomResourceDefinition, crds, fieldManagers } from '@godwit/api';
import type { Invocation } from '../invocation.ts';
import type { Reporter } from '../progress/reporter.ts';
import { firstState } from '../watch-object.ts';
import { confirmed } from './confirmed.ts';
import { remoteSides, type Side, type Sides } from './sides.ts';

type Missing = { side: Side; definitions: CustomResourceDefinition[] };

const nameOf = ({ metadata }: CustomResourceDefinition): string => metadata.name ?? '';

const missingOn = async (side: Side, wanted: readonly CustomResourceDefinition[]): Promise<Missing> => {
  const found = await Promise.all(wanted.map((each) => side.client.get(CustomResourceDefinition, { name: nameOf(each) })));
  return { side, definitions: wanted.filter((_, at) => found[at] === undefined) };
};

const MIGRATIONS = ['migration.openshift.io', 'velero.io'];

/** Which definitions of migrations the clusters lack: the host needs all, the others those of backups. */
export const missingDefinitions = async (sides: Sides): Promise<Missing[]> => {
  const all = crds().filter(({ spec }) => MIGRATIONS.includes(spec.group));
  const backups = all.filter(({ spec }) => spec.group === 'velero.io');
  const found = await Promise.all([missingOn(sides.host, all), ...remoteSides(sides).map((side) => missingOn(side, backups))]);
  return found.filter(({ definitions }) => definitions.length > 0);
};

const isEstablished = ({ status }: CustomResourceDefinition): boolean =>
  (status?.conditions ?? []).some(({ type, status: holds }) => type === 'Established' && holds === 'True');

const install = async ({ side: { client }, definitions }: Missing, signal: AbortSignal): Promise<void> => {
  await Promise.all(definitions.map((each) => client.apply(CustomResourceDefinition, each, { fieldManager: fieldManagers.cli })));
  await Promise.all(
    definitions.map((each) => firstState(client, CustomResourceDefinition, { name: nameOf(each) }, isEstablished, { signal })),
  );
  await client.discover({ fresh: true });
};

/** Shows which definitions are missing, asks, and installs them; they stay after the migration. Resolves with how many were installed. */
export const ensureDefinitions = async (
  invocation: Invocation,
  sides: Sides,
  { assumeYes, reporter, signal }: { assumeYes: boolean; reporter: Reporter; signal: AbortSignal },
): Promise<number> => {
  const missing = await missingDefinitions(sides);
  if (missing.length === 0) return 0;
  for (const { side, definitions } of missing)
    reporter.note(`${side.context} lacks ${definitions.length} CustomResourceDefinitions: ${definitions.map(nameOf).join(', ')}`);
  reporter.release();
  const question = 'Install them? They stay there after the migration.';
  await confirmed(invocation, { assumeYes, question, what: 'the CustomResourceDefinitions are not installed' });
  await Promise.all(missing.map((each) => install(each, signal)));
  return missing.reduce((total, { definitions }) => total + definitions.length, 0);
};
