/** A condition in the standard shape (KEP-1623), as Godwit's own kinds carry it. */
export type StandardCondition = {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  lastTransitionTime: string;
  observedGeneration?: number | undefined;
};

/** What a condition says, before it has a time. */
export type StandardClaim = Omit<StandardCondition, 'lastTransitionTime'>;

/** Returns the list with this claim in it; the transition time moves only when the status does. */
export const withCondition = (list: readonly StandardCondition[], claim: StandardClaim, now: string): StandardCondition[] => {
  const before = list.find(({ type }) => type === claim.type);
  const lastTransitionTime = before?.status === claim.status ? before.lastTransitionTime : now;
  const next = { ...claim, lastTransitionTime };
  return before ? list.map((each) => (each === before ? next : each)) : [...list, next];
};

/** The list without conditions of these types. */
export const withoutConditions = (list: readonly StandardCondition[], ...types: readonly string[]): StandardCondition[] =>
  list.filter(({ type }) => !types.includes(type));

/** Whether a condition of this type is there and True. */
export const isTrue = (list: readonly { type: string; status: string }[] | undefined, type: string): boolean =>
  list?.some((each) => each.type === type && each.status === 'True') ?? false;

const RANK = { False: 0, Unknown: 1, True: 2 } as const;

/** How good news a condition is: of a fault type (abnormal when True) True is bad news. */
const goodness = ({ type, status }: StandardClaim, faults: readonly string[]): number =>
  faults.includes(type) ? 2 - RANK[status] : RANK[status];

/** The worst of several conditions as one; absent ones count as Unknown. `faults` names those that are bad when True. */
export const summary = (
  type: string,
  list: readonly StandardCondition[],
  { types, faults = [], good }: { types: readonly string[]; faults?: readonly string[]; good: { reason: string; message: string } },
): StandardClaim => {
  const claims = types.map((each): StandardClaim => {
    const absent = faults.includes(each) ? 'False' : 'Unknown';
    return (
      list.find((found) => found.type === each) ?? {
        type: each,
        status: absent,
        reason: 'NotYetKnown',
        message: `${each} is not known yet`,
      }
    );
  });
  const worst = Math.min(...claims.map((claim) => goodness(claim, faults)), RANK.True);
  if (worst === RANK.True) return { type, status: 'True', ...good };
  const guilty = claims.filter((claim) => goodness(claim, faults) === worst);
  return {
    type,
    status: worst === RANK.False ? 'False' : 'Unknown',
    reason: guilty[0]?.reason ?? 'NotYetKnown',
    message: guilty.map((claim) => `${claim.type}: ${claim.message}`).join('; '),
  };
};

const MOST_NAMES = 5;

const namesOf = (names: readonly string[]): string =>
  names.length <= MOST_NAMES ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;

/** The condition of one type over many objects as one: True when all are; otherwise it names the objects that are not (five at most). */
export const aggregate = (type: string, objects: readonly { name: string; conditions: readonly StandardCondition[] }[]): StandardClaim => {
  const found = objects.map(({ name, conditions }) => ({ name, condition: conditions.find((each) => each.type === type) }));
  const bad = found.filter(({ condition }) => condition?.status === 'False');
  const unknown = found.filter(({ condition }) => condition === undefined || condition.status === 'Unknown');
  const total = objects.length;
  if (bad.length > 0)
    return {
      type,
      status: 'False',
      reason: bad[0]?.condition?.reason ?? 'NotAll',
      message: `${bad.length} of ${total} are not ${type}: ${namesOf(bad.map(({ name }) => name))}`,
    };
  if (unknown.length > 0)
    return {
      type,
      status: 'Unknown',
      reason: 'NotYetKnown',
      message: `${unknown.length} of ${total} are not known to be ${type}: ${namesOf(unknown.map(({ name }) => name))}`,
    };
  return { type, status: 'True', reason: 'All', message: `${total} of ${total} are ${type}` };
};

/** A child's condition as one of its parent's; an absent one is Unknown. `from` names the child, for instance `Backup shop/initial`. */
export const mirror = (type: string, condition: StandardCondition | undefined, from: string): StandardClaim =>
  condition === undefined
    ? { type, status: 'Unknown', reason: 'NotYetKnown', message: `${from} says nothing yet` }
    : { type, status: condition.status, reason: condition.reason, message: `${from}: ${condition.message}` };
