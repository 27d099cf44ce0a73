import type { Unit } from './unit.ts';

/** Names of those among the units that one of them has to wait for. */
export const predecessors = (unit: Unit, units: readonly Unit[]): string[] =>
  units
    .filter(({ name, before }) => name !== unit.name && (unit.after.includes(name) || before.includes(unit.name)))
    .map(({ name }) => name);

/** Orders units so that each comes after those that it waits for; names what is left when they wait for each other. */
export const inOrder = (units: readonly Unit[]): Unit[] => {
  const left = units.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const ordered: Unit[] = [];
  while (left.length > 0) {
    const next = left.findIndex((unit) => predecessors(unit, left).length === 0);
    if (next < 0) throw new Error(`These units wait for each other: ${left.map(({ name }) => name).join(', ')}`);
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
};
