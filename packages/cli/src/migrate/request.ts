import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { secondsIn } from '../invocation.ts';
import { parseRepository, type RepositoryOptions, type RepositoryRequest } from './repository-request.ts';

/** The flags of `godwit migrate`. */
export type MigrateOptions = RepositoryOptions & {
  source?: string;
  target?: string;
  host?: string;
  yes?: boolean;
  transferImage?: string;
  storageClass?: string;
  /** False with --no-quiesce. */
  quiesce: boolean;
  dryRun?: boolean;
  timeout?: string;
  holdBefore?: string;
};

/** What is to be migrated, and how, free of contradictions. */
export type MigrateRequest = {
  /** `name` or `name:target`. */
  namespaces: readonly string[];
  source: string;
  target: string;
  host: string;
  repository: RepositoryRequest | undefined;
  /** Storage class on the target by storage class on the source. */
  storageClasses: ReadonlyMap<string, string>;
  quiesce: boolean;
  assumeYes: boolean;
  dryRun: boolean;
  transferImage: string | undefined;
  timeoutSeconds: number | undefined;
  holdBefore: string | undefined;
};

const usage = (what: string, why: string): Failure =>
  new Failure(what, { reason: 'Usage', why, next: 'godwit migrate --help', exitCode: exitCodes.usage });

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const checkedNamespace = (text: string): string => {
  const parts = text.split(':');
  if (parts.length > 2 || !parts.every((part) => LABEL.test(part)))
    throw usage(`"${text}" is not a namespace`, 'write NAMESPACE, or NAMESPACE:TARGET to give it another name on the target');
  return parts[0] === parts[1] ? (parts[0] ?? '') : text;
};

/** Reads namespaces, `name` or `name:target`; throws a usage failure for what cannot be one, and for two with one target. */
export const checkedNamespaces = (names: readonly string[]): string[] => {
  const checked = names.map(checkedNamespace);
  const targets = checked.map((each) => each.split(':').at(-1));
  const twice = targets.find((each, at) => targets.indexOf(each) !== at);
  if (twice !== undefined) throw usage(`two namespaces would become ${twice}`, 'every namespace needs a target of its own');
  return checked;
};

/** Reads `SRC=DST,…`. */
const storageClassPairs = (text: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    (text ?? '')
      .split(',')
      .filter(Boolean)
      .map((pair): [string, string] => {
        const [from = '', to = ''] = pair.split('=');
        if (from === '' || to === '')
          throw usage(`--storage-class ${pair} cannot be read`, 'write SOURCE_CLASS=TARGET_CLASS, several separated by commas');
        return [from, to];
      }),
  );

const required = (flag: string, value: string | undefined): string => {
  if (value) return value;
  throw usage(`${flag} is missing`, 'a migration needs the context of its source and of its target');
};

/** Reads the arguments of `godwit migrate`; throws a usage failure for what cannot be meant. */
export const migrateRequest = (
  names: readonly string[],
  options: MigrateOptions,
  environment: Readonly<Record<string, string | undefined>>,
): MigrateRequest => {
  const target = required('--target', options.target);
  return {
    namespaces: checkedNamespaces(names),
    source: required('--source', options.source),
    target,
    host: options.host ?? target,
    repository: parseRepository(options, environment),
    storageClasses: storageClassPairs(options.storageClass),
    quiesce: options.quiesce,
    assumeYes: options.yes === true,
    dryRun: options.dryRun === true,
    transferImage: options.transferImage,
    timeoutSeconds: options.timeout === undefined ? undefined : secondsIn('--timeout', options.timeout),
    holdBefore: options.holdBefore,
  };
};
