import { stringify } from 'yaml';
import type { Invocation } from '../invocation.ts';
import { formatOf } from './format.ts';
import { jsonPath } from './jsonpath.ts';

/** Writes a value when the format is one for programs (json, yaml, jsonpath); false when a text for people is wanted. */
export const print = ({ globals, terminal }: Invocation, value: unknown): boolean => {
  const format = formatOf(globals.output);
  if (format.kind === 'json') terminal.out(JSON.stringify(value, undefined, 2));
  else if (format.kind === 'yaml') terminal.out(stringify(value).trimEnd());
  else if (format.kind === 'jsonpath') terminal.out(jsonPath(format.path, value));
  else return false;
  return true;
};
