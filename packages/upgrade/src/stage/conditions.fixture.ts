import type { StandardCondition } from '@godwit/controller';

/** Writes conditions as `Idle=True:Idle`, `PrepInProgress=False:Failed:no space`; the message is the reason unless it is there. */
export const conditions = (...texts: readonly string[]): StandardCondition[] =>
  texts.map((text) => {
    const [, type = '', status = '', reason = '', message = reason] = /^(\w+)=(\w+):(\w+)(?::(.*))?$/.exec(text) ?? [];
    return { type, status: status as 'True', reason, message, lastTransitionTime: '2030-01-01T00:00:00Z', observedGeneration: 1 };
  });

/** The same the other way round. */
export const textsOf = (list: readonly Omit<StandardCondition, 'lastTransitionTime'>[]): string[] =>
  list.map(({ type, status, reason, message }) => `${type}=${status}:${reason}${message === reason ? '' : `:${message}`}`);
