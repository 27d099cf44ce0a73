import { namePair } from '@godwit/api';

const MAX_NAME = 253;
const ROOM_FOR_SUFFIX = 247;

const withoutOldSuffix = (name: string): string => name.replace(/(-mig-[a-zA-Z]{4}|-new)$/, '');

/** A claim of a StatefulSet is called `<prefix>-<set>-<ordinal>`. */
const setName = (name: string, suffix: string, set: string): string | undefined => {
  const [, prefix, ordinal] = new RegExp(`^(.+)-${set.replace(/[.]/g, '\\.')}-(\\d+)$`).exec(name) ?? [];
  return prefix === undefined ? undefined : `${withoutOldSuffix(prefix)}-mig-${suffix}-${set}-${ordinal}`;
};

/** The name of a claim after a storage conversion; claims of a StatefulSet keep the form that the set looks for. */
const conversionName = (name: string, suffix: string, set?: string): string =>
  (set === undefined ? undefined : setName(name, suffix, set)) ??
  `${withoutOldSuffix(name).slice(0, ROOM_FOR_SUFFIX)}-mig-${suffix}`.slice(0, MAX_NAME);

/** What a plan writes into `pvc.name`: the name alone, or `source:target` for a storage conversion or a mapping that the plan already has. */
export const mappedName = (
  name: string,
  facts: { conversion: boolean; suffix: string | undefined; set?: string | undefined; existing?: string | undefined },
): string => {
  const kept = facts.existing === undefined ? undefined : namePair(facts.existing);
  if (kept !== undefined && kept.source === name && kept.target !== name) return `${name}:${kept.target}`;
  return facts.conversion ? `${name}:${conversionName(name, facts.suffix ?? 'new', facts.set)}` : name;
};
