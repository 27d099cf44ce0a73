import { redact } from '@godwit/controller';
import { CommandFailed, type Run } from '../host/run.ts';
import { shortened } from '../host/shortened.ts';
import { globalFlags, type RegistryAccess } from './access.ts';

/** Longest cause that a condition carries. */
const MOST_CHARACTERS = 400;

const FATAL = /\blevel=fatal msg=("(?:[^"\\]|\\.)*")/g;

const unquoted = (text: string): string => {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
};

/** Why skopeo failed, out of what it printed: one line, short, without its earlier attempts and without secrets. Pure. */
export const causeIn = (said: string): string => {
  const fatal = [...said.matchAll(FATAL)].at(-1)?.[1];
  const last = said.trim().split('\n').at(-1) ?? '';
  return shortened(redact(fatal === undefined ? last : unquoted(fatal)).replace(/\s+/g, ' '), MOST_CHARACTERS);
};

/** Runs skopeo with the rules for signatures; a failure says its cause alone, and carries the whole of it for a log. */
export const skopeo = async (
  run: Run,
  access: RegistryAccess,
  command: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string> => {
  try {
    return await run(['skopeo', ...globalFlags(access), ...command], { ...(signal && { signal }) });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new Error(causeIn(error.said) || redact(error.message), { cause: error });
  }
};
