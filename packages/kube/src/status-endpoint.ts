import type { Client, Resource } from './types.ts';

/** Whether the status of a kind has an endpoint of its own, or is written with the object. */
export type StatusEndpoints = {
  /** Whether it was found a short while ago that the status is written with the object. */
  isShared(resource: Resource): boolean;
  /** Asks discovery, after a status write found nothing: the object may be gone, or the endpoint never there. */
  ask(resource: Resource): Promise<'own' | 'shared'>;
};

/** A definition may gain the endpoint later; until this time has passed, its status would be written where it is ignored. */
const TRUST_MILLISECONDS = 60_000;

/** Follows discovery about status endpoints, because upstream's definitions of some kinds have none. */
export const statusEndpoints = (discover: Client['discover'], now: () => number = Date.now): StatusEndpoints => {
  const shared = new Map<string, number>();
  const keyOf = ({ group, version, plural }: Resource) => `${group}/${version}/${plural}`;
  const look = async (resource: Resource, fresh: boolean) => {
    const served = (await discover({ fresh })).find((each) => keyOf(each) === keyOf(resource));
    return served && (served.subresources.includes('status') ? 'own' : 'shared');
  };
  return {
    isShared: (resource) => (shared.get(keyOf(resource)) ?? 0) > now(),
    ask: async (resource) => {
      if ((await look(resource, false)) === 'own') return 'own';
      const found = (await look(resource, true)) ?? 'own';
      if (found === 'shared') shared.set(keyOf(resource), now() + TRUST_MILLISECONDS);
      return found;
    },
  };
};
