import { fieldManagers, ImageBasedUpgrade } from '@godwit/api';
import { type ApiError, isApiError } from '@godwit/kube';
import { commandLine } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { allowedNow } from './facts.ts';
import { suggestions } from './next-commands.ts';
import { upgradeName } from './node.ts';

type Cause = { message?: string };

const causesOf = ({ details, message }: ApiError): string => {
  const { causes = [] } = (details ?? {}) as { causes?: Cause[] };
  const texts = causes.map((each) => (each.message ?? '').replace(/^Invalid value: (?:"[^"]*"|\{.*\}): /s, '')).filter(Boolean);
  return texts.length === 0 ? message : [...new Set(texts)].join('; ');
};

const allowedWords = (upgrade: ImageBasedUpgrade): string => {
  const stages = allowedNow(upgrade);
  return stages.length === 0 ? 'no stage is allowed now' : `allowed now: ${stages.join(', ')}`;
};

/** The API server's refusal in one line, with what it would allow. */
const refusalOf = (invocation: Invocation, what: string, upgrade: ImageBasedUpgrade, error: ApiError): Failure => {
  const [first] = suggestions(upgrade);
  return new Failure(what, {
    reason: 'NotAllowedNow',
    why: `${causesOf(error)} (${allowedWords(upgrade)})`,
    exitCode: exitCodes.refused,
    ...(first === undefined ? {} : { next: commandLine(invocation, first[0]) }),
  });
};

/** What is asked for: `what` is the failure's sentence when the API server refuses. */
export type Request = { readonly what: string; readonly patch: object; readonly dryRun?: boolean };

/** Patches the upgrade in one request; the API server is who judges it. */
export const ask = async (
  invocation: Invocation,
  upgrade: ImageBasedUpgrade,
  { what, patch, dryRun }: Request,
): Promise<ImageBasedUpgrade> => {
  try {
    return await invocation
      .client()
      .patch(ImageBasedUpgrade, upgradeName, patch, { fieldManager: fieldManagers.cli, ...(dryRun === undefined ? {} : { dryRun }) });
  } catch (error) {
    if (isApiError(error, 'Invalid')) throw refusalOf(invocation, what, upgrade, error);
    throw error;
  }
};
