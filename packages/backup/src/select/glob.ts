/** Whether an entry of a namespace list is a pattern rather than a name. */
export const isPattern = (entry: string): boolean => /[*?[\]]/.test(entry);

const escaped = (text: string): string => text.replace(/[.+^${}()|\\]/g, '\\$&');

const toRegExp = (pattern: string): RegExp => {
  const parts = pattern.split(/(\[[^\]]*\]|\*|\?)/).map((part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return part.startsWith('[') && part.endsWith(']') ? part : escaped(part);
  });
  return new RegExp(`^${parts.join('')}$`);
};

/** Whether a name matches a pattern with `*`, `?` and `[...]`; everything else in the pattern is literal. */
export const matchesGlob = (pattern: string, name: string): boolean =>
  isPattern(pattern) ? toRegExp(pattern).test(name) : pattern === name;

/** What is wrong with a pattern, or undefined. */
export const globProblem = (pattern: string): string | undefined => {
  const unsupported = /[|()!{},]/.exec(pattern);
  if (unsupported) return `pattern ${pattern} contains the unsupported character ${unsupported[0]}`;
  if (pattern.includes('**')) return `pattern ${pattern} contains consecutive asterisks`;
  if (pattern.includes('[]')) return `pattern ${pattern} contains empty brackets`;
  const left = pattern.replace(/\[[^\]]+\]/g, '');
  if (left.includes('[')) return `pattern ${pattern} has an unclosed bracket`;
  return left.includes(']') ? `pattern ${pattern} has an unmatched bracket` : undefined;
};
