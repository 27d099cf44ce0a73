import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageBasedUpgrade } from '@godwit/api';
import { type PreflightCheck, preflight, runHere } from '@godwit/upgrade';
import { command } from '../command.ts';
import { commandLine } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { doctorLines } from '../ibu/doctor-lines.ts';
import { foundUpgrade, onNode, reportOf } from '../ibu/node.ts';
import { asPrepared, type PrepOptions, prepFlags } from '../ibu/prep-request.ts';
import { type RegistryOptions, registryAccess, registryFlags } from '../ibu/registry-flags.ts';
import type { Invocation } from '../invocation.ts';
import { print } from '../printers/print-value.ts';

const checked = async (
  invocation: Invocation,
  upgrade: ImageBasedUpgrade,
  options: RegistryOptions,
): Promise<readonly PreflightCheck[]> => {
  const cluster = invocation.client();
  const folder = mkdtempSync(join(tmpdir(), 'godwit-doctor-'));
  try {
    const access = registryAccess(invocation, options);
    return await preflight({ cluster, upgrade, report: await reportOf(cluster), run: runHere, access, folder, now: new Date() });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** `godwit doctor ibu`. */
export const doctorIbu = command<PrepOptions & RegistryOptions>({
  words: ['doctor', 'ibu'],
  summary: 'Checks everything that an upgrade needs, all of it at once, and changes nothing; needs skopeo for the seed image',
  flags: [...prepFlags, ...registryFlags],
  examples: [
    ['Check the upgrade as it stands', 'doctor ibu'],
    ['Check before anything is asked for', 'doctor ibu --image quay.io/lab/seed:4.21.0 --version 4.21.0'],
  ],
  run: async (call, _names, options) => {
    const invocation = onNode(call);
    const upgrade = asPrepared(await foundUpgrade(invocation), options);
    const checks = await checked(invocation, upgrade, options);
    const blocked = checks.some(({ outcome }) => outcome === 'fail');
    if (!print(invocation, { checks })) {
      for (const line of doctorLines(checks)) invocation.terminal.out(line);
      if (!blocked) invocation.terminal.err(`next: ${commandLine(invocation, 'ibu prep')}`);
    }
    if (blocked) return exitCodes.refused;
    return checks.some(({ outcome }) => outcome === 'warn') ? exitCodes.warnings : exitCodes.done;
  },
});
