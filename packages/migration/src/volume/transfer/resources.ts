import type { Resources } from './pod-parts.ts';

// Small on purpose: a copy waits for disks and network, and a large request keeps pods off busy nodes.
const DEFAULT_REQUESTS: Record<string, string> = { cpu: '50m', memory: '64Mi' };

const quantities = (settings: Readonly<Record<string, string>>, prefix: string, suffix: 'REQUEST' | 'LIMIT'): Record<string, string> =>
  Object.fromEntries(
    ['cpu', 'memory'].flatMap((name) => {
      const value = settings[`${prefix}_${name.toUpperCase()}_${suffix}`];
      return value ? [[name, value]] : [];
    }),
  );

/** Resources of a transfer container; every quantity may be set on its own, as `<prefix>_CPU_REQUEST` and so on. */
export const resourcesOf = (settings: Readonly<Record<string, string>>, prefix: 'CLIENT_POD' | 'TRANSFER_POD'): Resources => {
  const limits = quantities(settings, prefix, 'LIMIT');
  return {
    requests: { ...DEFAULT_REQUESTS, ...quantities(settings, prefix, 'REQUEST') },
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
  };
};
