/** One `Key=value` line of a unit. */
export type Directive = { key: string; value: string };

/** The directives of one section of a unit in order; continued lines are joined, comments dropped. */
export const directivesOf = (text: string, wanted: string): Directive[] => {
  let section = '';
  return text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#;]/.test(line))
    .flatMap((line) => {
      section = /^\[(.+)\]$/.exec(line)?.[1] ?? section;
      const found = section === wanted ? /^(\w+)\s*=\s*(.*)$/.exec(line) : null;
      return found ? [{ key: found[1] ?? '', value: found[2] ?? '' }] : [];
    });
};

/** The values of a directive that may be repeated; an empty one forgets those before it, as drop-ins use it. */
export const valuesOf = (directives: readonly Directive[], key: string): string[] => {
  const values = directives.filter((each) => each.key === key).map(({ value }) => value);
  return values.slice(values.lastIndexOf('') + 1);
};
