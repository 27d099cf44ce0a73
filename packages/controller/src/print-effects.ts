import type { Effect } from './effect.ts';
import { redacted } from './redact.ts';

type Names = { namespace?: string | undefined; name?: string | undefined; generateName?: string | undefined };

const nameIn = ({ namespace, name, generateName }: Names): string => {
  const last = name ?? `${generateName ?? ''}*`;
  return namespace === undefined ? last : `${namespace}/${last}`;
};

const metadataOf = (object: unknown): Names => (object as { metadata?: Names }).metadata ?? {};

const contentOf = (kind: string, content: unknown): string => (kind === 'Secret' ? '<redacted>' : JSON.stringify(redacted(content)));

const part = (subresource: string | undefined): string => (subresource === undefined ? '' : ` (${subresource})`);

const lineOf = (effect: Effect): string => {
  if (effect.do === 'task') return `run ${effect.name}: ${effect.about}`;
  const { kind } = effect.resource;
  switch (effect.do) {
    case 'create':
      return `create ${kind} ${nameIn(effect.object.metadata)} on ${effect.on}`;
    case 'apply':
      return `apply ${kind} ${nameIn(metadataOf(effect.object))}${part(effect.subresource)} on ${effect.on}`;
    case 'patch':
      return `patch ${kind} ${nameIn(effect.name)}${part(effect.subresource)} on ${effect.on}: ${contentOf(kind, effect.patch)}`;
    case 'delete':
      return `delete ${kind} ${nameIn(effect.name)} on ${effect.on}`;
  }
};

/** What effects would do, one line each, for a dry run; nothing of a Secret but its name. */
export const printEffects = (effects: readonly Effect[]): string[] => effects.map(lineOf);
