import type { Condition } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';
import { tableLines } from './table.ts';

/** A heading and what stands under it: pairs of a word and its value, or lines. */
export type Section = { title: string; lines: readonly string[] };

/** Pairs as aligned lines; absent values are `<none>`. */
const pairs = (list: readonly (readonly [name: string, value: string | undefined])[]): string[] => {
  const width = Math.max(...list.map(([name]) => name.length)) + 1;
  return list.map(([name, value]) => `${`${name}:`.padEnd(width)}   ${value === undefined || value === '' ? '<none>' : value}`);
};

/** Conditions as a table, most important first. */
export const conditionSection = (conditions: readonly Condition[]): Section => {
  const order = ['Critical', 'Error', 'Warn', 'Required', 'Advisory'];
  const sorted = conditions.toSorted((a, b) => order.indexOf(a.category) - order.indexOf(b.category));
  const rows = sorted.map(({ type, status, category, reason = '', message = '' }) => [type, status, category, reason, message]);
  return {
    title: 'Conditions',
    lines: rows.length === 0 ? ['<none>'] : tableLines(['TYPE', 'STATUS', 'CATEGORY', 'REASON', 'MESSAGE'], rows),
  };
};

/** An object as text: its name and facts, then its sections. */
export const describeLines = (
  { kind, metadata }: KubeObject,
  facts: readonly (readonly [name: string, value: string | undefined])[],
  sections: readonly Section[],
): string[] => [
  ...pairs([['Name', metadata.name], ['Namespace', metadata.namespace], ['Kind', kind], ['Created', metadata.creationTimestamp], ...facts]),
  ...sections.flatMap(({ title, lines }) => ['', `${title}:`, ...lines.map((line) => `  ${line}`)]),
];
