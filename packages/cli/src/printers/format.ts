import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

/** How results are written; `path` only with jsonpath. */
export type Format = { kind: 'table' | 'wide' | 'json' | 'yaml' | 'name' | 'csv' } | { kind: 'jsonpath'; path: string };

const SIMPLE = ['table', 'wide', 'json', 'yaml', 'name', 'csv'] as const;

/** Reads the value of `--output`; a path without braces gets them. */
export const formatOf = (output: string | undefined): Format => {
  if (output === undefined || output === '') return { kind: 'table' };
  const simple = SIMPLE.find((each) => each === output);
  if (simple !== undefined) return { kind: simple };
  const path = /^jsonpath=(.+)$/s.exec(output)?.[1];
  if (path !== undefined) return { kind: 'jsonpath', path: path.includes('{') ? path : `{${path}}` };
  throw new Failure(`--output ${output} is not a format`, {
    reason: 'Usage',
    why: `the formats are ${SIMPLE.join(', ')} and jsonpath=…`,
    exitCode: exitCodes.usage,
  });
};
