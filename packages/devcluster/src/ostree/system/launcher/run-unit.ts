import { existsSync, readFileSync } from 'node:fs';
import { ended, type Manner, type Result, runCommands, startCommand } from './program.ts';
import { type Unit, type UnitCommand, variablesOf } from './unit.ts';

const readFile = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/** Runs what tells that the main process does its work; gives up when that ends first. */
const confirm = async (commands: readonly UnitCommand[], manner: Manner, end: Promise<Result>): Promise<boolean> => {
  for (const command of commands) {
    const child = startCommand(command, manner);
    const result = await Promise.race([ended(child), end.then(() => 'resources' as const)]);
    if (result === 'success' || command.forgiven) continue;
    child.kill('SIGKILL');
    return false;
  }
  return true;
};

/** Runs the main process of a unit to its end; calls `works` when it does what those behind it need. */
const runMain = async ({ commands }: Unit, manner: Manner, works: () => void): Promise<Result> => {
  const [command] = commands.ExecStart;
  if (!command) return 'resources';
  const child = startCommand(command, manner);
  manner.hold(child);
  const end = ended(child);
  const good = await confirm(commands.ExecStartPost, manner, end);
  if (good) works();
  else child.kill('SIGTERM');
  const result = await end;
  manner.hold(undefined);
  if (!good) return result === 'success' ? 'exit-code' : result;
  return command.forgiven ? 'success' : result;
};

const runBody = async (unit: Unit, manner: Manner, works: () => void): Promise<Result> => {
  const before = await runCommands(unit.commands.ExecStartPre, manner);
  if (before !== 'success') return before;
  if (!unit.once) return runMain(unit, manner, works);
  const result = await runCommands(unit.commands.ExecStart, manner);
  return result === 'success' ? runCommands(unit.commands.ExecStartPost, manner) : result;
};

/** Runs a unit once, with its variables as they stand now, to its end; what runs after it learns the result as SERVICE_RESULT. */
export const runUnit = async (unit: Unit, manner: Omit<Manner, 'environment'>, works: () => void): Promise<Result> => {
  const environment = variablesOf(unit, readFile);
  const result = await runBody(unit, { ...manner, environment }, works);
  // A stop ends the unit, not what tidies up after it.
  await runCommands(unit.commands.ExecStopPost, { ...manner, hold: () => {}, environment: { ...environment, SERVICE_RESULT: result } });
  return result;
};
