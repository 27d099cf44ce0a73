/** One object that an apply-label annotation names. */
export type LabelledObject = { group: string; version: string; resource: string; namespace?: string; name: string };

/** An element of an apply-label annotation that names no object; upstream's words. */
export class InvalidApplyLabel extends Error {
  override readonly name = 'InvalidApplyLabel';
  constructor(value: string) {
    super(`invalid apply-label obj in annotation value: ${value}`);
  }
}

const objectOf = (text: string): LabelledObject => {
  const parts = text.split('/');
  const [a = '', b = '', c = '', d = '', e = ''] = parts;
  if (parts.some((part) => part === '')) throw new InvalidApplyLabel(text);
  if (parts.length === 3) return { group: '', version: a, resource: b, name: c };
  if (parts.length === 4 && a === 'v1') return { group: '', version: a, resource: b, namespace: c, name: d };
  if (parts.length === 4) return { group: a, version: b, resource: c, name: d };
  if (parts.length === 5) return { group: a, version: b, resource: c, namespace: d, name: e };
  throw new InvalidApplyLabel(text);
};

/**
 * The objects that an apply-label annotation names, each once: `version/resource/name`, `v1/resource/namespace/name`,
 * `group/version/resource/name` or `group/version/resource/namespace/name`, with commas between them.
 */
export const labelledObjects = (value: string | undefined): LabelledObject[] => {
  const texts = (value ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  return [...new Set(texts)].map(objectOf);
};
