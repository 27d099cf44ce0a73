import type { Kubectl } from './kubectl.ts';
import { NAMESPACE } from './manifest.ts';

/** Orders by their id: the MD5 of everything in the row. */
export type Rows = Map<string, string>;

/** Ids of orders that differ between two states of the table, each list in the order of the ids. */
export type RowDifferences = { missing: string[]; changed: string[]; extra: string[] };

const PSQL = [
  '/usr/lib/postgresql/15/bin/psql',
  '--host=/tmp',
  '--username=postgres',
  '--dbname=shop',
  '--no-psqlrc',
  '--quiet',
  '--no-align',
  '--tuples-only',
];
const STATEMENTS = [
  // The writer goes on meanwhile; rows and count are to be of one moment.
  'begin isolation level repeatable read read only',
  'copy (select id, md5(orders::text) from orders order by id) to stdout',
  "select 'rows ' || count(*) from orders",
];

/** The arguments of kubectl with which psql in the database's pod runs these statements and stops at the first that fails. */
const psql = (...statements: readonly string[]): string[] => [
  '--namespace',
  NAMESPACE,
  'exec',
  'db-0',
  '--container=postgres',
  '--',
  ...PSQL,
  '--set=ON_ERROR_STOP=1',
  ...statements.map((statement) => `--command=${statement}`),
];

/** Runs one SQL statement as the database's administrator in the shop's database and returns what psql printed. */
export const sql = (kubectl: Kubectl, statement: string): Promise<string> => kubectl.run(psql(statement));

/** Reads the hashes of all orders at one moment; throws when the stream lost some. */
export const rowHashes = async (kubectl: Kubectl): Promise<Rows> => {
  const rows: Rows = new Map();
  let count: string | undefined;
  for await (const line of kubectl.lines(psql(...STATEMENTS))) {
    const [id = '', hash] = line.split('\t');
    if (hash) rows.set(id, hash);
    else if (id.startsWith('rows ')) count = id.slice('rows '.length);
  }
  if (count !== String(rows.size))
    throw new Error(`Read ${rows.size} of ${count ?? 'an unknown number of'} orders: the stream from pod ${NAMESPACE}/db-0 broke off`);
  return rows;
};

const byId = (ids: string[]): string[] => ids.sort((a, b) => Number(a) - Number(b));

/** Compares two states of the table by primary key. Missing: only before; extra: only after. */
export const compareRows = (before: Rows, after: Rows): RowDifferences => ({
  missing: byId([...before.keys()].filter((id) => !after.has(id))),
  changed: byId([...before.keys()].filter((id) => after.has(id) && after.get(id) !== before.get(id))),
  extra: byId([...after.keys()].filter((id) => !before.has(id))),
});
