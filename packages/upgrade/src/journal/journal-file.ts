import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readText, writeText } from '../carried/files.ts';
import { HostError } from '../host/host-error.ts';

/** What the journal says of one step. Times are ISO texts; no `completedAt`: it runs, or was cut short. */
export type StepRecord = {
  readonly name: string;
  readonly does: string;
  readonly undo: string;
  readonly timeoutSeconds: number;
  readonly startedAt: string;
  readonly completedAt?: string;
  /** How often it was begun, kills counted. */
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly failure?: string;
  readonly outputs?: unknown;
};

/** One walk through a list of steps: what it was asked to do, and how far it got. */
export type JournalRecord = {
  readonly list: string;
  readonly inputs: unknown;
  readonly startedAt: string;
  readonly completedAt?: string;
  readonly steps: readonly StepRecord[];
};

/** Where an agent keeps its journals below the root of its host. */
export const JOURNAL_FOLDER = 'var/lib/lca/journal';

const parsed = (text: string): Partial<JournalRecord> | null => {
  try {
    return JSON.parse(text) as Partial<JournalRecord> | null;
  } catch {
    return null;
  }
};

/** Reads a journal; undefined when there is none. Throws a HostError when the file holds none. */
export const readJournal = async (path: string): Promise<JournalRecord | undefined> => {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const record = parsed(text);
  if (!Array.isArray(record?.steps)) throw new HostError(`${path} holds no journal`, 'Remove it, and start again');
  return record as JournalRecord;
};

/** Writes a file like `writeText`, and returns only when the new text is what a power cut would leave. */
export const replaceFile = async (path: string, text: string): Promise<void> => {
  await writeText(path, text);
  const folder = await open(dirname(path));
  await folder.sync().finally(() => folder.close());
};

/** Writes a journal as a whole. */
export const writeJournal = (path: string, record: JournalRecord): Promise<void> =>
  replaceFile(path, `${JSON.stringify(record, null, 2)}\n`);
