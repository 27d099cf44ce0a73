import type { LabelSelector } from '../velero.ts';

type Expression = NonNullable<LabelSelector['matchExpressions']>[number];

const expressionText = ({ key, operator, values = [] }: Expression): string => {
  if (operator === 'Exists') return key;
  if (operator === 'DoesNotExist') return `!${key}`;
  return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
};

/** A selector as list requests take it; empty when it selects everything. */
export const selectorText = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string =>
  [...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`), ...matchExpressions.map(expressionText)].join(',');

const holds = ({ key, operator, values = [] }: Expression, labels: Record<string, string>): boolean => {
  const value = labels[key];
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  const isIn = value !== undefined && values.includes(value);
  return operator === 'In' ? isIn : !isIn;
};

/** Whether labels satisfy a selector. */
export const matchesSelector = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Record<string, string> = {}): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every((each) => holds(each, labels));

/** The selectors of a spec as alternatives; undefined when nothing is selected by labels. */
export const selectorsOf = (spec: { labelSelector?: LabelSelector; orLabelSelectors?: LabelSelector[] }): LabelSelector[] | undefined => {
  const given = [...(spec.labelSelector ? [spec.labelSelector] : []), ...(spec.orLabelSelectors ?? [])];
  return given.some((selector) => selectorText(selector) !== '') ? given : undefined;
};
