import { carriedAnnotations, LAST_WAVE } from '@godwit/api';
import { annotationOf, type Manifest } from './manifest.ts';

const waveText = (object: Manifest): string => annotationOf(object, carriedAnnotations.applyWave) ?? '';

const isWhole = (text: string): boolean => /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text));

const waveOf = (object: Manifest): number => {
  const text = waveText(object);
  return isWhole(text) ? Number(text) : LAST_WAVE;
};

/** What others of the same wave may need comes first, whatever its name. */
const RANKS: Readonly<Record<string, number>> = { Namespace: 0, CustomResourceDefinition: 1 };

const rankOf = ({ kind }: Manifest): number => RANKS[kind] ?? 2;

const textOrder = (one = '', other = ''): number => (one < other ? -1 : Number(one > other));

const order = (one: Manifest, other: Manifest): number =>
  waveOf(one) - waveOf(other) || rankOf(one) - rankOf(other) || textOrder(one.metadata.name, other.metadata.name);

/** Why the objects cannot be ordered: a wave that is no whole number. Undefined when they can. */
export const waveProblem = (objects: readonly Manifest[]): string | undefined => {
  const odd = objects.map(waveText).find((text) => text !== '' && !isWhole(text));
  return odd === undefined ? undefined : `error convert: ${JSON.stringify(odd)} in ${carriedAnnotations.applyWave} is not a whole number`;
};

/**
 * Objects by ascending waves, those of one wave together and by name, with namespaces and definitions before the rest.
 * What has no wave, or one that waveProblem complains of, comes last.
 */
export const groupsOf = <T extends Manifest>(objects: readonly T[]): T[][] => {
  const groups = new Map<number, T[]>();
  for (const object of [...objects].sort(order)) groups.set(waveOf(object), [...(groups.get(waveOf(object)) ?? []), object]);
  return [...groups.values()];
};
