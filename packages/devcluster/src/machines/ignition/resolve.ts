import { type Contents, type IgnitionConfig, parseConfig } from './config.ts';
import { type Fetch, readContents } from './contents.ts';
import { merge, NOTHING, type Wanted } from './merge.ts';
import { BootstrapRefused } from './refused.ts';

const DEEPEST = 5;

/** What a machine's first configuration leads to: all that is wanted, and the authorities that were named on the way (PEM). */
export type Resolved = Wanted & { authorities: string[] };

type Step = { fetch: Fetch; authorities: readonly string[]; depth: number };

const authoritiesOf = async ({ ignition }: IgnitionConfig, { fetch, authorities }: Step): Promise<string[]> => {
  const sources = ignition.security?.tls?.certificateAuthorities ?? [];
  const own = await Promise.all(sources.map(async (source) => (await readContents(source, fetch, authorities)).toString()));
  return [...authorities, ...own];
};

const follow = async (contents: Contents, step: Step): Promise<Resolved> => {
  const from = contents.source?.startsWith('data:') ? 'A merged data URL' : (contents.source ?? 'A merged configuration');
  if (step.depth > DEEPEST)
    throw new BootstrapRefused(`Ignition configurations lead to one another more than ${DEEPEST} times, last to ${from}`);
  return resolve((await readContents(contents, step.fetch, step.authorities)).toString(), from, step);
};

const resolve = async (text: string, from: string, step: Step): Promise<Resolved> => {
  const config = parseConfig(text, from);
  const next = { ...step, authorities: await authoritiesOf(config, step), depth: step.depth + 1 };
  const { replace, merge: sources } = config.ignition.config ?? {};
  if (replace?.source) return follow(replace, next);
  let wanted: Wanted = NOTHING;
  let authorities = next.authorities;
  for (const source of sources ?? []) {
    const child = await follow(source, next);
    authorities = [...new Set([...authorities, ...child.authorities])];
    wanted = merge(wanted, { storage: child, systemd: child });
  }
  return { ...merge(wanted, config), authorities: [...authorities] };
};

/** Follows a machine's first configuration through all that it merges, or that replaces it. Merged ones come first, in order; the one that names them wins. */
export const resolveConfig = (text: string, fetch: Fetch): Promise<Resolved> =>
  resolve(text, 'The bootstrap data', { fetch, authorities: [], depth: 0 });
