import { type Directive, directivesOf, valuesOf } from '../../../machines/units/directives.ts';
import { environmentOf, environmentOfFile } from '../../../machines/units/environment.ts';
import { expand, wordsOf } from '../../../machines/units/words.ts';

/** A command of a unit; `forgiven`: its failure counts as success. */
export type UnitCommand = { words: readonly string[]; forgiven: boolean };

/** A unit of systemd, as far as the launcher of a node knows the format. Variables are filled in when a command starts. */
export type Unit = {
  /** Without `.service`. */
  name: string;
  after: readonly string[];
  before: readonly string[];
  /** Runs to its end, and counts as started only then. */
  once: boolean;
  commands: Readonly<Record<'ExecStartPre' | 'ExecStart' | 'ExecStartPost' | 'ExecStopPost', readonly UnitCommand[]>>;
  restart: 'no' | 'on-failure' | 'always';
  /** How long to wait before a new start. */
  restartSeconds: number;
  /** How long a program gets to end by itself. */
  stopSeconds: number;
  environment: Readonly<Record<string, string>>;
  /** Files with more variables; one that begins with `-` may be absent. */
  environmentFiles: readonly string[];
};

const KNOWN: readonly string[] = [
  ...['Type', 'RemainAfterExit', 'ExecStartPre', 'ExecStart', 'ExecStartPost', 'ExecStopPost', 'Restart', 'RestartSec'],
  ...[
    'Environment',
    'EnvironmentFile',
    'TimeoutStartSec',
    'TimeoutStopSec',
    'KillMode',
    'StandardOutput',
    'StandardError',
    'SyslogIdentifier',
  ],
];

const namesIn = (directives: readonly Directive[], key: string): string[] =>
  valuesOf(directives, key)
    .flatMap((value) => value.split(/\s+/))
    .filter((name) => name.endsWith('.service'))
    .map((name) => name.replace(/\.service$/, ''));

const commandOf = (unit: string, line: string): UnitCommand => {
  const forgiven = line.startsWith('-');
  const command = forgiven ? line.slice(1) : line;
  if (/^[@:+!|]/.test(command)) throw new Error(`Unit ${unit} starts a command with ${command[0]}, which the launcher does not know`);
  return { words: wordsOf(command), forgiven };
};

/** Seconds out of systemd's way to write them: `5`, `5s`, `500ms`, `2min`. */
const secondsOf = (text: string | undefined, otherwise: number): number => {
  const found = /^(\d+(?:\.\d+)?)(ms|s|min)?$/.exec(text ?? '');
  return found ? Number(found[1]) * ({ ms: 0.001, s: 1, min: 60 }[found[2] ?? 's'] ?? 1) : otherwise;
};

const restartOf = (value: string | undefined): Unit['restart'] => (value === 'always' || value === 'on-failure' ? value : 'no');

/** Reads a unit file. Refuses directives of [Service] that it does not know, since leaving one out would run something else. */
export const unitOf = (name: string, text: string): Unit => {
  const [order, service] = [directivesOf(text, 'Unit'), directivesOf(text, 'Service')];
  const unknown = service.find(({ key }) => !KNOWN.includes(key));
  if (unknown) throw new Error(`Unit ${name} uses ${unknown.key}, which the launcher does not know`);
  const last = (key: string): string | undefined => valuesOf(service, key).at(-1);
  const commands = (key: string): UnitCommand[] => valuesOf(service, key).map((line) => commandOf(name, line));
  const once = last('Type') === 'oneshot';
  if (!once && commands('ExecStart').length !== 1)
    throw new Error(`Unit ${name} has ${commands('ExecStart').length} lines ExecStart; one is wanted`);
  return {
    name,
    after: namesIn(order, 'After'),
    before: namesIn(order, 'Before'),
    once,
    commands: {
      ExecStartPre: commands('ExecStartPre'),
      ExecStart: commands('ExecStart'),
      ExecStartPost: commands('ExecStartPost'),
      ExecStopPost: commands('ExecStopPost'),
    },
    restart: restartOf(last('Restart')),
    restartSeconds: secondsOf(last('RestartSec'), 0.1),
    stopSeconds: secondsOf(last('TimeoutStopSec'), 10),
    environment: Object.assign({}, ...valuesOf(service, 'Environment').map(environmentOf)) as Record<string, string>,
    environmentFiles: valuesOf(service, 'EnvironmentFile'),
  };
};

/** The variables of a unit as they stand now; `readFile` returns undefined for a file that is absent. */
export const variablesOf = (unit: Unit, readFile: (path: string) => string | undefined): Record<string, string> => {
  const files = unit.environmentFiles.map((file) => {
    const path = file.replace(/^-/, '');
    const text = readFile(path);
    if (text === undefined && path === file) throw new Error(`Unit ${unit.name} reads variables from ${path}, which is not there`);
    return environmentOfFile(text ?? '');
  });
  return Object.assign({}, unit.environment, ...files) as Record<string, string>;
};

/** A command with its variables filled in. */
export const argvOf = ({ words }: UnitCommand, variables: Readonly<Record<string, string>>): string[] =>
  expand(words, variables).map((word) => word.replaceAll('%%', '%'));
