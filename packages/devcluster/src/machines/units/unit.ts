import type { UnitEntry } from '../ignition/config.ts';
import { BootstrapRefused } from '../ignition/refused.ts';
import { type Directive, directivesOf, valuesOf } from './directives.ts';
import { environmentOf, environmentOfFile } from './environment.ts';
import { expand, wordsOf } from './words.ts';

/** A program that a machine's launcher runs; `once`: it runs to its end before the next one starts. */
export type Program = { name: string; argv: readonly string[]; environment: Readonly<Record<string, string>>; once: boolean };

/** Directives of [Service] that say what runs or as whom; leaving one out silently would run something else. */
const REFUSED: readonly string[] = [
  'ExecCondition',
  'ExecStartPre',
  'ExecStartPost',
  'User',
  'Group',
  'DynamicUser',
  'WorkingDirectory',
  'RootDirectory',
  'RootImage',
];

const readVariables = (
  directives: readonly Directive[],
  readFile: (path: string) => string | undefined,
  name: string,
): Record<string, string> => {
  const files = valuesOf(directives, 'EnvironmentFile').map((value) => {
    const path = value.replace(/^-/, '');
    const text = readFile(path);
    if (text === undefined && path === value)
      throw new BootstrapRefused(`${name} reads variables from ${path}, which the machine does not have`);
    return environmentOfFile(text ?? '');
  });
  return Object.assign({}, ...valuesOf(directives, 'Environment').map(environmentOf), ...files) as Record<string, string>;
};

const commandOf = (directives: readonly Directive[], name: string): string[] => {
  const commands = valuesOf(directives, 'ExecStart');
  if (commands.length !== 1) throw new BootstrapRefused(`${name} has ${commands.length} lines ExecStart; local machines want exactly one`);
  const command = (commands[0] ?? '').replace(/^-/, '');
  if (/^[@:+!|]/.test(command)) throw new BootstrapRefused(`${name} starts ExecStart with ${command[0]}, which local machines do not know`);
  if (/%[^%]/.test(command.replaceAll('%%', '')))
    throw new BootstrapRefused(`${name} uses a % specifier in ExecStart, which local machines do not know`);
  return wordsOf(command).map((word) => word.replaceAll('%%', '%'));
};

const textOf = ({ contents, dropins }: UnitEntry): string =>
  [contents ?? '', ...(dropins ?? []).toSorted((one, other) => (one.name < other.name ? -1 : 1)).map((each) => each.contents ?? '')].join(
    '\n',
  );

/** Whether the launcher is to start a unit. One without contents belongs to an operating system that these machines do not have. */
export const isStarted = (unit: UnitEntry): boolean => unit.enabled === true && unit.mask !== true && (unit.contents ?? '') !== '';

/** Turns a unit of systemd into a program with fixed arguments; `readFile` reads a file of the machine. Refuses what it could only guess at. */
export const programOf = (unit: UnitEntry, readFile: (path: string) => string | undefined): Program => {
  const { name } = unit;
  const directives = directivesOf(textOf(unit), 'Service');
  const unknown = directives.find(({ key, value }) => REFUSED.includes(key) && value !== '');
  if (unknown) throw new BootstrapRefused(`${name} uses ${unknown.key}, which the launcher of local machines does not know`);
  const environment = readVariables(directives, readFile, name);
  const argv = expand(commandOf(directives, name), environment);
  return { name: name.replace(/\.service$/, ''), argv, environment, once: valuesOf(directives, 'Type').at(-1) === 'oneshot' };
};
