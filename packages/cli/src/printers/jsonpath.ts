import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

const STEP = /^(?:\.\.?)?(?:\['([^']*)'\]|\[(\d+|\*)\]|\[\?\(@([^=!]+?)\s*(==|!=)\s*["']?([^"']*)["']?\)\]|\.?([\w-]+|\*))/;

const unreadable = (path: string): Failure =>
  new Failure(`jsonpath ${path} cannot be read`, {
    reason: 'Usage',
    why: 'write for instance {.items[*].metadata.name}',
    exitCode: exitCodes.usage,
  });

const field = (value: unknown, name: string): unknown[] => {
  if (value === null || typeof value !== 'object') return [];
  const found = (value as Record<string, unknown>)[name];
  return found === undefined ? [] : [found];
};

const all = (value: unknown): unknown[] => (value === null || typeof value !== 'object' ? [] : Object.values(value));

const walk = (values: readonly unknown[], path: string): unknown[] => {
  if (path === '' || path === '.') return [...values];
  const step = STEP.exec(path);
  if (step === null) throw unreadable(path);
  const [whole, quoted, index, tested, operator, wanted, name] = step;
  const rest = path.slice(whole.length);
  if (tested !== undefined) {
    const holds = (each: unknown): boolean => walk([each], tested).some((found) => String(found) === wanted) === (operator === '==');
    return walk(
      values.flatMap((value) => all(value).filter(holds)),
      rest,
    );
  }
  const next = index === '*' || name === '*' ? values.flatMap(all) : values.flatMap((value) => field(value, quoted ?? index ?? name ?? ''));
  return walk(next, rest);
};

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/**
 * Fills a template: text, and in braces paths of fields, `[n]`, `[*]`, `['name']` and filters such as `[?(@.type=="Ready")]`.
 * Several results of one path are separated by spaces; absent ones leave nothing.
 */
export const jsonPath = (template: string, root: unknown): string => {
  if (/[{}]/.test(template.replace(/\{[^{}]*\}/g, ''))) throw unreadable(template);
  return template.replace(/\{([^}]*)\}/g, (_, path: string) => {
    const literal = /^"(.*)"$/.exec(path);
    if (literal !== null) return (literal[1] ?? '').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
    return walk([root], path.replace(/^\$/, '')).map(textOf).join(' ');
  });
};
