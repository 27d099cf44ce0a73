import { z } from 'zod';
import { fields } from '../schema.ts';

/** What every kind of godwit.io has in common. */
export const godwitKind = { group: 'godwit.io', version: 'v1alpha1', scope: 'Namespaced', status: 'subresource' } as const;

/** Names an object of the same namespace. */
export const named = (what: string) => fields({ name: z.string().min(1).max(253).describe(`Name of the ${what}. Required.`) });
