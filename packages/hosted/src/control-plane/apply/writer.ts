import { carryOut } from '@godwit/controller';
import type { Client, Resource } from '@godwit/kube';
import { applying, MANAGEMENT, type Manifest } from '../manifest.ts';
import type { Seen } from '../observe.ts';
import { APPLIED, isInPlace, stamped } from './in-place.ts';

/** The owner of fields that controllers of control planes write. */
export const FIELD_MANAGER = 'godwit-control-plane';

/** Writes manifests that are not in place; remembers those of kinds that are not watched, which are written once per content. */
export type Writer = {
  write(manifests: readonly Manifest[], seen: Pick<Seen, 'of'>, signal: AbortSignal): Promise<void>;
  forget(namespace: string): void;
};

const keyOf = ({ resource, object: { metadata } }: Manifest): string =>
  `${metadata.namespace ?? ''}/${resource.kind}.${resource.group}/${metadata.name ?? ''}`;

/** Makes the writer of one cluster. What is `watched` is judged by what is seen of it, and repaired when somebody changes it. */
export const createWriter = (client: Client, watched: readonly Resource[]): Writer => {
  const written = new Map<string, string>();
  const stampOf = ({ object }: Manifest): string => object.metadata.annotations?.[APPLIED] ?? '';
  const needed = (manifest: Manifest, seen: Pick<Seen, 'of'>): boolean =>
    !isInPlace(seen.of(manifest), manifest) && written.get(keyOf(manifest)) !== stampOf(manifest);
  return {
    write: async (manifests, seen, signal) => {
      const wanted = manifests.map(stamped).filter((manifest) => needed(manifest, seen));
      await carryOut(
        wanted.map((manifest) => applying(manifest)),
        { [MANAGEMENT]: client },
        { fieldManager: FIELD_MANAGER, signal },
      );
      for (const manifest of wanted) if (!watched.includes(manifest.resource)) written.set(keyOf(manifest), stampOf(manifest));
    },
    forget: (namespace) => {
      // What is in no namespace went with a control plane, too; that of others is written once more, and stays as it is.
      for (const key of written.keys()) if (key.startsWith(`${namespace}/`) || key.startsWith('/')) written.delete(key);
    },
  };
};
