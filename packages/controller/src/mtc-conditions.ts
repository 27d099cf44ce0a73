import type { Category, Condition } from '@godwit/api';

/** What a condition of a migration kind says, before it has a time. A literal `[]` in the message is replaced by the items. */
export type MtcClaim = {
  type: string;
  /** Default True. */
  status?: 'True' | 'False' | undefined;
  category: Category;
  reason?: string | undefined;
  message?: string | undefined;
  items?: readonly string[] | undefined;
  /** Outlives rounds in which nobody claims it, until it is deleted by name. Default false. */
  durable?: boolean | undefined;
};

type Entry = { readonly condition: Condition; readonly staged: boolean };

/** The conditions of an object during a round. While staging, only what this round has claimed or kept is visible. */
export type Conditions = { readonly staging: boolean; readonly entries: readonly Entry[] };

/** The conditions that an object's status has. */
export const conditionsOf = (list: readonly Condition[] | undefined): Conditions => ({
  staging: false,
  entries: (list ?? []).map((condition) => ({ condition, staged: true })),
});

/** Begins a round: what is not durable has to be claimed or kept again. */
export const beginStaging = ({ entries }: Conditions): Conditions => ({
  staging: true,
  entries: entries.map(({ condition }) => ({ condition, staged: condition.durable === true })),
});

/** Ends a round: what nobody claimed or kept is gone. */
export const endStaging = ({ entries }: Conditions): Conditions => ({ staging: false, entries: entries.filter(({ staged }) => staged) });

/** Puts items into the empty brackets of a message. */
const withItems = (message: string, items: readonly string[] = []): string =>
  items.length === 0 ? message : message.replace('[]', () => `[${items.join(',')}]`);

/** The items in the first brackets of a message. */
export const itemsIn = (message: string | undefined): string[] =>
  (/\[([^\]]*)\]/.exec(message ?? '')?.[1] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const conditionFrom = ({ type, status = 'True', category, reason, message, items, durable }: MtcClaim, now: string): Condition => ({
  type,
  status,
  category,
  lastTransitionTime: now,
  ...(reason ? { reason } : {}),
  ...(message === undefined ? {} : { message: withItems(message, items) }),
  ...(durable ? { durable } : {}),
});

/** Whether two conditions say the same; the time and durability are not part of what they say. */
export const saysTheSame = (a: Condition, b: Condition): boolean =>
  a.type === b.type &&
  a.status === b.status &&
  (a.reason ?? '') === (b.reason ?? '') &&
  a.category === b.category &&
  (a.message ?? '') === (b.message ?? '');

const setOne = (conditions: Conditions, claim: MtcClaim, now: string): Conditions => {
  const wanted = conditionFrom(claim, now);
  const before = conditions.entries.find(({ condition }) => condition.type === claim.type);
  if (!before) return { ...conditions, entries: [...conditions.entries, { condition: wanted, staged: true }] };
  const unchanged = saysTheSame(before.condition, wanted);
  const condition = unchanged ? { ...wanted, lastTransitionTime: before.condition.lastTransitionTime } : wanted;
  return { ...conditions, entries: conditions.entries.map((each) => (each === before ? { condition, staged: true } : each)) };
};

/** Claims conditions; the time of one that says the same as before stays. `now` as Kubernetes writes times. */
export const setConditions = (conditions: Conditions, claims: MtcClaim | readonly MtcClaim[], now: string): Conditions =>
  [claims].flat().reduce((so, claim: MtcClaim) => setOne(so, claim, now), conditions);

/** Keeps what was said before about these types, because this round could not judge it. */
export const stageConditions = (conditions: Conditions, ...types: readonly string[]): Conditions => ({
  ...conditions,
  entries: conditions.entries.map((each) => (types.includes(each.condition.type) ? { ...each, staged: true } : each)),
});

/** Takes conditions away, durable ones too; while staging they go at the end of the round. */
export const deleteConditions = (conditions: Conditions, ...types: readonly string[]): Conditions => ({
  ...conditions,
  entries: conditions.staging
    ? conditions.entries.map((each) => (types.includes(each.condition.type) ? { ...each, staged: false } : each))
    : conditions.entries.filter(({ condition }) => !types.includes(condition.type)),
});

/** The conditions that are visible now: what goes into status after `endStaging`. */
export const listOf = ({ entries }: Conditions): Condition[] => entries.flatMap(({ condition, staged }) => (staged ? [condition] : []));

const held = (conditions: Conditions): Condition[] => listOf(conditions).filter(({ status }) => status === 'True');

/** Whether all of these types are there and True. */
export const hasAll = (conditions: Conditions, ...types: readonly string[]): boolean =>
  types.every((wanted) => held(conditions).some(({ type }) => type === wanted));

/** Whether one of these types is there and True. */
export const hasAny = (conditions: Conditions, ...types: readonly string[]): boolean =>
  held(conditions).some(({ type }) => types.includes(type));

/** Whether a condition of one of these categories is True. */
export const hasCategory = (conditions: Conditions, ...categories: readonly Category[]): boolean =>
  held(conditions).some(({ category }) => categories.includes(category as Category));

/** Whether a condition keeps its object from being Ready: True, and Critical or Error. */
export const blocks = ({ category, status }: Condition): boolean => status === 'True' && (category === 'Critical' || category === 'Error');

/** The conditions that keep an object from being Ready. */
export const blockers = (conditions: Conditions): Condition[] => listOf(conditions).filter(blocks);

/** Sets Ready, or takes it away. */
export const setReady = (conditions: Conditions, ready: boolean, message: string, now: string): Conditions =>
  ready ? setOne(conditions, { type: 'Ready', category: 'Required', message }, now) : deleteConditions(conditions, 'Ready');

/** Ends a round that broke: not Ready, and ReconcileFailed names the error. The text must be free of secrets (`redact`). */
export const reconcileFailed = (conditions: Conditions, error: string, now: string): Conditions =>
  endStaging(
    setOne(
      deleteConditions(conditions, 'Ready'),
      { type: 'ReconcileFailed', category: 'Critical', message: 'Reconcile failed: []. See controller logs for details.', items: [error] },
      now,
    ),
  );

/** One whole round: begins, keeps the types in `keep`, claims, ends. Returns what goes into status. */
export const settleConditions = (
  list: readonly Condition[] | undefined,
  claims: readonly MtcClaim[],
  now: string,
  { keep = [] }: { keep?: readonly string[] } = {},
): Condition[] => listOf(endStaging(setConditions(stageConditions(beginStaging(conditionsOf(list)), ...keep), claims, now)));
