import { send } from '../control-plane/request.ts';
import type { Access } from '../kubeconfig.ts';

/** An object and its path in the API. */
export type Manifest = { path: string; object: object };

/** Creates or updates objects, in order. */
export const applyManifests = async (access: Access, manifests: readonly Manifest[]): Promise<void> => {
  for (const { path, object } of manifests) {
    const { status, body } = await send(
      access,
      'PATCH',
      `${path}?fieldManager=godwit-dev&force=true`,
      object,
      'application/apply-patch+yaml',
    );
    if (status >= 300) throw new Error(`${access.name} refused ${path} with status ${status}: ${body.slice(0, 500)}`);
  }
};
