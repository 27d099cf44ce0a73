import { type UpgradeFinding, upgradeAnnotations } from '@godwit/api';

/** Code of the finding about an annotation that is almost one of ours. */
export const ANNOTATION_MISSPELT = 'AnnotationMisspelt';

const MOST_EDITS = 3;

/** How many letters must be changed, added or left out to make one text of another. */
export const editsBetween = (one: string, other: string): number => {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1];
    for (const [column, wanted] of [...other].entries())
      line.push(Math.min((line[column] ?? 0) + 1, (above[column + 1] ?? 0) + 1, (above[column] ?? 0) + (letter === wanted ? 0 : 1)));
    above = line;
  }
  return above.at(-1) ?? 0;
};

const KNOWN: readonly string[] = Object.values(upgradeAnnotations);

const meant = (key: string): string | undefined => {
  if (KNOWN.includes(key)) return undefined;
  const near = KNOWN.map((known) => ({ known, edits: editsBetween(key.toLowerCase(), known) })).filter(({ edits }) => edits <= MOST_EDITS);
  return near.sort((a, b) => a.edits - b.edits)[0]?.known;
};

/** What is to be said of annotations that are close to known ones. They never act (D-I13). */
export const misspeltAnnotations = (annotations: Readonly<Record<string, string>> = {}): UpgradeFinding[] =>
  Object.keys(annotations).flatMap((key) => {
    const known = meant(key);
    if (known === undefined) return [];
    return [
      {
        code: ANNOTATION_MISSPELT,
        severity: 'Warning' as const,
        object: `ImageBasedUpgrade upgrade, annotation ${key}`,
        message: `The annotation ${key} is not known and does nothing; ${known} is`,
        remediation: `kubectl annotate ibu upgrade ${key}- ${known}=${annotations[key] ?? ''}`,
      },
    ];
  });
