import type { KubeObject } from '@godwit/kube';
import { calledOf } from '../grammar/nouns.ts';
import type { Invocation } from '../invocation.ts';
import { ageOf } from './age.ts';
import { csvLines } from './csv.ts';
import { formatOf } from './format.ts';
import { print } from './print-value.ts';
import { tableLines } from './table.ts';

/** A column of a table between NAME and AGE; `wide` ones show only with `-o wide` and in CSV. */
type Column<T> = { name: string; value: (object: T) => string | undefined; wide?: true };

/** How objects of a noun are shown. */
export type Printing<T> = {
  noun: string;
  /** How one is named in `-o name`; default: the noun and its name. */
  reference?: (object: T) => string;
  columns: readonly Column<T>[];
};

const columnsFor = <T extends KubeObject>({ columns }: Printing<T>, wide: boolean, namespaces: boolean, now: Date): Column<T>[] => [
  ...(namespaces ? [{ name: 'NAMESPACE', value: ({ metadata }: T) => metadata.namespace }] : []),
  { name: 'NAME', value: ({ metadata }: T) => metadata.name },
  ...columns.filter((column) => wide || column.wide !== true),
  { name: 'AGE', value: ({ metadata }: T) => ageOf(metadata.creationTimestamp, now) },
];

/** Where was looked; objects without a namespace are looked for in none. */
const placeOf = ({ globals, namespace }: Invocation): string => {
  if (namespace === '') return 'the cluster';
  return globals.allNamespaces ? 'any namespace' : `namespace ${namespace}`;
};

const writeRows = <T extends KubeObject>(invocation: Invocation, objects: readonly T[], printing: Printing<T>, kind: string): void => {
  const { globals, terminal } = invocation;
  const columns = columnsFor(printing, kind !== 'table', globals.allNamespaces === true, new Date());
  const names = columns.map(({ name }) => name);
  const rows = objects.map((object) => columns.map(({ value }) => value(object) ?? ''));
  const lines = kind === 'csv' ? csvLines(names, rows, globals) : tableLines(names, rows, globals);
  for (const line of lines) terminal.out(line);
};

/** Writes objects in the wanted format. One that was asked for by name is written alone, several as a list. */
export const printObjects = <T extends KubeObject>(
  invocation: Invocation,
  found: readonly T[],
  printing: Printing<T>,
  single = false,
): void => {
  const format = formatOf(invocation.globals.output);
  const value = single ? found[0] : { apiVersion: 'v1', kind: 'List', items: found };
  if (print(invocation, value)) return;
  if (format.kind === 'name')
    for (const object of found) invocation.terminal.out(printing.reference?.(object) ?? `${printing.noun}/${object.metadata.name}`);
  else if (found.length === 0 && format.kind !== 'csv')
    invocation.terminal.err(`No ${calledOf(printing.noun)}s found in ${placeOf(invocation)}.`);
  else writeRows(invocation, found, printing, format.kind);
};
